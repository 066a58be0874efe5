"""`/healthz` and `/readyz`: what counts as lost, and what only as degraded."""

import threading
import time
from datetime import timedelta

import pytest
import redis
from celery import current_app
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from accounts.models import Canary
from config import health
from config.patience import Patiently
from config.queues import QUEUES
from config.tasks import tell_the_web_processes

pytestmark = pytest.mark.django_db(transaction=True)
WELL = {"database": "ok", "redis": "ok", **dict.fromkeys(health.WORKERS, "ok")}
TASKS = ("chat.renew_cards", "videos.process_video", "accounts.note", "chat.index_messages")


class FakeRedis:
    """Holds what the worker wrote; or fails as a lost server does."""

    def __init__(self, lost: bool = False) -> None:
        self.lost = lost
        self.kept: dict[str, int] = {}

    def get(self, key):
        if self.lost:
            raise redis.ConnectionError
        return self.kept.get(key)

    def set(self, key, value, ex):
        if self.lost:
            raise redis.ConnectionError
        self.kept[key] = value


@pytest.fixture
def store(monkeypatch):
    store = FakeRedis()
    monkeypatch.setattr(health, "impatient", lambda: store)
    return store


def set_database_check(monkeypatch, check, patience=0.2):
    monkeypatch.setattr(health, "_database_answers", Patiently(check, patience))


def test_alive_whatever_else_is_lost(client, store, monkeypatch):
    monkeypatch.setattr(health, "draining", True)

    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "alive"})


@pytest.fixture
def all_is_well(store):
    """Every queue has a worker, and its canary sang."""
    health.note_worker_heartbeat(QUEUES)
    for queue in QUEUES:
        Canary.objects.create(queue=queue, sung_at=timezone.now())


def test_ready_when_everything_answers(client, all_is_well):

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"status": "ready", **WELL})
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", health.WORKERS)
def test_degraded_when_nobody_serves_a_queue(client, store, all_is_well, name):
    del store.kept[health.HEARTBEAT_KEY.format(queue=health.WORKERS[name])]

    response = client.get("/readyz")

    parts = {"status": "degraded", **WELL, name: "lost"}
    assert (response.status_code, response.json()) == (200, parts)


@pytest.mark.parametrize("name", health.WORKERS)
def test_degraded_when_a_queue_gets_nothing_done(client, all_is_well, name):
    queue = health.WORKERS[name]
    patience = timedelta(seconds=QUEUES[queue].patience)
    Canary.objects.filter(pk=queue).update(sung_at=timezone.now() - patience)

    response = client.get("/readyz")

    parts = {"status": "degraded", **WELL, name: "late"}
    assert (response.status_code, response.json()) == (200, parts)


def test_degraded_until_every_canary_sang_once(client, all_is_well):
    Canary.objects.filter(pk="links").delete()

    assert client.get("/readyz").json()["links_worker"] == "late"


def test_the_queues_stand_there_for_staff_alone(browser, ana, mod, all_is_well, monkeypatch):
    assert "queues" not in browser(ana).get("/readyz").json()
    assert "queues" not in browser(mod).get("/readyz").json()  # without a second factor

    monkeypatch.setattr("config.admin_site.used_second_factor", lambda request: True)
    queues = browser(mod).get("/readyz").json()["queues"]

    assert set(queues) == set(QUEUES)
    assert queues["media"] == {"waiting": 0, "oldest": 0.0, "aside": 0}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_asks_a_process_at_its_own_address(client, all_is_well, settings, path):
    settings.ALLOWED_HOSTS = ["medley.example"]
    settings.SECURE_SSL_REDIRECT = True

    response = client.get(path, headers={"Host": "10.1.2.3:8000"})

    assert response.status_code == 200
    assert client.get("/about/", headers={"Host": "10.1.2.3:8000"}).status_code == 400


def test_every_queue_s_worker_is_told_of():
    assert set(health.WORKERS.values()) == set(settings.CELERY_TASK_QUEUES)


def test_jobs_of_another_nature_have_queues_of_their_own():
    routes = {task: current_app.amqp.router.route({}, task)["queue"].name for task in TASKS}

    assert routes == dict(
        zip(TASKS, ["celery", "media", "notifications", "maintenance"], strict=True)
    )


def test_only_jobs_that_exist_have_a_route():
    current_app.loader.import_default_modules()

    assert set(settings.CELERY_TASK_ROUTES) <= set(current_app.tasks)


def test_a_worker_tells_of_the_queues_it_serves(store):
    tell_the_web_processes()

    assert set(store.kept) == {f"medley:worker-heartbeat:{queue}" for queue in QUEUES}


def test_degraded_without_redis(client, store):
    store.lost = True

    health.note_worker_heartbeat(["celery"])
    response = client.get("/readyz")

    unknown = {"redis": "lost", **dict.fromkeys(health.WORKERS, "unknown")}
    parts = {"status": "degraded", **WELL, **unknown}
    assert (response.status_code, response.json()) == (200, parts)


def test_unavailable_without_a_database(client, store, monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    set_database_check(monkeypatch, refuse)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["database"] == "lost"


def test_unavailable_in_time_while_the_database_is_frozen_and_back_afterwards(
    client, store, monkeypatch
):
    thaw = threading.Event()
    set_database_check(monkeypatch, lambda: thaw.wait(10))

    begun = time.monotonic()
    statuses = [client.get("/readyz").status_code for _ in range(3)]
    seconds = time.monotonic() - begun
    thaw.set()

    assert statuses == [503, 503, 503]
    assert seconds < 3
    assert client.get("/readyz").status_code == 200


def test_unready_while_draining(client, store, monkeypatch):
    monkeypatch.setattr(health, "draining", True)

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"status": "draining"})


def test_heartbeat_outlives_two_missed_beats():
    assert health.HEARTBEAT_LIFE > 3 * health.HEARTBEAT_EVERY
