"""What the people of the demo world were told of: days of it, of which they have read most."""

from datetime import timedelta

from django.utils import timezone

from accounts import tasks
from accounts.models import Notification, OutboxJob, User

JOBS = {task.name: task for task in (tasks.note, tasks.unnote, tasks.forget_about)}
UNREAD = 3  # of each person's lines, the newest


def tell(people: dict[str, User]) -> int:
    """Run the jobs that the verbs left, then let it have happened over the days; answers how many
    lines there are."""
    for job in OutboxJob.objects.filter(task__in=JOBS, done_at__isnull=True).order_by("pk"):
        JOBS[job.task](**job.arguments, job_id=job.pk)
    return sum(_over_days(person) for person in people.values())


def _over_days(person: User) -> int:
    lines = list(Notification.objects.filter(user=person).newest_first())
    now = timezone.now()
    for place, line in enumerate(lines):
        line.happened_at = line.created_at = now - timedelta(minutes=20 + 35 * place**1.8)
        line.read_at = line.happened_at if place >= UNREAD else None
    Notification.objects.bulk_update(lines, ["happened_at", "created_at", "read_at"])
    return len(lines)
