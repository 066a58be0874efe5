"""Canaries: jobs that go a queue's whole way, so that one which nobody serves is noticed.

A worker's heartbeat says that it lives. A canary says that jobs get done: written as a row, sent to
the broker, run by a worker, stamped in the database.
"""

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.functions import Now

from accounts import outbox
from accounts.models import Canary, OutboxJob
from config.queues import QUEUES, canary_of


@transaction.atomic
def send(queue: str) -> None:
    """Let one go, unless the last is still on its way: where nobody works, they do not pile up."""
    canary, _is_new = Canary.objects.select_for_update().get_or_create(pk=queue)
    former = [canary.job_id] if canary.job_id else []
    if OutboxJob.objects.open().filter(pk__in=former).exists():
        return
    OutboxJob.objects.filter(pk__in=former).delete()
    canary.job_id = outbox.enqueue(canary_of(queue)).pk
    canary.save(update_fields=["job_id"])


def sing(queue: str) -> None:
    """It arrived."""
    Canary.objects.filter(pk=queue).update(sung_at=Now())


def late() -> set[str]:
    """The queues whose last canary is longer ago than they may take. One query."""
    ago = ExpressionWrapper(Now() - F("sung_at"), output_field=DurationField())
    sung = dict(
        Canary.objects.filter(sung_at__isnull=False).annotate(ago=ago).values_list("queue", "ago")
    )
    return {
        name
        for name, queue in QUEUES.items()
        if name not in sung or sung[name].total_seconds() > queue.patience
    }
