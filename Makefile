# Medley's commands. `make run` and `make test` need python3 (3.11 or 3.12), make and git, nothing else.
# PORT, HOST and MEDLEY_DATA (the data folder) may be set:  make run PORT=8001 MEDLEY_DATA=/srv/medley
# ARGS is handed on:  make run ARGS=--no-seed

PORT ?= 8000
MEDLEY_DATA ?= var
PYTHON ?=
ISSUE ?=
ARGS ?=
export PORT MEDLEY_DATA PYTHON

PY = .venv/bin/python
SOURCES = accounts chat commerce config tests videos manage.py
# Tools that only read the code need settings that load without a server's environment.
TOOL = MEDLEY_EMBEDDED=1 $(PY)

.PHONY: help run test test-all matrix api journeys i18n a11y stack screenshots media lint format lock messages bench bench-feed chaos restore-drill clean venv

help:  ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1  /p' Makefile | awk '{printf "  %s %-12s", $$1, $$2; $$1=$$2=""; print}'

venv:
	@sh config/bootstrap.sh

run: venv  ## serve Medley on PORT: database, Redis, web, worker and timetable in one terminal
	@MEDLEY_EMBEDDED=$${MEDLEY_EMBEDDED:-1} exec $(PY) manage.py run $(ARGS)

test: venv  ## unit and door tests on PostgreSQL, a part on SQLite, then browser journeys
	@$(PY) -m tests.run

test-all: venv  ## the same with everything slow
	@$(PY) -m tests.run --all

matrix: venv  ## who reaches what, and which tests prove which rule; writes docs/rules.md
	@$(PY) -m tests.matrix

api: venv  ## which verb is behind which door, REST's promises; writes docs/api.md
	@$(PY) -m tests.api

journeys: venv  ## the browser journeys alone; ISSUE=word picks some
	@$(PY) -m tests.run --only journeys -k "$(ISSUE)"

i18n: venv  ## everything that people see is marked, translated and compiled, in Spanish too
	@$(PY) -m tests.run --only i18n

a11y: venv  ## axe-core on every page in both themes, and journeys by keys alone
	@$(PY) -m tests.run --only a11y

stack: venv  ## all journeys against what deploy/ runs: nginx, two web processes, workers; ISSUE=
	@$(PY) -m tests.run --only journeys --fronted -k "$(ISSUE)"

# CASE= and SUBJECTS= choose, PEERS=all adds ejabberd and Prosody, ROUNDS= and SECONDS= say how long,
# CASE=conversation asks for pages over ten million messages (MESSAGES= for fewer; minutes to make),
# CASE=feed for feeds over a million videos and twenty million watch events (VIDEOS= for fewer),
# CASE=rest for what apps ask most beside bare views (both; a million and fifty thousand by default).
# OUT=file writes JSON lines, WRITE=1 renews docs/performance.md and its plot.
bench: venv  ## measure Medley beside others: CASE= PEERS=all OUT=file WRITE=1
	@$(PY) -m tests.bench

bench-feed: venv  ## recall of the feed's ranking on MovieLens-100k, beside others
	@DJANGO_SETTINGS_MODULE=config.settings $(TOOL) -m tests.bench.movielens

chaos: venv  ## break it under load and check its promises; FAULT=name,... SEEDS=n SECONDS=s OUT=file
	@$(PY) -m tests.chaos $(if $(FAULT),--fault $(FAULT)) $(if $(SEEDS),--seeds $(SEEDS)) \
		$(if $(SECONDS),--seconds $(SECONDS)) $(if $(OUT),--out $(OUT)) $(ARGS)

screenshots: venv  ## make the pictures of docs/screenshots; ISSUE=word picks some
	@ISSUE="$(ISSUE)" $(PY) -m tests.e2e.screenshots

restore-drill: venv  ## keep a demo world, bring it back elsewhere, compare rows, messages and files
	@$(PY) -m tests.restore_drill $(ARGS)

media: venv  ## fetch the sample film and music of media.md into the data folder
	@$(PY) -m config.sample_media

lint: venv  ## ruff, mypy, djlint
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(TOOL) -m mypy $(SOURCES)
	$(PY) -m djlint templates --lint --quiet

format: venv  ## let ruff and djlint rewrite the code
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	-$(PY) -m djlint templates --reformat --quiet

# uv writes one lock for both Pythons and all platforms, without any index address.
lock:  ## compile requirements.txt into requirements.lock
	@test -x .venv/lock/bin/uv || { sh config/bootstrap.sh; $(PY) -m venv .venv/lock; \
		.venv/lock/bin/pip install --quiet --disable-pip-version-check uv==0.13.9; }
	.venv/lock/bin/uv pip compile requirements.txt --output-file requirements.lock --quiet \
		--universal --python-version 3.11 --generate-hashes --no-header $(LOCKFLAGS)

# English is the source and needs no catalogue. Compiled ones are committed: what runs has no gettext.
messages: venv  ## collect and compile the texts of config/locale
	$(TOOL) manage.py makemessages --locale es --no-location --no-obsolete --extension html,txt,py,jinja \
		--ignore .venv --ignore var --ignore tests
	$(TOOL) manage.py makemessages --locale es --no-location --no-obsolete --domain djangojs \
		--ignore .venv --ignore var --ignore tests --ignore static/vendor
	$(TOOL) manage.py compilemessages --ignore .venv

clean:  ## remove what can be made again; the data folder stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
