"""Messages that wait for their time."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from chat.models.conversation import Conversation
from chat.models.membership import Membership
from chat.models.message import BODY_LIMIT

# Whoever sends one holds it for so long; then another try begins, under the same client_id.
LEASE = timedelta(minutes=1)
LIMIT = 100  # of one person, in one conversation


class ScheduledMessageQuerySet(models.QuerySet["ScheduledMessage"]):
    """Scheduled messages, as sets."""

    def of(self, author) -> Self:
        """The author's own, wherever they still take part, the soonest first; nobody else sees
        them."""
        mine = Membership.objects.active().filter(user=author)
        own = self.filter(author=author, conversation__in=mine.values("conversation"))
        return own.select_related("conversation").order_by("send_at", "pk")

    def due(self, now: datetime) -> Self:
        """Whose time has come, in order; neither refused nor being sent."""
        free = Q(taken_at__isnull=True) | Q(taken_at__lt=now - LEASE)
        return self.filter(free, refusal="", send_at__lte=now).order_by("send_at", "pk")


class ScheduledMessage(models.Model):
    """What somebody wants to have said at `send_at`. It becomes a message under its `client_id`,
    and goes; one that was refused stays with the `refusal`'s code until its author decides."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="scheduled")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    client_id = models.UUIDField()
    body = models.TextField(max_length=BODY_LIMIT, blank=True)
    reply_to = models.PositiveBigIntegerField(null=True, blank=True)
    thread = models.PositiveBigIntegerField(null=True, blank=True)
    mentions = models.JSONField(default=list, blank=True)
    hanging = models.JSONField(
        default=dict,
        blank=True,
        encoder=DjangoJSONEncoder,
        help_text=_("What is to hang on it, as doors are given it: made when it is sent."),
    )
    send_at = models.DateTimeField()
    taken_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the try to send it began that is under way.")
    )
    refusal = models.CharField(max_length=40, blank=True, help_text=_("Why it was not sent."))
    created_at = models.DateTimeField(default=timezone.now)

    objects = ScheduledMessageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("author", "client_id", name="scheduled_once")]
        indexes = [
            models.Index(fields=["send_at"], name="scheduled_due", condition=Q(refusal="")),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} in {self.conversation_id} at {self.send_at}"

    def is_being_sent(self, now: datetime) -> bool:
        """Whether a try is under way: then nothing about it can be changed."""
        return self.taken_at is not None and self.taken_at >= now - LEASE
