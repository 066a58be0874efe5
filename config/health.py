"""Is this process alive, and should it be given traffic: `/healthz` and `/readyz`."""

import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache

import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

logger = logging.getLogger(__name__)

DATABASE_PATIENCE = 2.0  # seconds until a silent database counts as lost
REDIS_PATIENCE = 1.0
HEARTBEAT_KEY = "medley:worker-heartbeat:{queue}"
HEARTBEAT_EVERY = 10  # seconds; given to the worker as --heartbeat-interval
HEARTBEAT_LIFE = 35  # three missed beats
WORKERS = {"worker": "celery", "media_worker": "media"}  # what `/readyz` calls a queue's workers

draining = False  # set by config/server.py once, when the process is told to stop


def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as this process can answer at all."""
    return _answer(200, status="alive")


def ready(request: HttpRequest) -> HttpResponse:
    """200 while sending works: 503 only when draining or without a database.

    A lost Redis or worker makes things slower, not wrong, so it is told as `degraded` with 200:
    a 503 would take every process out of service at once, for a part that no send needs.
    """
    if draining:
        return _answer(503, status="draining")
    parts = {"database": _word(_database_answers()), **_helpers()}
    if parts["database"] == "lost":
        return _answer(503, status="unavailable", **parts)
    return _answer(200, status="degraded" if "lost" in parts.values() else "ready", **parts)


def note_worker_heartbeat(queues: Iterable[str]) -> None:
    """Tell every web process that a worker serves these queues; a lost Redis is not the worker's

    trouble.
    """
    try:
        for queue in queues:
            key = HEARTBEAT_KEY.format(queue=queue)
            _redis().set(key, int(time.time()), ex=HEARTBEAT_LIFE)
    except redis.RedisError as error:
        logger.warning("worker heartbeat without Redis: %s", error)


def _helpers() -> dict[str, str]:
    try:
        workers = {name: _word(_is_served(queue)) for name, queue in WORKERS.items()}
    except redis.RedisError:
        return {"redis": "lost", **dict.fromkeys(WORKERS, "unknown")}
    return {"redis": "ok", **workers}


def _is_served(queue: str) -> bool:
    return _redis().get(HEARTBEAT_KEY.format(queue=queue)) is not None


class _Patiently:
    """Runs a check in one thread of its own: a frozen database holds up that and no request."""

    def __init__(self, check: Callable[[], bool], patience: float) -> None:
        self.check, self.patience = check, patience
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="health")
        self.running: Future[bool] | None = None

    def __call__(self) -> bool:
        """What the check says; False when it fails or is late. Askers share a running check."""
        running = self.running
        if running is None or running.done():
            running = self.running = self.thread.submit(self.check)
        try:
            return running.result(timeout=self.patience)
        except Exception as error:
            logger.warning("database check failed: %s", error or type(error).__name__)
            return False


def _select_one() -> bool:
    # A thread keeps its connection: give it back, or it stays taken until the next check.
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    finally:
        connection.close()


_database_answers = _Patiently(_select_one, DATABASE_PATIENCE)


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=REDIS_PATIENCE, socket_connect_timeout=REDIS_PATIENCE
    )


def _word(answers: bool) -> str:
    return "ok" if answers else "lost"


def _answer(status_code: int, **report: str) -> HttpResponse:
    return JsonResponse(report, status=status_code, headers={"Cache-Control": "no-store"})
