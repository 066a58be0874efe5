"""Holding jobs: whoever runs one renews its lease, from one thread for all of a process."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cache

from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.models.outbox import OutboxJob

# Whoever runs a job holds it for so long and renews that while it runs, so that nobody else does:
# where a worker dies, others go on with its job within a minute, however long the job is.
LEASE = timedelta(seconds=50)
RENEWED_EVERY = 10.0  # seconds

_changing = threading.Lock()
_held: set[int] = set()


@contextmanager
def held(job_id: int) -> Iterator[None]:
    """Keep the lease of a job until the block is left; once it is, nothing renews it any more."""
    _start_renewing()
    with _changing:
        _held.add(job_id)
    try:
        yield
    finally:
        with _changing:
            _held.discard(job_id)


@cache
def _start_renewing() -> None:
    threading.Thread(target=_renew_for_ever, name="leases", daemon=True).start()


def _renew_for_ever() -> None:
    while True:
        time.sleep(RENEWED_EVERY)
        with _changing:
            if _held:
                _renew(_held)


def _renew(jobs: set[int]) -> None:
    try:
        with suppress(DatabaseError):  # once is not enough to lose them
            OutboxJob.objects.filter(pk__in=jobs, done_at__isnull=True).update(
                due_at=timezone.now() + LEASE
            )
    finally:
        connection.close()


def _begin_anew() -> None:
    """A forked child runs none of its parent's jobs, and has not its thread."""
    global _changing, _held
    _changing, _held = threading.Lock(), set()
    _start_renewing.cache_clear()


os.register_at_fork(after_in_child=_begin_anew)
