"""Words that moderators say often, to be put into a decision and made to fit."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models.decision import WORDS_LIMIT
from accounts.models.report import Report


class SavedReplyQuerySet(models.QuerySet["SavedReply"]):
    """Saved replies, as sets."""

    def offered_to(self, moderator) -> Self:
        """Their own and those that all share, by name."""
        return self.filter(Q(owner=moderator) | Q(owner__isnull=True)).order_by("title")


class SavedReply(models.Model):
    """One of them; without an owner it is everybody's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Whose it is; empty: all moderators have it."),
    )
    title = models.CharField(max_length=80)
    reason = models.CharField(max_length=13, choices=Report.Reason.choices, blank=True)
    words = models.TextField(max_length=WORDS_LIMIT)

    objects = SavedReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved reply")
        verbose_name_plural = _("saved replies")

    def __str__(self) -> str:
        return self.title
