"""Jobs that must happen: rows written with their cause, re-driven until done."""

from typing import Self

from django.db import models
from django.utils import timezone

MAX_TRIES = 3


class OutboxJobQuerySet(models.QuerySet["OutboxJob"]):
    """Outbox rows, as sets."""

    def due(self, now=None) -> Self:
        """Neither done nor put aside, and their time has come."""
        return self.filter(
            done_at__isnull=True, parked_at__isnull=True, due_at__lte=now or timezone.now()
        )


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

    objects = OutboxJobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="outbox_due",
                condition=models.Q(done_at__isnull=True, parked_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} #{self.pk}"
