"""What people on staff do with jobs: see how the queues stand, retry, discard; old ones go."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from celery import current_app
from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from accounts.models.outbox import OutboxJob, OutboxJobQuerySet

KEPT = timedelta(days=7)
BATCH = 2000


@dataclass(frozen=True)
class Standing:
    """How a queue stands: jobs that wait, seconds since the oldest was written, jobs put aside."""

    waiting: int = 0
    oldest: float = 0.0
    aside: int = 0


def standings() -> dict[str, Standing]:
    """Every queue with how it stands now. Two queries."""
    now = timezone.now()
    waiting, begun, aside = Counter[str](), dict[str, datetime](), Counter[str]()
    for task, number, first in _by_task(OutboxJob.objects.open()):
        waiting[queue_of(task)] += number
        begun[queue_of(task)] = min(first, begun.get(queue_of(task), first))
    for task, number, _first in _by_task(OutboxJob.objects.aside()):
        aside[queue_of(task)] += number
    return {
        queue: Standing(waiting[queue], (now - begun.get(queue, now)).total_seconds(), aside[queue])
        for queue in current_app.amqp.queues
    }


def _by_task(jobs: QuerySet[OutboxJob]) -> "QuerySet[OutboxJob, tuple[str, int, datetime]]":
    counted = jobs.order_by().values("task").annotate(n=Count("pk"), first=Min("created_at"))
    return counted.values_list("task", "n", "first")


def queue_of(task: str) -> str:
    """Where a task of this name waits."""
    return str(current_app.amqp.router.route({}, task)["queue"].name)


def retry(jobs: QuerySet[OutboxJob]) -> int:
    """Give jobs that were put aside, discarded ones too, their three tries again, from now."""
    return jobs.filter(parked_at__isnull=False, done_at__isnull=True).update(
        tries=0, parked_at=None, due_at=timezone.now(), discarded_at=None, discard_reason=""
    )


def discard(jobs: OutboxJobQuerySet, reason: str) -> int:
    """Have jobs that were put aside never happen; they are kept for a week, with the reason."""
    return jobs.aside().update(discarded_at=timezone.now(), discard_reason=reason)


def forget_done() -> int:
    """Delete jobs that were done, or discarded, more than a week ago; answer how many.

    It walks the keys from the oldest, in batches, each a short transaction: no index on a column
    that every job changes, and nobody waits.
    """
    before, after, gone = timezone.now() - KEPT, 0, 0
    while keys := _keys_written(after, before):
        batch = OutboxJob.objects.filter(pk__in=keys).closed(before)
        gone += batch.delete()[0]
        after = keys[-1]
    return gone


def _keys_written(after: int, before: datetime) -> list[int]:
    """The next keys, of jobs written before that moment."""
    rows = OutboxJob.objects.filter(pk__gt=after).order_by("pk")[:BATCH]
    return [key for key, at in rows.values_list("pk", "created_at") if at < before]
