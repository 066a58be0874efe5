"""Notifications in tests: run the jobs that verbs wrote, and read what somebody is told."""

from celery import current_app

import accounts.tasks  # noqa: F401 (so that the app knows its tasks)
import chat.tasks  # noqa: F401
from accounts.models import Notification, OutboxJob, User
from accounts.notifications.shown import shown

JOBS = (
    "accounts.note",
    "accounts.unnote",
    "accounts.forget_about",
    "accounts.part",
    "accounts.recheck_lines",
    "chat.read_mentions",
    "chat.tell_of_mentions",
    "chat.tell_of_reply",
    "chat.tell_of_closed_poll",
)


def run_jobs(*, times: int = 1) -> None:
    """What waits, in the order of its causes, and what comes of it, as a worker would; each so many
    times."""
    while waiting := OutboxJob.objects.filter(task__in=JOBS, done_at__isnull=True).order_by("pk"):
        for job in waiting:
            for _again in range(times):
                current_app.tasks[job.task](**job.arguments, job_id=job.pk)


def lines_of(user: User) -> list[Notification]:
    """What stands in the person's list, as stored, newest first."""
    return list(Notification.objects.present().filter(user=user).newest_first())


def told(user: User) -> list[str]:
    """The sentences that the person reads now."""
    return [one.text for one in shown(user, lines_of(user))]
