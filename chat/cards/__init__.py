"""The shapes of chat on the wire, the same for REST and the socket: plain JSON values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from accounts.linking.blocking import blocked_in
from accounts.linking.finding import may_hold_links
from chat import parts, tallies
from chat.cards import groups as group_cards
from chat.cards import personal as personal_cards
from chat.models import Conversation, Membership, Message
from chat.moments import moment

Card = dict[str, Any]


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
    thread: int | None = None,
    replies: Card | None = None,
    mentions: list[str] | None = None,
    reactions: list[Card] | None = None,
    hanging: Card | None = None,
) -> Card:
    """A message as it is now: `author` a user id, `reply_to` and `thread` a seq, `replies` of the
    thread under it `{count, last, people}`, `mentions` user ids or "all". `hanging` is what hangs
    on it (chat/parts.py): `share` {kind, id, card}, `forwarded` {hops, origin}, ... Where its words
    lead to blocked hosts, `blocked_hosts` names them: those are no links."""
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
        "thread": thread,
        "replies": replies,
        "forwarded": None,
        "share": None,
        "media": [],
        "mentions": mentions or [],
        "reactions": reactions or [],
        "poll": None,
    }
    if hanging:
        card.update(hanging)
    if may_hold_links(body) and (blocked := blocked_in(body)):
        card["blocked_hosts"] = blocked
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
        thread=message.thread,
        replies=message.replies,
        mentions=message.mentions,
        reactions=reactions,
        hanging=_with_end(message, hanging),
    )


def _with_end(message: Message, hanging: Card) -> Card:
    """Those that disappear tell when (`expires_at`), those taken down by whom
    (`unsent_by`, of a group's own moderators) or that Medley's did it (`taken_down`)."""
    if message.expires_at is not None:
        hanging = {**hanging, "expires_at": moment(message.expires_at)}
    if message.unsent_by is not None:
        hanging = {**hanging, "unsent_by": str(message.unsent_by)}
    if message.is_taken_down:
        hanging = {**hanging, "taken_down": True}
    return hanging


def message_cards(messages: Iterable[Message], viewer: Any = None) -> list[Card]:
    """Messages from `with_parts()`, for `viewer` or (None) as they are told to everybody: then a
    share's card is there only where anybody may see it, and nobody's own votes."""
    messages = list(messages)
    hanging = parts.read(messages, viewer)
    own = tallies.own_of(messages, viewer)
    return [
        card_of(message, hanging[message.pk], _reactions(message, own, viewer))
        for message in messages
    ]


def _reactions(message: Message, own: tallies.Own, viewer: Any) -> list[Card]:
    if message.is_unsent:  # what was taken down keeps them, should it be put back
        return []
    if message.reaction_counts is None:
        return reaction_cards(reactions_to(message))
    return tallies.cards(message.reaction_counts, own.get(message.pk, ()), viewer and viewer.pk)


def streak_card(conversation: Conversation) -> Card:
    """`{days, on}`: so many days in a row up to that one (UTC, or null). It stands for nothing once
    a whole day has passed since."""
    on = conversation.streak_on
    return {"days": conversation.streak_days, "on": on.isoformat() if on else None}


def reactions_to(message: Message) -> list[tuple[str, str]]:
    """Its (emoji, user id), the oldest first."""
    return [(reaction.emoji, str(reaction.user_id)) for reaction in message.given]


def reaction_cards(reactions: Iterable[tuple[str, str]]) -> list[Card]:
    """`[{emoji, count, users: [ids]}]` of (emoji, user id), each emoji where it came first."""
    by_emoji: dict[str, list[str]] = {}
    for emoji, user_id in reactions:
        by_emoji.setdefault(emoji, []).append(user_id)
    return [
        {"emoji": emoji, "count": len(users), "users": users} for emoji, users in by_emoji.items()
    ]


def member_card(membership: Membership) -> Card:
    """A person's card with `role`, `state`, `read_seq` and, of whoever is, `silenced_until`."""
    return {
        **membership.user.card(),
        "role": membership.role,
        "state": membership.state,
        "read_seq": membership.read_seq if membership.shows_reading else 0,
        "silenced_until": moment(membership.silenced_until),
    }


def conversation_card(membership: Membership, silent: int = 0) -> Card:
    """One of `conversation_cards`, `silent` of whose unread messages are hushed."""
    return conversation_cards([membership], {membership.pk: silent})[0]


def conversation_cards(memberships: Sequence[Membership], silent: Mapping[int, int]) -> list[Card]:
    """Conversations as one person sees them: rows of `Membership.objects.inbox()` or `.requests()`;
    what hangs on their last messages is read together.

    `silent` says by membership how many of its unread messages are of members whom the person
    silenced (R16). An invitation shows neither name nor picture nor message (R20).
    """
    last = {row.pk: row.last_message for row in memberships if not _is_hidden(row)}
    shown = {pk: message for pk, message in last.items() if message}
    told = dict(zip(shown, message_cards(shown.values()), strict=True))
    return [_conversation(row, silent.get(row.pk, 0), told.get(row.pk)) for row in memberships]


def _is_hidden(membership: Membership) -> bool:
    return membership.state == Membership.State.INVITED


def _conversation(membership: Membership, silent: int, last: Card | None) -> Card:
    conversation, other = membership.conversation, membership.other
    hidden = _is_hidden(membership)
    return {
        "id": str(conversation.pk),
        "kind": conversation.kind,
        "title": "" if hidden else conversation.title,
        "picture": "" if hidden else conversation.picture_url,
        "state": membership.state,
        "role": membership.role,
        "accepted": not conversation.is_request,
        "other": other.card() if other else None,
        "invited_by": membership.invited_by.card() if hidden and membership.invited_by else None,
        "revision": conversation.revision,
        "last_seq": conversation.last_seq,
        "read_seq": membership.read_seq,
        "unread": 0 if hidden else max(conversation.last_seq - membership.read_seq - silent, 0),
        **personal_cards.place_card(membership),
        "send_refusal": membership.send_refusal,
        "silenced_until": moment(membership.silenced_until),
        "writing": None if hidden else group_cards.writing_card(conversation),
        "timer": 0 if hidden else conversation.timer_seconds,
        "streak": None if hidden else streak_card(conversation),
        "active_at": moment(conversation.active_at),
        "last_message": last,
    }


def channel_card(conversation: Conversation) -> Card:
    """What members know of a channel besides: `handle`, `follower_count`, `opens_replies`."""
    channel = conversation.channel
    return {
        "handle": channel.handle,
        "follower_count": channel.follower_count,
        "opens_replies": channel.opens_replies,
    }


def detail_card(membership: Membership) -> Card:
    """The same with `members` (member_card) and `authors`, the cards of who spoke and left."""
    conversation = membership.conversation
    shown = conversation.memberships.active().shown_to(membership).select_related("user")
    if conversation.is_channel:
        shown = shown.hosting(conversation)
    members = list(shown.order_by("joined_at"))
    if conversation.is_request:
        # R12: whoever asks learns nothing of how the other reads; both know who the other is.
        asked = conversation.memberships.exclude(pk__in=[m.pk for m in members])
        members += list(asked.select_related("user"))
    return {
        **conversation_card(membership),
        "channel": channel_card(conversation) if conversation.is_channel else None,
        "settings": None if conversation.is_direct else group_cards.settings_card(conversation),
        "own": personal_cards.settings_card(membership),
        "members": [member_card_for(membership, member) for member in members],
        "authors": _past_authors(conversation, {member.user_id for member in members}),
    }


def member_card_for(viewer: Membership, member: Membership) -> Card:
    """The same as `viewer` may see it: how far others read is told to nobody in a channel (R27),
    nor to who does not tell of themselves."""
    card = member_card(member)
    is_hidden = viewer.conversation.is_channel or not viewer.shows_reading
    if is_hidden and member.pk != viewer.pk:
        card |= {"read_seq": 0}
    if member.state != Membership.State.ACTIVE and member.pk != viewer.pk:
        card |= {"read_seq": 0, "state": Membership.State.REQUESTED}
    return card


def _hosts(conversation: Conversation) -> list[UUID]:
    """Whom followers may know of: a few, found without looking through the others (R27)."""
    return list(conversation.channel.hosts.current().values_list("user", flat=True))


def _past_authors(conversation: Conversation, present: set[UUID]) -> list[Card]:
    if conversation.is_channel:
        past = conversation.channel.hosts.past().select_related("user")
        return [host.user.card() for host in past]
    gone = conversation.memberships.filter(state=Membership.State.ENDED)
    spoke = gone.filter(user__messages__conversation=conversation).exclude(user__in=present)
    return [membership.user.card() for membership in spoke.select_related("user").distinct()]
