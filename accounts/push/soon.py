"""Asking for pushes of a line when it is made or extended; whether they go is decided then."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from accounts.models import Device, Notification, OutboxJob
from accounts.outbox import enqueue_all

# A line that grows is pushed at once, and then once in so long with all that came: a thousand
# likes are no thousand pushes.
GATHERED_FOR = timedelta(minutes=1)


def devices_to_tell(people: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The devices of those who have any; one query, none for nobody."""
    wanted = list(people)
    return Device.objects.by_person(wanted) if wanted else {}


def push_soon(line: Notification, devices: Iterable[UUID]) -> None:
    """Have these devices of its receiver told of the line, and set `pushed_at`: whoever calls it
    stores the line then, in the same transaction, with the person's number line held. One query,
    none without devices."""
    now = timezone.now()
    jobs = [
        ("accounts.push_line", {"device": str(device), "line": str(line.pk)}) for device in devices
    ]
    if not jobs or (line.pushed_at and line.pushed_at > now):  # those that wait will tell this too
        return
    line.pushed_at = max(now, line.pushed_at + GATHERED_FOR) if line.pushed_at else now
    if line.pushed_at > now:
        OutboxJob.objects.bulk_create(
            OutboxJob(task=task, arguments=arguments, due_at=line.pushed_at)
            for task, arguments in jobs
        )
    else:
        enqueue_all(jobs)
