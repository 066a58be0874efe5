"""How far pushes have come: of each conversation, of the net behind them, and what waits."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from accounts.models import Device
from chat.models.conversation import Conversation
from chat.models.membership import Membership

# A push that waits for longer has lost its job (somebody discarded it): the next message brings
# another.
ABANDONED_AFTER = timedelta(hours=1)


class PushCursor(models.Model):
    """Up to `seq` a conversation's messages were looked at. The row is held by whoever looks, and
    moved in the transaction that writes what came of it: each message is looked at once.

    Beside the conversation, whose own row every message rewrites.
    """

    conversation = models.OneToOneField(
        Conversation, models.CASCADE, primary_key=True, related_name="push_cursor"
    )
    seq = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="Empty while nothing was looked at."
    )

    def __str__(self) -> str:
        return f"{self.conversation_id} up to {self.seq}"


class PushNetQuerySet(models.QuerySet["PushNet"]):
    """The one row of the net."""

    def reached(self) -> datetime:
        """Until when it has looked everywhere; it begins now, not with what was said long ago."""
        return self.get_or_create(pk=1)[0].reached_at

    def reach(self, moment: datetime) -> None:
        """It has come so far, and never goes back."""
        self.filter(pk=1, reached_at__lt=moment).update(reached_at=moment)


class PushNet(models.Model):
    """What hints lost, the net finds: it has looked everywhere at what was said before then."""

    reached_at = models.DateTimeField(default=timezone.now)

    objects = PushNetQuerySet.as_manager()

    def __str__(self) -> str:
        return f"until {self.reached_at}"


class WaitingPushQuerySet(models.QuerySet["WaitingPush"]):
    """Pushes that wait, as sets."""

    def under_way(self, now: datetime) -> Self:
        """Those that have a job."""
        return self.filter(since__gte=now - ABANDONED_AFTER)


class WaitingPush(models.Model):
    """One device of a member is to be told of what was said after `after_seq`, up to `last_seq`.
    There is a job for it; what is said while it waits joins it. The words are read when it goes.
    """

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="waiting_pushes", db_index=False
    )
    device = models.ForeignKey(Device, models.CASCADE, related_name="+")
    after_seq = models.PositiveBigIntegerField()
    last_seq = models.PositiveBigIntegerField()
    since = models.DateTimeField(default=timezone.now)

    objects = WaitingPushQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "device"], name="waiting_push_once")
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} on {self.device_id}: {self.after_seq} to {self.last_seq}"
