"""Messages, what hangs on them, and who may see them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.reading import NOBODY, ByKey, Few
from chat.models.conversation import Conversation
from chat.models.membership import Membership

BODY_LIMIT = 10_000
EDIT_WINDOW = timedelta(minutes=15)


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, as sets."""

    def visible_to(self, user) -> Self:
        """What the person may read: where they take part (or are asked), after their first
        place."""
        if not user.may_chat:
            return self.none()
        # Asked of each message, as a join would go through all members of a large group for each.
        mine = Membership.objects.current().exclude(state=Membership.State.INVITED)
        here = {"conversation": OuterRef("conversation"), "from_seq__lt": OuterRef("seq")}
        return self.unexpired().filter(Exists(mine.filter(user=user, **here)))

    def unexpired(self, now: datetime | None = None) -> Self:
        """Without those whose time is up, also where the job that empties them is late."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now or timezone.now()))

    def newest_of(self, conversations: Iterable[UUID]) -> Self:
        """The last one of each conversation, by its key.

        Conversations are chosen before their messages are looked up, one by one. The other way
        round the database read all that was ever said in them: 120 ms instead of 2 for forty.
        """
        chosen = Conversation.objects.filter(pk__in=conversations)
        return self.filter(pk__in=chosen.filter(messages__seq=F("last_seq")).values("messages"))

    def to_empty(self, now: datetime) -> Self:
        """Those whose time is up and whose words are still stored. What a report keeps of one is a
        copy, made when it was reported (R40): nothing here waits for it."""
        return self.filter(expired_at__isnull=True, expires_at__lte=now)

    def in_main_list(self, from_seq: int) -> Self:
        """Without what stands in threads, but for those whose root one may not see."""
        return self.filter(Q(thread__isnull=True) | Q(thread__lte=from_seq))

    def in_thread(self, root: int) -> Self:
        """What stands in the thread under the message at this place, and that one."""
        return self.filter(Q(thread=root) | Q(seq=root))

    def before(self, seq: int | None) -> Self:
        """Newest first, from just before `seq` (None: from the end)."""
        return (self if seq is None else self.filter(seq__lt=seq)).order_by("-seq")

    def after(self, seq: int) -> Self:
        """Oldest first, from just after `seq`."""
        return self.filter(seq__gt=seq).order_by("seq")

    def with_parts(self) -> Self:
        """With author, attachments, reactions and polls at hand: a query more, however many
        messages, one where anything is shared and one for the answers where there are polls."""
        shared = Attachment.objects.filter(message=OuterRef("pk"))
        messages = self.select_related("author", "poll").annotate(shares=Exists(shared))
        return messages.prefetch_related(
            models.Prefetch("few_attachments", Attachment.objects.all(), to_attr="attached"),
            models.Prefetch("few_reactions", to_attr="given"),
            "poll__options",
        )


class Message(models.Model):
    """`seq` is its place for ever; `revision` the number of its last change."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Neither key has an index of its own: both lead a unique constraint. Nor has the database to
    # look each of them up for each message, which took 14 of 32 microseconds: the writer holds the
    # conversation's line and has read the author's membership. So whoever deletes a conversation
    # holds its line, and whoever deletes a person deactivates them first.
    conversation = models.ForeignKey(
        Conversation,
        models.CASCADE,
        related_name="messages",
        db_index=False,
        db_constraint=False,
    )
    seq = models.PositiveBigIntegerField()
    revision = models.PositiveBigIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="messages",
        db_index=False,
        db_constraint=False,
    )
    client_id = models.UUIDField(null=True, blank=True)
    digest = models.CharField(
        max_length=32,
        blank=True,
        help_text=_("Of what was first sent: tells a replay from a reuse."),
    )
    body = models.TextField(max_length=BODY_LIMIT, blank=True)
    # A system line ("Ana added Ben"): {"code": ..., "actor": <card>, "people": [<card>], "title":
    # ...}
    notice = models.JSONField(null=True, blank=True)
    reply_to = models.PositiveBigIntegerField(null=True, blank=True)
    # What it shows beside words, as cards (Media.card): a page of messages needs no further query.
    media = models.JSONField(null=True, blank=True)
    # Without checks, which the database would compare with every row when the columns come.
    thread = models.BigIntegerField(
        null=True, blank=True, help_text=_("The place of the message whose thread it is in.")
    )
    # Of a thread's root: {"count", "last": <seq>, "people": [<user id>, ...]} (chat/threads.py).
    replies = models.JSONField(null=True, blank=True)
    hops = models.SmallIntegerField(
        null=True, blank=True, help_text=_("How often its words were forwarded to come here (R17).")
    )
    # Who said it first. No key: a person who is gone is simply not named any more.
    origin = models.UUIDField(null=True, blank=True)
    mentions = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    unsent_at = models.DateTimeField(null=True, blank=True)
    unlinked_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When its author took its links' cards away.")
    )
    # Of a channel's posts, where the rows behind them may be a hundred thousand: {emoji: count} as
    # soon as anybody reacted, and how many replies there are.
    reaction_counts = models.JSONField(null=True, blank=True)
    reply_count = models.IntegerField(null=True, blank=True)
    expires_at = models.DateTimeField(
        null=True, blank=True, help_text=_("From when on it is not shown any more.")
    )
    expired_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When what was in it was deleted, after it expired.")
    )
    # An id, no key: deleting a person would look for them through all messages.
    unsent_by = models.UUIDField(
        null=True, blank=True, help_text=_("Who took it down, where it was not its author.")
    )
    taken_down_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When moderators of Medley took it down.")
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("conversation", "seq", name="message_place"),
            models.UniqueConstraint("author", "client_id", name="message_said_once"),
            models.CheckConstraint(
                condition=Q(revision__gte=models.F("seq")), name="message_revision_covers_seq"
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "revision"], name="message_changes"),
            # Of the few that disappear and did not yet: all others do without it.
            models.Index(
                fields=["expires_at"],
                name="message_expiring",
                condition=Q(expires_at__isnull=False, expired_at__isnull=True),
            ),
            models.Index(
                fields=["conversation", "thread", "seq"],
                condition=Q(thread__isnull=False),
                name="message_threads",
            ),
        ]

    few_attachments = Few("message_id", has=lambda message: getattr(message, "shares", True))
    # Of what is counted on the message itself there may be too many to fetch.
    few_reactions = Few(
        "message_id",
        has=lambda message: message.reaction_counts is None,
        rows=lambda keys: _reactions_to(keys),
    )

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.seq}"

    @property
    def is_expired(self) -> bool:
        """Whether it disappeared: nobody is shown that it was there."""
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def is_unsent(self) -> bool:
        """Whether nothing but a trace is shown of it: taken back, or taken down."""
        return self.unsent_at is not None

    @property
    def is_taken_down(self) -> bool:
        """Whether that was moderators of Medley; then it also counts as unsent, everywhere."""
        return self.taken_down_at is not None

    @cached_property
    def attached(self) -> list["Attachment"]:
        """What is shared with it; at hand after `with_parts()`."""
        return list(self.attachments.all())

    @cached_property
    def given(self) -> list["Reaction"]:
        """The reactions to it, the oldest first; at hand after `with_parts()`."""
        return list(self.reactions.all())

    def editable_by(self, user) -> bool:
        """R18: one's own words, for 15 minutes."""
        return (
            self.author_id == user.pk
            and self.notice is None
            and not self.is_unsent
            and timezone.now() < self.created_at + EDIT_WINDOW
        )

    def unsendable_by(self, user) -> bool:
        """R18: one's own message, at any time."""
        return self.author_id == user.pk and self.notice is None


class Edit(models.Model):
    """What a message said before an edit; for moderators under a case, never sent to clients."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="edits")
    body = models.TextField()
    replaced_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"earlier words of {self.message_id}"


class TakenDown(models.Model):
    """What a message said before moderators of Medley took it down: to be put back should that have
    been wrong, never sent to clients. What else hung on it stays in its place, and is not shown."""

    message = models.OneToOneField(
        Message, models.CASCADE, primary_key=True, related_name="taken_down"
    )
    body = models.TextField(blank=True)
    mentions = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name_plural = _("taken down")

    def __str__(self) -> str:
        return f"words of {self.message_id}"


class Attachment(models.Model):
    """Something shared with a message: any model named in SHAREABLE_MODELS."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField(default=0)
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint("message", "position", name="attachment_position")]
        indexes = [models.Index(fields=["content_type", "object_id"], name="attachment_of")]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"


class Reaction(models.Model):
    """One person's one emoji on one message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    emoji = models.CharField(max_length=16)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("message", "user", "emoji", name="reaction_once")]
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.emoji} by {self.user_id}"


_reactions = ByKey(lambda _viewer, keys: Reaction.objects.filter(message__in=keys), room=64)


def _reactions_to(messages: Sequence[UUID]) -> list[Reaction]:
    return _reactions(NOBODY, messages)
