"""`/healthz` and `/readyz`: what counts as lost, and what only as degraded."""

import threading
import time

import pytest
import redis
from celery import current_app
from django.conf import settings
from django.db import OperationalError

from config import health
from config.tasks import tell_the_web_processes

pytestmark = pytest.mark.django_db(transaction=True)
WELL = {"database": "ok", "redis": "ok", "worker": "ok", "media_worker": "ok"}
TASKS = ("chat.renew_cards", "videos.process_video")


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
    monkeypatch.setattr(health, "_redis", lambda: store)
    return store


def set_database_check(monkeypatch, check, patience=0.2):
    monkeypatch.setattr(health, "_database_answers", health._Patiently(check, patience))


def test_alive_whatever_else_is_lost(client, store, monkeypatch):
    monkeypatch.setattr(health, "draining", True)

    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "alive"})


def test_ready_when_everything_answers(client, store):
    health.note_worker_heartbeat(settings.CELERY_TASK_QUEUES)

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"status": "ready", **WELL})
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("queue", "lost"), [("media", "worker"), ("celery", "media_worker")])
def test_degraded_when_nobody_serves_a_queue(client, store, queue, lost):
    health.note_worker_heartbeat([queue])

    response = client.get("/readyz")

    parts = {"status": "degraded", **WELL, lost: "lost"}
    assert (response.status_code, response.json()) == (200, parts)


def test_every_queue_s_worker_is_told_of():
    assert set(health.WORKERS.values()) == set(settings.CELERY_TASK_QUEUES)


def test_long_jobs_have_a_queue_of_their_own():
    routes = {task: current_app.amqp.router.route({}, task)["queue"].name for task in TASKS}

    assert routes == {"chat.renew_cards": "celery", "videos.process_video": "media"}


def test_only_jobs_that_exist_have_a_route():
    current_app.loader.import_default_modules()

    assert set(settings.CELERY_TASK_ROUTES) <= set(current_app.tasks)


def test_a_worker_tells_of_the_queues_it_serves(store):
    tell_the_web_processes()

    assert set(store.kept) == {
        "medley:worker-heartbeat:celery",
        "medley:worker-heartbeat:media",
    }


def test_degraded_without_redis(client, store):
    store.lost = True

    health.note_worker_heartbeat(["celery"])
    response = client.get("/readyz")

    unknown = {"redis": "lost", "worker": "unknown", "media_worker": "unknown"}
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
