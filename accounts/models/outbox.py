"""Jobs that must happen: rows written with their cause, re-driven until done."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

MAX_TRIES = 3


class OutboxJobQuerySet(models.QuerySet["OutboxJob"]):
    """Outbox rows, as sets."""

    def open(self) -> Self:
        """Neither done nor put aside."""
        return self.filter(done_at__isnull=True, parked_at__isnull=True)

    def due(self, now: datetime | None = None) -> Self:
        """Open, and their time has come."""
        return self.open().filter(due_at__lte=now or timezone.now())

    def aside(self) -> Self:
        """Put aside after their last try, and nobody has decided what becomes of them."""
        return self.filter(parked_at__isnull=False, done_at__isnull=True, discarded_at__isnull=True)

    def closed(self, before: datetime) -> Self:
        """Done or discarded before that moment."""
        return self.filter(Q(done_at__lt=before) | Q(discarded_at__lt=before))

    def finish(self) -> int:
        """They are done; what they were about is nobody's any more.

        Some carry words (a push of a message): those do not outlive the message here.
        """
        return self.update(done_at=timezone.now(), last_error="", arguments={})


class OutboxJob(models.Model):
    """One run of one Celery task: `task` by name, `arguments` as its keyword arguments (JSON)."""

    task = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(default=timezone.now, help_text="Not driven before.")
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True, help_text="Put aside after 3 tries.")
    last_error = models.TextField(blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True, help_text="Never to be done.")
    discard_reason = models.TextField(blank=True, default="", db_default="")

    objects = OutboxJobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="outbox_due",
                condition=models.Q(done_at__isnull=True, parked_at__isnull=True),
            ),
            # Few, and looked for in a table of millions.
            models.Index(
                fields=["parked_at"],
                name="outbox_aside",
                condition=models.Q(
                    parked_at__isnull=False, done_at__isnull=True, discarded_at__isnull=True
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} #{self.pk}"
