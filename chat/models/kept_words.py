"""Words that somebody began to write and did not send, the same on all their devices."""

from typing import Self

from django.db import models

from chat.models.membership import Membership
from chat.models.message import BODY_LIMIT


class KeptWordsQuerySet(models.QuerySet["KeptWords"]):
    """Kept words, as sets."""

    def of(self, user) -> Self:
        """The person's own that hold something, where they take part; the newest first."""
        active = Membership.objects.active().filter(user=user)
        own = self.exclude(body="").filter(membership__in=active)
        return own.select_related("membership").order_by("-edited_at")


class KeptWords(models.Model):
    """One person's in one conversation. Empty ones stay: that the words were cleared is as much an
    edit as any other, and the newest edit wins by `edited_at`, the clock of who wrote."""

    membership = models.OneToOneField(
        Membership, models.CASCADE, primary_key=True, related_name="kept_words"
    )
    body = models.TextField(max_length=BODY_LIMIT, blank=True)
    reply_to = models.PositiveBigIntegerField(null=True, blank=True)
    mentions = models.JSONField(default=list, blank=True)
    edited_at = models.DateTimeField()

    objects = KeptWordsQuerySet.as_manager()

    def __str__(self) -> str:
        return f"words kept for {self.membership_id}"
