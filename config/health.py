"""Is this process alive, and should it be given traffic: `/healthz` and `/readyz`."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

import redis
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import DisallowedHost
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve

from accounts import outbox
from config import canaries
from config.patience import Patiently
from config.queues import DEFAULT, QUEUES
from config.redis_clients import impatient
from config.shedding import HEALTH_PATHS

logger = logging.getLogger(__name__)

HEARTBEAT_KEY = "medley:worker-heartbeat:{queue}"
HEARTBEAT_EVERY = 10  # seconds; given to the worker as --heartbeat-interval
HEARTBEAT_LIFE = 35  # three missed beats
# What `/readyz` calls a queue's workers.
WORKERS = {"worker" if name == DEFAULT else f"{name}_worker": name for name in QUEUES}
# Neither keeps anybody from sending.
WORSE = {"lost", "late"}

draining = False  # set by config/server.py once, when the process is told to stop


def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as this process can answer at all."""
    return _answer(200, status="alive")


def ready(request: HttpRequest) -> HttpResponse:
    """200 while sending works: 503 only when draining or without a database.

    A lost Redis or worker makes things slower, not wrong, so it is told as `degraded` with 200:
    a 503 would take every process out of service at once, for a part that no send needs. A worker
    is `late` when it lives, but its queue has not got a canary done in time. Staff are told how
    each queue stands.
    """
    if draining:
        return _answer(503, status="draining")
    parts = {"database": _word(bool(_database_answers())), **_helpers()}
    if parts["database"] == "lost":
        return _answer(503, status="unavailable", **parts)
    parts |= _late_workers(parts)
    status = "degraded" if WORSE.intersection(parts.values()) else "ready"
    return _answer(200, status=status, **parts, **_details(request))


def probes(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Middleware, the first: who asks a process for its health at its own address names a host that
    is not the site's, and is answered like anybody who is not signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path not in HEALTH_PATHS or _is_at_home(request):
            return get_response(request)
        request.user = AnonymousUser()
        return resolve(request.path).func(request)

    return middleware


def _is_at_home(request: HttpRequest) -> bool:
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False


def note_worker_heartbeat(queues: Iterable[str]) -> None:
    """Tell every web process that a worker serves these queues; a lost Redis is not the worker's

    trouble.
    """
    try:
        for queue in queues:
            key = HEARTBEAT_KEY.format(queue=queue)
            impatient().set(key, int(time.time()), ex=HEARTBEAT_LIFE)
    except redis.RedisError as error:
        logger.warning("worker heartbeat without Redis: %s", error)


def _helpers() -> dict[str, str]:
    try:
        workers = {name: _word(_is_served(queue)) for name, queue in WORKERS.items()}
    except redis.RedisError:
        return {"redis": "lost", **dict.fromkeys(WORKERS, "unknown")}
    return {"redis": "ok", **workers}


def _late_workers(parts: dict[str, str]) -> dict[str, str]:
    """Of those that live, the ones whose queue gets nothing done."""
    late = _late_queues() or set()
    living = (name for name in WORKERS if parts[name] == "ok")
    return {name: "late" for name in living if WORKERS[name] in late}


def _details(request: HttpRequest) -> dict[str, Any]:
    if not admin.site.has_permission(request):
        return {}
    return {"queues": {name: asdict(queue) for name, queue in outbox.standings().items()}}


def _is_served(queue: str) -> bool:
    return impatient().get(HEARTBEAT_KEY.format(queue=queue)) is not None


def _select_one() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


_database_answers = Patiently(_select_one)
_late_queues = Patiently(canaries.late)


def _word(answers: bool) -> str:
    return "ok" if answers else "lost"


def _answer(status_code: int, **report: Any) -> HttpResponse:
    return JsonResponse(report, status=status_code, headers={"Cache-Control": "no-store"})
