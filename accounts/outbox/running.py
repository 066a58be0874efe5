"""How a task accounts for its row: done, tried again, or put aside; by one worker at a time."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial, wraps
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models.outbox import MAX_TRIES, OutboxJob, OutboxJobQuerySet
from accounts.outbox.leases import LEASE, held
from accounts.outbox.sending import PATIENCE

ERROR_LENGTH = 2000


class OutOfMemory(Exception):
    """A job wanted more than a worker may take. Celery would end the worker for a MemoryError."""


class NotNow(Exception):
    """Raised by a job whom somebody else asks for patience: that try is over, and the next is not
    before `after`, where it was said."""

    def __init__(self, after: timedelta | None = None) -> None:
        super().__init__(f"not before {after}" if after else "not now")
        self.after = after or timedelta()


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
        if not _begun(job_id):
            if _lost(job_id) and given_up:
                given_up(*args, **kwargs)
            return
        try:
            with held(job_id):
                if is_one_transaction:
                    _run_once(job_id, partial(run, *args, **kwargs))
                else:
                    run(*args, **kwargs)
        except Exception as error:
            if _failed(job_id, error) and given_up:
                given_up(*args, **kwargs)
            if isinstance(error, MemoryError):
                raise OutOfMemory from None
            raise
        if not is_one_transaction:
            OutboxJob.objects.filter(pk=job_id).finish()

    return wrapper


def _begun(job_id: int) -> bool:
    """Take the job; False where it is done, put aside, used up, or in other hands.

    The try is counted before the work, so that a job which kills its worker is counted too.
    """
    mine = _free(job_id).filter(tries__lt=MAX_TRIES)
    return bool(mine.update(tries=F("tries") + 1, due_at=timezone.now() + LEASE))


def _lost(job_id: int) -> bool:
    """Put aside a job whose last try ended without a word; whether it was that."""
    silent = _free(job_id).filter(tries__gte=MAX_TRIES)
    return bool(silent.update(parked_at=timezone.now(), last_error=SILENT_END))


def _free(job_id: int) -> OutboxJobQuerySet:
    """Open, and in nobody's hands: a lease lies further ahead than what the sweeper sets."""
    return OutboxJob.objects.open().filter(pk=job_id, due_at__lte=timezone.now() + PATIENCE)


SILENT_END = "The worker ended in the middle of it: killed, out of memory, or out of time."


@transaction.atomic
def _run_once(job_id: int, run: Callable[[], None]) -> None:
    """Whoever comes second waits for the first, and finds it done."""
    if OutboxJob.objects.filter(pk=job_id, done_at__isnull=True).finish():
        run()


def _failed(job_id: int, error: Exception) -> bool:
    """Note what went wrong; answers whether that was the last try."""
    job = OutboxJob.objects.get(pk=job_id)
    job.last_error = _told(error)
    if job.tries >= MAX_TRIES:
        job.parked_at = timezone.now()
    else:
        pause = timedelta(seconds=10 * 3**job.tries)
        asked = error.after if isinstance(error, NotNow) else timedelta()
        job.due_at = timezone.now() + max(pause, asked)
    job.save(update_fields=["last_error", "parked_at", "due_at"])
    return job.parked_at is not None


def _told(error: Exception) -> str:
    # PostgreSQL adds the row that it refused, with whatever somebody wrote in it.
    words = str(error).partition("\nDETAIL:")[0]
    return f"{type(error).__name__}: {words}"[:ERROR_LENGTH]
