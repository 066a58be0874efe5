"""Messages that somebody wants to be reminded of."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.ids import uuid7
from chat.models.message import Message

LIMIT = 200  # of one person


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Reminders, as sets."""

    def of(self, user) -> Self:
        """The person's own, of messages that they may still see; what is due comes first."""
        mine = self.filter(user=user, message__in=Message.objects.visible_to(user))
        parts = mine.select_related("message__author", "message__conversation")
        return parts.order_by(F("reminded_at").asc(nulls_last=True), "remind_at", "pk")

    def due(self, now: datetime) -> Self:
        """Whose time has come and of which the person was not told."""
        return self.filter(reminded_at__isnull=True, remind_at__lte=now).order_by("remind_at")


class Reminder(models.Model):
    """One person's wish to be told of one message at `remind_at`; nobody else knows of it. It goes
    when they are done with it, or with the message."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    message = models.ForeignKey(Message, models.CASCADE, related_name="reminders")
    remind_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("user", "message", name="reminder_once")]
        indexes = [
            models.Index(
                fields=["remind_at"], name="reminder_due", condition=Q(reminded_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.message_id} at {self.remind_at}"

    @property
    def is_due(self) -> bool:
        """Whether the person was told."""
        return self.reminded_at is not None
