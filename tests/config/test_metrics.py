"""`/metrics`: who may read it, what it tells, and that nobody can be recognised in it."""

import json
import re
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from prometheus_client import REGISTRY, generate_latest

from accounts.models import OutboxJob
from accounts.policy.answers import hidden, openly
from config import canaries, networks
from config.metrics import door, jobs
from config.metrics.door import MetricsDoor
from config.queues import QUEUES
from config.redis_clients import impatient

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
TOKEN = "only for Prometheus"


async def site(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})


async def asked(path: str = "/metrics", client: str = "8.8.8.8", **headers: str) -> tuple[int, str]:
    """Status and body of what a client at that address is answered."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    named = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    scope = {"path": path, "method": "GET", "headers": named, "client": (client, 4711)}
    await MetricsDoor(site)(scope, None, send)
    return sent[0]["status"], sent[-1].get("body", b"").decode()


@pytest.fixture
def quick(monkeypatch):
    """What is asked of the database and of Redis is another test's."""
    monkeypatch.setattr(door, "generate_latest", lambda registry: b"numbers")


@pytest.fixture
def counted():
    """`counted("name", label="value")` is a sample's value now; 0 where there is none yet."""
    return lambda name, **labels: REGISTRY.get_sample_value(name, labels) or 0


@pytest.fixture
def no_runs():
    impatient().delete(jobs.KEY)
    yield
    impatient().delete(jobs.KEY)


# --- Who may ask ----------------------------------------------------------------------------------


async def test_nobody_may_ask_unless_it_is_said_who(settings, quick):
    settings.METRICS_TOKEN, settings.METRICS_FROM = "", ()

    assert (await asked())[0] == 404
    assert (await asked(client="127.0.0.1"))[0] == 404
    assert (await asked(authorization="Bearer "))[0] == 404


async def test_whoever_has_the_token_may(settings, quick):
    settings.METRICS_TOKEN = TOKEN

    assert await asked(authorization=f"Bearer {TOKEN}") == (200, "numbers")
    assert (await asked(authorization=f"Bearer {TOKEN}s"))[0] == 404
    assert (await asked(authorization=TOKEN))[0] == 404
    assert (await asked())[0] == 404
    assert (await asked("/metrics/", authorization=f"Bearer {TOKEN}"))[0] == 404


@pytest.mark.parametrize(
    ("client", "headers", "status"),
    [
        ("10.1.2.3", {}, 200),
        ("127.0.0.1", {}, 200),
        ("11.1.2.3", {}, 404),
        ("::1", {}, 404),
        ("", {}, 404),
        # A proxy on this machine stands between: who asks it may be anybody.
        ("127.0.0.1", {"x_forwarded_for": "10.1.2.3"}, 404),
        ("127.0.0.1", {"forwarded": "for=10.1.2.3"}, 404),
        ("127.0.0.1", {"x_real_ip": "10.1.2.3"}, 404),
        ("127.0.0.1", {"via": "1.1 proxy"}, 404),
    ],
)
async def test_a_named_network_needs_none_but_only_directly(
    settings, quick, client, headers, status
):
    settings.METRICS_FROM = networks.listed(["10.0.0.0/8", "127.0.0.1"])

    assert (await asked(client=client, **headers))[0] == status


def test_networks_are_read_and_words_refused():
    assert networks.listed([" 10.0.0.0/8", ""]) == (ip_network("10.0.0.0/8"),)
    with pytest.raises(ImproperlyConfigured, match="METRICS_FROM"):
        networks.listed(["the office"])


def test_nginx_hands_it_to_nobody():
    template = (DEPLOY / "nginx" / "medley.conf.template").read_text()

    assert re.search(r"location = /metrics \{\s*return 404;\s*\}", template)


# --- What it tells --------------------------------------------------------------------------------


def test_a_refusal_counts_for_the_rule_behind_it(counted):
    before = (
        counted("medley_refusals_total", rule="R14"),
        counted("medley_refusals_total", rule="R2"),
    )

    hidden("R14").error()
    openly("R2", "Not yet.").error()
    hidden("R14").error()

    after = (
        counted("medley_refusals_total", rule="R14"),
        counted("medley_refusals_total", rule="R2"),
    )
    assert (after[0] - before[0], after[1] - before[1]) == (2, 1)


def test_requests_count_by_route_and_answer_and_tell_on_nobody(browser, ana, counted):
    labels = {"route": "accounts:profile", "method": "GET", "status": "200"}
    nowhere = {"route": "unrouted", "method": "other", "status": "404"}
    before, lost = (
        counted("medley_http_answers_total", **labels),
        counted("medley_http_answers_total", **nowhere),
    )
    timed = counted("medley_http_seconds_count", route="accounts:profile")

    page = browser(ana).get("/@ana/")
    browser(ana).generic("BREW", "/secret-path-of-ana/")

    assert page.status_code == 200
    assert counted("medley_http_answers_total", **labels) == before + 1
    assert counted("medley_http_answers_total", **nowhere) == lost + 1
    assert counted("medley_http_seconds_count", route="accounts:profile") == timed + 1
    told = generate_latest(REGISTRY).decode()
    assert "secret-path" not in told
    assert '"ana"' not in told
    assert "@ana" not in told


@pytest.mark.django_db(transaction=True)
def test_every_queue_tells_what_waits_how_long_and_what_was_put_aside(counted):
    now = timezone.now()
    old = OutboxJob.objects.create(task="videos.process_video")
    OutboxJob.objects.filter(pk=old.pk).update(created_at=now - timedelta(minutes=2))
    OutboxJob.objects.create(task="accounts.note", parked_at=now)

    generate_latest(REGISTRY)

    assert counted("medley_queue_jobs", queue="media") == 1
    assert 120 <= counted("medley_queue_oldest_seconds", queue="media") < 125
    assert counted("medley_queue_aside", queue="notifications") == 1
    assert {counted("medley_queue_jobs", queue=queue) for queue in QUEUES} == {0, 1}


def test_runs_of_all_workers_add_up_by_task_and_outcome(counted, no_runs):
    jobs.note("videos.process_video", "done", 40.0)
    jobs.note("videos.process_video", "done", 70.0)
    jobs.note("videos.process_video", "failed", 5000.0)

    done = {"task": "videos.process_video", "queue": "media", "outcome": "done"}
    failed = done | {"outcome": "failed"}
    assert counted("medley_job_seconds_sum", **done) == 110
    assert counted("medley_job_seconds_count", **done) == 2
    by_bound = [
        counted("medley_job_seconds_bucket", le=le, **done) for le in ("15.0", "60.0", "300.0")
    ]
    assert by_bound == [0, 1, 2]
    assert counted("medley_job_seconds_bucket", le="1800.0", **failed) == 0
    assert counted("medley_job_seconds_bucket", le="+Inf", **failed) == 1


@pytest.mark.django_db
def test_a_run_is_timed_whichever_way_it_ends(counted, no_runs, monkeypatch):
    from config.tasks import send_canary

    monkeypatch.setattr(canaries, "send", lambda queue: None)
    send_canary.apply(args=["links"])
    monkeypatch.setattr(canaries, "send", lambda queue: 1 / 0)
    send_canary.apply(args=["links"])

    labels = {"task": "config.send_canary", "queue": "celery"}
    assert counted("medley_job_seconds_count", outcome="done", **labels) == 1
    assert counted("medley_job_seconds_count", outcome="failed", **labels) == 1


def test_without_redis_the_rest_is_told(counted, monkeypatch):
    def lost():
        raise jobs.redis.ConnectionError("gone")

    monkeypatch.setattr(jobs, "impatient", lost)

    jobs.note("videos.process_video", "done", 1.0)

    assert "medley_sockets" in generate_latest(REGISTRY).decode()


# --- The dashboard --------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_dashboard_asks_for_nothing_that_is_not_told(no_runs):
    jobs.note("videos.process_video", "done", 1.0)
    dashboard = json.loads((DEPLOY / "grafana" / "medley.json").read_text())
    expressions = [each["expr"] for panel in dashboard["panels"] for each in panel["targets"]]
    asked_for = {
        name for each in expressions for name in re.findall(r"(?:medley|process)_\w+", each)
    }

    told = {
        family.name + ending
        for family in REGISTRY.collect()
        for ending in ENDINGS.get(family.type, ("",))
    }

    assert asked_for <= told
    own = {name for name in told if name.startswith("medley_") and not name.endswith(PARTS)}
    shown = {re.sub(r"_(bucket|sum|count)$", "", name) for name in asked_for}
    # What is told and shown nowhere would never be looked at.
    assert {re.sub(r"_(bucket|sum|count)$", "", name) for name in own} - shown <= {"medley_rooms"}


ENDINGS = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}
PARTS = ("_sum", "_count")
