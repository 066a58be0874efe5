"""Jobs that must happen: written with their cause, sent after the commit, swept up later."""

import logging
import os
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cache, partial, wraps
from typing import Any

from celery import current_app
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models.outbox import MAX_TRIES, OutboxJob

logger = logging.getLogger(__name__)

# How long a job that was sent may wait for a worker before the sweeper sends it again: where Redis
# lost it, it is done within a minute; where it only waits in a long queue, it is there twice.
PATIENCE = timedelta(seconds=30)
# Whoever runs a job holds it for so long and renews that while it runs, so that nobody else does:
# where a worker dies, others go on with its job a minute later, however long the job is.
LEASE = timedelta(minutes=1)
RENEWED_EVERY = 10.0  # seconds
# More than that under way to the broker means that it is frozen.
_waiting: "queue.Queue[OutboxJob]" = queue.Queue(1000)


def enqueue(task: str, **arguments: Any) -> OutboxJob:
    """Write a job for the Celery task `task`; call it in the transaction of its cause.

    `arguments` are JSON values. After the commit the job is sent at once where the broker answers;
    where it does not, the sweeper sends it. It runs at least once: twice must be safe.
    """
    job = OutboxJob.objects.create(task=task, arguments=arguments, due_at=timezone.now() + PATIENCE)
    transaction.on_commit(lambda: _send(job))
    return job


def enqueue_all(jobs: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """The same for many, as (task, arguments), with one query."""
    due_at = timezone.now() + PATIENCE
    rows = OutboxJob.objects.bulk_create(
        OutboxJob(task=task, arguments=arguments, due_at=due_at) for task, arguments in jobs
    )
    if rows:
        transaction.on_commit(lambda: send_soon(rows), robust=True)


def send_soon(jobs: Iterable[OutboxJob]) -> None:
    """Send jobs whose rows are committed, from a thread of their own: a frozen broker holds up

    nobody else. Those for which there is no room wait for the sweeper.
    """
    _start_sender()
    for job in jobs:
        try:
            _waiting.put_nowait(job)
        except queue.Full:
            logger.warning("%s waits for the sweeper: too many are under way", job)


@cache
def _start_sender() -> None:
    threading.Thread(target=_send_waiting, name="outbox", daemon=True).start()


os.register_at_fork(after_in_child=_start_sender.cache_clear)


def _send_waiting() -> None:
    while True:
        _send(_waiting.get())


def _send(job: OutboxJob) -> None:
    try:
        current_app.send_task(job.task, kwargs={**job.arguments, "job_id": job.pk}, retry=False)
    except Exception as error:  # the broker's client raises many kinds; the sweeper answers all
        logger.warning("%s waits for the sweeper: %s", job, error)


def sweep() -> int:
    """Send every due job again, each to one sweeper only; answer how many."""
    sent = 0
    for job in OutboxJob.objects.due()[:500]:
        later = timezone.now() + PATIENCE
        claimed = OutboxJob.objects.filter(pk=job.pk, due_at=job.due_at).update(due_at=later)
        if claimed:
            _send(job)
            sent += 1
    return sent


def retry(job: OutboxJob) -> None:
    """Give a job that was put aside its three tries again, from now."""
    OutboxJob.objects.filter(pk=job.pk, done_at__isnull=True).update(
        tries=0, parked_at=None, due_at=timezone.now()
    )


def outbox_job(
    run: Callable[..., None],
    *,
    given_up: Callable[..., None] | None = None,
    is_one_transaction: bool = False,
) -> Callable[..., None]:
    """Make a task account for its outbox row (`job_id`): done, tried again, or put aside.

    `given_up` is called with the task's arguments once its last try has failed. With
    `is_one_transaction` what the task does to the database and that it is done are one transaction:
    for effects that would count twice.
    """

    @wraps(run)
    def wrapper(*args: Any, job_id: int | None = None, **kwargs: Any) -> None:
        if job_id is None:
            run(*args, **kwargs)
            return
        # The try is counted before the work, so that a job which kills its worker is counted too.
        now = timezone.now()
        started = OutboxJob.objects.filter(
            pk=job_id,
            done_at__isnull=True,
            parked_at__isnull=True,
            tries__lt=MAX_TRIES,
            due_at__lte=now + PATIENCE,
        ).update(tries=F("tries") + 1, due_at=now + LEASE)
        if not started:
            lost = OutboxJob.objects.due().filter(pk=job_id, tries__gte=MAX_TRIES)
            if lost.update(parked_at=timezone.now()) and given_up:
                given_up(*args, **kwargs)
            return
        try:
            with _held(job_id):
                if is_one_transaction:
                    _run_once(job_id, partial(run, *args, **kwargs))
                else:
                    run(*args, **kwargs)
        except Exception as error:
            if _failed(job_id, error) and given_up:
                given_up(*args, **kwargs)
            raise
        OutboxJob.objects.filter(pk=job_id).update(done_at=timezone.now(), last_error="")

    return wrapper


@contextmanager
def _held(job_id: int) -> Iterator[None]:
    """Renew the lease of a job, from a thread beside it, until the block is left."""
    over = threading.Event()
    renewer = threading.Thread(target=_renew, args=(job_id, over), name="lease", daemon=True)
    renewer.start()
    try:
        yield
    finally:
        over.set()
        renewer.join()


def _renew(job_id: int, over: threading.Event) -> None:
    try:
        while not over.wait(RENEWED_EVERY):
            with suppress(DatabaseError):  # once is not enough to lose it
                OutboxJob.objects.filter(pk=job_id, done_at__isnull=True).update(
                    due_at=timezone.now() + LEASE
                )
    finally:
        connection.close()


@transaction.atomic
def _run_once(job_id: int, run: Callable[[], None]) -> None:
    """Whoever comes second waits for the first, and finds it done."""
    if OutboxJob.objects.filter(pk=job_id, done_at__isnull=True).update(done_at=timezone.now()):
        run()


def _failed(job_id: int, error: Exception) -> bool:
    """Note what went wrong; answers whether that was the last try."""
    job = OutboxJob.objects.get(pk=job_id)
    job.last_error = f"{type(error).__name__}: {error}"[:2000]
    if job.tries >= MAX_TRIES:
        job.parked_at = timezone.now()
    else:
        job.due_at = timezone.now() + timedelta(seconds=10 * 3**job.tries)
    job.save(update_fields=["last_error", "parked_at", "due_at"])
    return job.parked_at is not None
