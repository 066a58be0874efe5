"""Spans: what they tell of requests, statements, Redis and jobs, and what never stands in one."""

import json
import os
import subprocess
import sys

import pytest

from chat.actions import start_direct
from tests.services import ROOT
from tests.workers import database_url

WORDS = "moonlit-heron-over-quiet-water"


@pytest.mark.slow  # needs deploy/opentelemetry.txt
@pytest.mark.django_db(transaction=True)
def test_spans_tell_what_took_how_long_and_nothing_that_anybody_wrote(ana, ben):
    pytest.importorskip("opentelemetry.instrumentation.django")  # deploy/opentelemetry.txt
    conversation = start_direct(ana, ben)

    done = subprocess.run(
        [sys.executable, "-m", "tests.config.spans", str(conversation.pk), "ana", WORDS],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url(), "MEDLEY_EMBEDDED": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    told = done.stdout.splitlines()[-1]
    answer = json.loads(told)
    spans = answer["spans"]
    by_name = {span["name"]: span for span in spans}

    assert answer["status"] == 201, done.stderr
    for private in (WORDS, str(conversation.pk), ana.email, "ValueError: ", "SELECT "):
        assert private not in told
    request = by_name["POST api/v1/conversations/<uuid:pk>/messages/"]
    assert request["attributes"]["medley.request"] == "the-request-1"
    assert request["attributes"]["http.status_code"] == 201
    [statement, *_] = [span for span in spans if span["parent_id"] == request["context"]["span_id"]]
    assert statement["attributes"] == {"db.system": "postgresql"}
    assert "redis" in {span["attributes"].get("db.system") for span in spans}
    [job] = [span for span in spans if span["attributes"].get("celery.task_name") == "spans.fail"]
    assert (job["status"], job["attributes"]["celery.action"]) == ({"status_code": "ERROR"}, "run")


def test_without_the_variable_nothing_of_it_is_loaded():
    asked = "import sys; print([name for name in sys.modules if 'opentelemetry' in name])"

    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", asked],
        cwd=ROOT,
        env=os.environ | {"MEDLEY_EMBEDDED": "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == "[]\n"
