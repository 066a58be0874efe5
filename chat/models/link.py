"""What the links of messages lead to."""

from typing import Self

from django.db import models
from django.db.models import Q

from chat.models.message import Message


class MessageLinkQuerySet(models.QuerySet["MessageLink"]):
    """Links of messages, as sets."""

    def naming(self, kind: str, key: str) -> Self:
        """Those that lead to one thing of ours."""
        return self.filter(kind=kind, key=key)

    def shown(self) -> Self:
        """Those whose cards stand under their messages."""
        return self.filter(message__unsent_at__isnull=True, message__unlinked_at__isnull=True)


class MessageLink(models.Model):
    """One link of one message, in the order of its words.

    It leads to a page of ours, `kind` and `key` (chat/linking/own.py), or away, to what `card`
    shows.
    """

    # The constraint leads with it.
    message = models.ForeignKey(Message, models.CASCADE, related_name="links", db_index=False)
    position = models.PositiveSmallIntegerField()
    url = models.TextField(help_text="As it was written, with its scheme.")
    kind = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=80, blank=True)
    card = models.ForeignKey(
        "accounts.LinkCard", models.CASCADE, null=True, blank=True, related_name="+"
    )

    objects = MessageLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("message", "position", name="message_link_place"),
            models.CheckConstraint(
                condition=Q(kind="", card__isnull=False) | (~Q(kind="") & Q(card=None)),
                name="message_link_leads_somewhere",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "key"], condition=~Q(kind=""), name="message_link_to_ours")
        ]

    def __str__(self) -> str:
        return self.url
