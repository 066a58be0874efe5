"""Words that a group does not want to read, and messages that wait for its moderators."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from chat.models.conversation import Conversation
from chat.models.membership import Membership


class WordFilterQuerySet(models.QuerySet["WordFilter"]):
    """Lists, as sets."""

    def of(self, conversation: Conversation) -> "WordFilter":
        """The group's list, or an empty one that is not stored."""
        kept = self.filter(conversation=conversation).first()
        return kept or WordFilter(conversation=conversation)


class WordFilter(models.Model):
    """A group's own list. `Conversation.words_version` names its present state, 0 an empty one."""

    class Action(models.TextChoices):
        REFUSE = "refuse", _("Do not send the message")
        HOLD = "hold", _("Let moderators read it first")

    conversation = models.OneToOneField(
        Conversation, models.CASCADE, primary_key=True, related_name="word_filter"
    )
    words = models.JSONField(default=list, blank=True, help_text=_("In lower case, one each."))
    action = models.CharField(max_length=6, choices=Action.choices, default=Action.REFUSE)
    # It only rises, so that what was cached of an earlier list is never taken for a later one.
    version = models.PositiveIntegerField(default=0)

    objects = WordFilterQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{len(self.words)} words of {self.conversation_id}"


class HeldMessageQuerySet(models.QuerySet["HeldMessage"]):
    """Messages that wait, as sets."""

    SHOWN = 100

    def for_moderator(self, membership: Membership) -> Self:
        """What waits in a group, the oldest first; nothing for who does not moderate it."""
        if not membership.may_moderate():
            return self.none()
        waiting = self.filter(conversation=membership.conversation_id).select_related("author")
        return waiting.order_by("pk")[: self.SHOWN]


class HeldMessage(models.Model):
    """What somebody wants to say and moderators of the group read first; it has no place yet."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="held_messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    client_id = models.UUIDField(null=True, blank=True)
    body = models.TextField()
    reply_to = models.PositiveBigIntegerField(null=True, blank=True)
    thread = models.PositiveBigIntegerField(null=True, blank=True)
    mentions = models.JSONField(default=list, blank=True)
    held_at = models.DateTimeField(default=timezone.now)

    objects = HeldMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "client_id"], name="message_held_once")
        ]

    def __str__(self) -> str:
        return f"held {self.pk}"
