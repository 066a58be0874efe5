"""The shapes of chat on the wire, the same for REST and the socket: plain JSON values."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from chat import parts
from chat.models import Conversation, Membership, Message

Card = dict[str, Any]


@lru_cache(256)  # all messages of a commit have the same
def moment(value: datetime | None) -> str | None:
    """RFC 3339 in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None


def message_card(
    *,
    id: UUID | str,
    conversation: UUID | str,
    seq: int,
    revision: int,
    author: UUID | str | None,
    body: str,
    created_at: str | None,
    notice: Card | None = None,
    edited_at: str | None = None,
    unsent_at: str | None = None,
    reply_to: int | None = None,
    mentions: list[str] | None = None,
    reactions: list[Card] | None = None,
    hanging: Card | None = None,
) -> Card:
    """A message as it is now: `author` a user id, `reply_to` a seq. `hanging` is what hangs on it
    (chat/parts.py): `share` {kind, id, card}, ..."""
    card: Card = {
        "id": id,
        "conversation": conversation,
        "seq": seq,
        "revision": revision,
        "author": author,
        "body": body,
        "notice": notice,
        "created_at": created_at,
        "edited_at": edited_at,
        "unsent_at": unsent_at,
        "reply_to": reply_to,
        "share": None,
        "media": [],
        "mentions": mentions or [],
        "reactions": reactions or [],
        "poll": None,
    }
    if hanging:
        card.update(hanging)
    return card


def card_of(message: Message, hanging: Card, reactions: list[Card]) -> Card:
    """The same of a row, with what hangs on it."""
    return message_card(
        id=str(message.pk),
        conversation=str(message.conversation_id),
        seq=message.seq,
        revision=message.revision,
        author=str(message.author_id) if message.author_id else None,
        body=message.body,
        notice=message.notice,
        created_at=moment(message.created_at),
        edited_at=moment(message.edited_at),
        unsent_at=moment(message.unsent_at),
        reply_to=message.reply_to,
        mentions=message.mentions,
        reactions=reactions,
        hanging=hanging,
    )


def message_cards(messages: Iterable[Message]) -> list[Card]:
    """Messages from `with_parts()`; a share's card only where anybody may see it."""
    messages = list(messages)
    hanging = parts.read(messages)
    return [
        card_of(message, hanging[message.pk], reaction_cards(reactions_to(message)))
        for message in messages
    ]


def reactions_to(message: Message) -> list[tuple[str, str]]:
    """Its (emoji, user id), the oldest first."""
    return [(reaction.emoji, str(reaction.user_id)) for reaction in message.reactions.all()]


def reaction_cards(reactions: Iterable[tuple[str, str]]) -> list[Card]:
    """`[{emoji, count, users: [ids]}]` of (emoji, user id), each emoji where it came first."""
    by_emoji: dict[str, list[str]] = {}
    for emoji, user_id in reactions:
        by_emoji.setdefault(emoji, []).append(user_id)
    return [
        {"emoji": emoji, "count": len(users), "users": users} for emoji, users in by_emoji.items()
    ]


def member_card(membership: Membership) -> Card:
    """A person's card with `role`, `state` and `read_seq`."""
    return {
        **membership.user.card(),
        "role": membership.role,
        "state": membership.state,
        "read_seq": membership.read_seq,
    }


def conversation_card(membership: Membership) -> Card:
    """A conversation as one person sees it: a row of `Membership.objects.inbox()` or `.requests()`.

    An invitation shows neither name nor picture nor message (R20).
    """
    conversation = membership.conversation
    hidden = membership.state == Membership.State.INVITED
    last = None if hidden else membership.last_message
    other = membership.other
    return {
        "id": str(conversation.pk),
        "kind": conversation.kind,
        "title": "" if hidden else conversation.title,
        "picture": "" if hidden else conversation.picture,
        "state": membership.state,
        "role": membership.role,
        "accepted": not conversation.is_request,
        "other": other.card() if other else None,
        "invited_by": membership.invited_by.card() if hidden and membership.invited_by else None,
        "revision": conversation.revision,
        "last_seq": conversation.last_seq,
        "read_seq": membership.read_seq,
        "unread": 0 if hidden else max(conversation.last_seq - membership.read_seq, 0),
        "muted": membership.is_muted,
        "send_refusal": membership.send_refusal,
        "active_at": moment(conversation.active_at),
        "last_message": message_cards([last])[0] if last else None,
    }


def detail_card(membership: Membership) -> Card:
    """The same with `members` (member_card) and `authors`, the cards of who spoke and left."""
    conversation = membership.conversation
    members = list(conversation.memberships.active().select_related("user").order_by("joined_at"))
    if conversation.is_request:
        # R12: whoever asks learns nothing of how the other reads; both know who the other is.
        asked = conversation.memberships.exclude(pk__in=[m.pk for m in members])
        members += list(asked.select_related("user"))
    return {
        **conversation_card(membership),
        "members": [_hushed(member, membership) for member in members],
        "authors": _past_authors(conversation, {member.user_id for member in members}),
    }


def _hushed(member: Membership, viewer: Membership) -> Card:
    card = member_card(member)
    if member.state != Membership.State.ACTIVE and member.pk != viewer.pk:
        card |= {"read_seq": 0, "state": Membership.State.REQUESTED}
    return card


def _past_authors(conversation: Conversation, present: set[UUID]) -> list[Card]:
    gone = conversation.memberships.filter(state=Membership.State.ENDED)
    spoke = gone.filter(user__messages__conversation=conversation).exclude(user__in=present)
    return [membership.user.card() for membership in spoke.select_related("user").distinct()]
