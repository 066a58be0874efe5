"""Who is told of what was said: asked when a push is written, and again when it is sent."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import Block, Device
from chat.models import Conversation, Membership, Message
from chat.writing.drafts import ALL

Apart = frozenset[frozenset[UUID]]  # pairs between whom a block stands


def listened_to(conversation_ids: Iterable[UUID]) -> list[UUID]:
    """Those of the conversations in which anybody takes part who has a device. One query."""
    members = Membership.objects.active().filter(conversation=OuterRef("pk"))
    heard = Exists(members.filter(user__devices__isnull=False))
    conversations = Conversation.objects.filter(heard, pk__in=list(conversation_ids))
    return list(conversations.order_by().values_list("pk", flat=True))


def listeners() -> Any:
    """Members who have a device and something to read, and to whom it may come: not those who are
    only asked (R12), those who left (R28), those whom R2 bars; nor where it is muted (R16)."""
    rows = Membership.objects.active().filter(
        Exists(Device.objects.filter(user=OuterRef("user"))),
        Q(muted_until__isnull=True) | Q(muted_until__lte=timezone.now()),
        user__is_active=True,
        read_seq__lt=F("conversation__last_seq"),
    )
    return rows.exclude(send_refusal="policy.R2")


def people_said() -> Any:
    """What people said and still stands, the oldest first; bare."""
    said = Message.objects.unexpired().filter(
        notice__isnull=True, unsent_at__isnull=True, author__isnull=False
    )
    return said.order_by("seq")


def apart(messages: Iterable[Message], people: Collection[UUID]) -> Apart:
    """Authors and readers between whom a block stands, whoever made it (R15). One query."""
    authors = {message.author_id for message in messages}
    blocks = Block.objects.filter(
        Q(blocker__in=authors, blocked__in=people) | Q(blocker__in=people, blocked__in=authors)
    )
    return frozenset(map(frozenset, blocks.values_list("blocker_id", "blocked_id")))


def worth_a_push(
    membership: Membership, messages: Iterable[Message], blocked: Apart
) -> list[Message]:
    """Of what was said in their conversation: what is new to them, of whom and of which they want
    to hear (R15, R16)."""
    place = max(membership.read_seq, membership.from_seq)
    return [
        message
        for message in messages
        if message.seq > place
        and message.author_id != membership.user_id
        and frozenset((message.author_id, membership.user_id)) not in blocked
        and membership.wants_to_hear_of(
            message.author_id, is_mentioned=_mentions(message, membership.user_id)
        )
    ]


def _mentions(message: Message, user_id: UUID) -> bool:
    return str(user_id) in message.mentions or ALL in message.mentions
