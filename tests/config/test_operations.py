"""docs/operations.md, followed word by word: each command that stands there, in its order.

Those for a machine of one's own are run on a database and folders of this test's; what another
machine's programs run (Docker, systemd, Kubernetes) is compared with the files that they read.
"""

import http.client
import os
import re
import shlex
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from hashlib import sha1
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from accounts.models import HashList, LinkBlock, User
from tests.config.test_settings import PRODUCTION
from tests.services import ROOT, free_port
from tests.videos.factories import make_video
from tests.workers import database_url, wait_until

PAGE = ROOT / "docs" / "operations.md"
COMMAND = re.compile(
    r"`((?:python )?manage\.py .+?|celery -.+?|make .+?|docker .+?|systemctl .+?|cp .+?)`"
    r"|^    (kubectl .+?)(?:  +#.*)?$",
    re.MULTILINE,
)
# Played by other tests: the files that these read are compared with config/processes.py, and the
# journeys of `make stack` run on the processes.
COMPARED = {
    "docker": "deploy/compose.yaml",
    "kubectl": "deploy/kubernetes/kustomization.yaml",
    "systemctl": "deploy/systemd/medley.target",
}
WRITES_THE_PAGES = {"write_retention"}  # tests/accounts/test_retention.py
RUNS_FOR_EVER = {"serve", "run"}


def commands() -> list[str]:
    """All that the page says one should type, in its order."""
    found = COMMAND.findall(PAGE.read_text(encoding="utf-8"))
    return list(dict.fromkeys(inline or block for inline, block in found))


def of_manage() -> list[list[str]]:
    """Words behind `manage.py` of those that come to an end."""
    words = [shlex.split(each.removeprefix("python ")) for each in commands()]
    ours = [rest for program, *rest in words if program == "manage.py"]
    return [rest for rest in ours if rest[0] not in RUNS_FOR_EVER | WRITES_THE_PAGES]


def test_the_page_says_what_to_type():
    """What is looked for is there: a page written otherwise would be followed in nothing."""
    programs = {each.removeprefix("python ").split()[0] for each in commands()}

    assert programs == {"manage.py", "celery", "make", "docker", "systemctl", "kubectl", "cp"}
    assert [words[0] for words in of_manage()] == [
        *("check", "migrate", "collectstatic", "block_links", "import_hashes", "import_breached"),
        *("export_feed", "backup", "restore", "createsuperuser", "give_role", "verify_audit"),
    ]


def test_every_target_and_every_file_that_it_names_is_there():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)

    for command in commands():
        program, *words = shlex.split(command)
        if program == "make":
            assert words[0] in targets, command
        if program in COMPARED:
            assert (ROOT / COMPARED[program]).exists(), command
        for word in words:
            if word.startswith("deploy/") and program != "cp":
                assert (ROOT / word).exists() or word == "deploy/environment", command


@contextmanager
def emptied(name: str):
    """A database of that name with nothing in it; gives its URL."""
    url = database_url()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield url.rpartition("/")[0] + f"/{name}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Operator:
    """Somebody who reads the page and types what it says."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "REDIS_URL")}
        self.environment = PRODUCTION | kept
        self.environment |= {
            "DATABASE_URL": database_url(),
            "MEDLEY_DATA": str(folder / "data"),
            "STATIC_ROOT": str(folder / "static"),
            "PYTHONWARNINGS": "ignore",
        }

    def types(self, words: list[str], more: tuple[str, ...] = (), **environment: str) -> str:
        """Runs it, FILE and its like filled in; answers what it said on its way."""
        meant = [self._meant(words[0], word) for word in words]
        done = subprocess.run(
            [sys.executable, "manage.py", *meant, *more],
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{' '.join(words)}: {done.stderr}"
        return done.stdout + done.stderr

    def _meant(self, command: str, word: str) -> str:
        here = {"backup": "backup", "restore": "backup"}.get(command, command)
        meanings = {"FOLDER": here, "FILE": f"{command}.txt"}
        if word in meanings:
            return str(self._folder / meanings[word])
        return {"WORDS": "spam", "NAME": "ours", "USERNAME": "chief", "ROLE": "senior"}.get(
            word, word
        )


@pytest.mark.slow
@pytest.mark.timeout(400)  # compressing the static files takes a minute
@pytest.mark.skipif(connection.vendor != "postgresql", reason="production has PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_each_command_does_what_the_page_says(ana, tmp_path):
    make_video(ana)
    (tmp_path / "data").mkdir()
    (tmp_path / "block_links.txt").write_text("bad.example\n")
    (tmp_path / "import_hashes.txt").write_text(f"{'0f' * 32}\n")
    (tmp_path / "import_breached.txt").write_text(f"{sha1(b'heron').hexdigest().upper()}:7\n")
    operator = Operator(tmp_path)
    said = {}

    with emptied(f"{connection.settings_dict['NAME']}_elsewhere") as elsewhere:
        for words in of_manage():
            more: tuple[str, ...] = ()
            variables = {}
            if words[0] == "collectstatic":
                more = ("--noinput", "--verbosity=0")
            if words[0] == "restore":
                variables = {"DATABASE_URL": elsewhere, "MEDLEY_DATA": str(tmp_path / "other")}
            if words[0] == "createsuperuser":
                more = ("--noinput",)
                variables = {
                    "DJANGO_SUPERUSER_USERNAME": "chief",
                    "DJANGO_SUPERUSER_EMAIL": "chief@example.com",
                    "DJANGO_SUPERUSER_PASSWORD": "Long-Legged-Heron-77",
                }
            said[words[0]] = operator.types(words, more, **variables)
        with psycopg.connect(elsewhere) as restored:
            names = restored.execute("SELECT username FROM accounts_user").fetchall()

    assert "no issues" in said["check"]
    assert (tmp_path / "static" / "staticfiles.json").exists()
    assert list(LinkBlock.objects.values_list("host", "reason")) == [("bad.example", "spam")]
    assert HashList.objects.get().name == "ours"
    assert (tmp_path / "export_feed" / "items.csv").read_text().count("\n") == 2
    assert (tmp_path / "backup" / "backup.json").exists()
    assert names == [("ana",)]
    assert User.objects.get(username="chief").groups.get().name == "senior"


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="production has PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_a_web_process_serves_and_drains_as_it_says(tmp_path):
    [words] = [shlex.split(each)[1:] for each in commands() if " serve " in f"{each} "]
    port = free_port()
    words = [word.replace("8000", str(port)).replace("0.0.0.0", "127.0.0.1") for word in words]
    environment = Operator(tmp_path).environment
    status = partial(_status, port)

    web = subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: status("/healthz") == 200, "the web process")
        assert status("/readyz") == 200
        web.terminate()
        assert web.wait(20) == 0
    finally:
        web.kill()


def _status(port: int, path: str) -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()
