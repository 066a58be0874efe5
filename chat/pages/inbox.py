"""Rows of the inbox, and the number on the rail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from chat.models import Conversation, Membership, Message
from chat.pages.faces import Card, blocked_ids, card_of
from chat.pages.preview import preview_of

ROWS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation in a list."""

    conversation: Conversation
    membership: Membership
    card: Card
    preview: str
    speaker: str
    unread: int
    at: datetime
    other_id: UUID | None = None

    @property
    def is_waiting(self) -> bool:
        """The person asked and has no answer yet (R12)."""
        return self.conversation.is_request

    @property
    def may_send(self) -> bool:
        """Whether nothing stored bars the person from sending."""
        return self.membership.is_active and not self.membership.send_refusal


def inbox_rows(user: User, *, words: str = "", show: str = "all", limit: int = ROWS) -> list[Row]:
    """The person's conversations, the liveliest first; `show` is all, unread or groups.

    Seven queries, however many rows.
    """
    memberships = Membership.objects.inbox(user)
    if show == "unread":
        memberships = memberships.filter(conversation__last_seq__gt=F("read_seq"))
    if show == "groups":
        memberships = memberships.exclude(conversation__kind=Conversation.Kind.DIRECT)
    if words:
        memberships = memberships.search(words)
    return rows_of(user, list(memberships[:limit]))


def rows_of(user: User, memberships: Sequence[Membership]) -> list[Row]:
    """What lists show of these rows of `inbox()` or `requests()`."""
    hidden = blocked_ids(user) if memberships else frozenset()
    return [_row(user, membership, hidden) for membership in memberships]


def _row(user: User, membership: Membership, hidden: frozenset[UUID]) -> Row:
    conversation = membership.conversation
    message = membership.last_message
    other = membership.other
    return Row(
        conversation=conversation,
        membership=membership,
        card=card_of(conversation, other),
        preview=preview_of(message, user, hidden),
        speaker=_speaker(message, user, conversation),
        unread=max(0, conversation.last_seq - max(membership.read_seq, membership.from_seq)),
        at=conversation.active_at,
        other_id=other.pk if other else None,
    )


def _speaker(message: Message | None, user: User, conversation: Conversation) -> str:
    """Who said it, where that is not plain: `You`, or in a group the first name."""
    if message is None or message.notice is not None:
        return ""
    if message.author_id == user.pk:
        return _("You")
    if conversation.is_direct or message.author is None:
        return ""
    return message.author.name.split()[0]


def unread_total(user: User) -> int:
    """How many messages wait unread: the number on the rail. Muted ones do not count."""
    memberships = Membership.objects.inbox(user).filter(conversation__last_seq__gt=F("read_seq"))
    heard = memberships.exclude(muted_until__gt=timezone.now())
    return heard.aggregate(total=Sum(F("conversation__last_seq") - F("read_seq")))["total"] or 0
