"""How rows reach the broker: after their commit by a thread of this process, later by the sweeper.

A request never speaks with the broker itself: a frozen one would hold it up for seconds, and with
it one of the few threads that serve everybody.
"""

import atexit
import logging
import os
import queue
import threading
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import tracing
from accounts.models.outbox import OutboxJob

logger = logging.getLogger(__name__)

# How long a job that was sent may wait for a worker before the sweeper sends it again: where Redis
# lost it, it is done within a minute; where it only waits in a long queue, it is there twice.
PATIENCE = timedelta(seconds=30)
SWEPT_AT_ONCE = 500
EARLY = timedelta(milliseconds=50)
# A process that ends gives what it has just written so long to get away; the sweeper has the rest.
LAST_WORDS = 2.0  # seconds
# Says to the worker for which request a job was written (accounts/tracing.py).
REQUEST_HEADER = "medley_request"
# More than that under way to the broker means that it is frozen.
_waiting: "queue.Queue[tuple[OutboxJob, str | None]]" = queue.Queue(1000)


def enqueue(task: str, **arguments: Any) -> OutboxJob:
    """Write a job for the Celery task `task`; call it in the transaction of its cause.

    `arguments` are JSON values. After the commit the job is sent at once where the broker answers;
    where it does not, the sweeper sends it. It runs at least once: twice must be safe.
    """
    job = OutboxJob.objects.create(task=task, arguments=arguments, due_at=timezone.now() + PATIENCE)
    transaction.on_commit(lambda: send_soon([job]), robust=True)
    return job


def enqueue_later(task: str, due_at: datetime, **arguments: Any) -> OutboxJob:
    """The same, but not run before `due_at`: the broker's worker keeps it until then. For seconds,
    not hours."""
    job = OutboxJob.objects.create(task=task, arguments=arguments, due_at=due_at + PATIENCE)
    transaction.on_commit(lambda: send_soon([job]), robust=True)
    return job


def enqueue_next(task: str, took: timedelta, **arguments: Any) -> OutboxJob:
    """`enqueue` for the next batch of long work. Where people wait for short jobs, it is run only
    after a pause as long as the batch before it `took`: half of the machine is theirs."""
    if OutboxJob.objects.open().filter(task__in=_short()).exists():
        return enqueue_later(task, timezone.now() + took, **arguments)
    return enqueue(task, **arguments)


@cache
def _short() -> list[str]:
    """The tasks that tell people's devices."""
    routes = settings.CELERY_TASK_ROUTES.items()
    return [task for task, route in routes if route["queue"] == "notifications"]


def enqueue_all(jobs: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """The same for many, as (task, arguments), with one query."""
    due_at = timezone.now() + PATIENCE
    rows = OutboxJob.objects.bulk_create(
        OutboxJob(task=task, arguments=arguments, due_at=due_at) for task, arguments in jobs
    )
    if rows:
        transaction.on_commit(lambda: send_soon(rows), robust=True)


def send_soon(jobs: Iterable[OutboxJob]) -> None:
    """Send jobs whose rows are committed, in this order, from a thread of their own.

    Those for which there is no room wait for the sweeper.
    """
    _start_sender()
    request = tracing.current().get("request")
    for job in jobs:
        try:
            _waiting.put_nowait((job, request))
        except queue.Full:
            logger.warning("%s waits for the sweeper: too many are under way", job)


def flush(seconds: float) -> bool:
    """Wait until what was handed over has been tried; False where that took longer."""
    deadline = time.monotonic() + seconds
    with _waiting.all_tasks_done:
        return _waiting.all_tasks_done.wait_for(
            lambda: not _waiting.unfinished_tasks, max(0.0, deadline - time.monotonic())
        )


atexit.register(flush, LAST_WORDS)


@cache
def _start_sender() -> None:
    threading.Thread(target=_send_waiting, name="outbox", daemon=True).start()


def _begin_anew() -> None:
    """A forked child has neither its parent's thread nor what that was about to send."""
    global _waiting
    _waiting = queue.Queue(_waiting.maxsize)
    _start_sender.cache_clear()


os.register_at_fork(after_in_child=_begin_anew)


def _send_waiting() -> None:
    while True:
        job, request = _waiting.get()
        try:
            _send(job, request)
        finally:
            _waiting.task_done()


def _send(job: OutboxJob, request: str | None = None) -> bool:
    # One that came a moment early would be left to the sweeper.
    eta = job.due_at - PATIENCE + EARLY
    options: dict[str, Any] = {"eta": eta} if eta > timezone.now() + EARLY else {}
    if request:
        options["headers"] = {REQUEST_HEADER: request}
    arguments = {**job.arguments, "job_id": job.pk}
    try:
        current_app.send_task(job.task, kwargs=arguments, retry=False, **options)
    except Exception as error:  # the broker's client raises many kinds; the sweeper answers all
        logger.warning("%s waits for the sweeper: %s", job, error)
        return False
    return True


def sweep() -> int:
    """Send every due job again, the longest due first, each to one sweeper only; answer how many.

    Where the broker does not take one, the next sweep goes on.
    """
    sent = 0
    for job in OutboxJob.objects.due().order_by("due_at", "pk")[:SWEPT_AT_ONCE]:
        later = timezone.now() + PATIENCE
        if not OutboxJob.objects.filter(pk=job.pk, due_at=job.due_at).update(due_at=later):
            continue
        if not _send(job):
            break
        sent += 1
    return sent
