"""deploy/ starts what config/processes.py says, and nothing else; docs/operations.md tells it."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from config.asyncapi.document import WRITTEN
from config.processes import PROCESSES, Process, web
from config.queues import QUEUES

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
SERVICES = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
AROUND = {"postgres", "redis", "prepare", "nginx"}
names = pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)


def test_compose_has_a_service_for_each_process():
    assert set(SERVICES) - AROUND == {process.name for process in PROCESSES}


@names
def test_compose_starts_it_with_these_arguments_this_often_and_lets_it_end(process: Process):
    service = SERVICES[process.name]

    assert tuple(service["command"]) == process.arguments
    assert service.get("deploy", {}).get("replicas", 1) == process.replicas
    assert service["stop_grace_period"] == f"{process.stop_seconds}s"


@names
def test_systemd_does_the_same(process: Process):
    is_web = process.name == "web"
    unit = (
        DEPLOY / "systemd" / f"medley-{process.name}{'@' if is_web else ''}.service"
    ).read_text()
    [started] = re.findall(r"^ExecStart=\S+/python (.+)$", unit, re.M)

    arguments = web("127.0.0.1", 8000) if is_web else process.arguments
    said = started.replace("--port=%i", "--port=8000").replace("%%", "%")
    assert tuple(shlex.split(said)) == arguments
    assert f"TimeoutStopSec={process.stop_seconds}\n" in unit


def test_the_target_wants_every_unit():
    target = (DEPLOY / "systemd" / "medley.target").read_text()
    wanted = {re.sub(r"@\d+", "@", name) for name in re.findall(r"medley-[\w@]+\.service", target)}

    assert wanted == {path.name for path in (DEPLOY / "systemd").glob("medley-*.service")}


def test_every_queue_is_served_once():
    lists = [argument for process in PROCESSES for argument in process.arguments]
    served = [
        name for each in lists if each.startswith("--queues=") for name in each[9:].split(",")
    ]

    assert sorted(served) == sorted(QUEUES)


def test_nginx_asks_for_nothing_that_compose_does_not_say():
    template = (DEPLOY / "nginx" / "medley.conf.template").read_text()
    asked = set(re.findall(r"\$\{(\w+)\}", template))
    said = set(SERVICES["nginx"]["environment"]) - {"NGINX_ENVSUBST_FILTER"}

    assert asked == said
    for name in said:
        assert re.match(SERVICES["nginx"]["environment"]["NGINX_ENVSUBST_FILTER"], name)


def test_the_image_has_every_file_that_is_read_outside_of_the_source_folders():
    """`.dockerignore` holds the documents back; one of them is served."""
    copied = re.findall(r"^COPY (docs/\S+) docs/$", (DEPLOY / "Dockerfile").read_text(), re.M)
    let_in = re.findall(r"^!(docs/\S+)$", (ROOT / ".dockerignore").read_text(), re.M)

    assert copied == let_in == [str(WRITTEN.relative_to(ROOT))]


@names
def test_the_operations_page_names_its_command(process: Process):
    page = (ROOT / "docs" / "operations.md").read_text()
    queues = [word for word in process.arguments if word.startswith("--queues=")]
    told = " ".join(queues) or {"web": "manage.py serve", "beat": "beat"}[process.name]

    assert told in page
