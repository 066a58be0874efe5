"""Messages as one viewer sees them, with their place among their neighbours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.reading import ANY_ID, ANY_TIME, NOBODY, ByKey
from chat import notices, parts, tallies
from chat.models import Message
from chat.pages.faces import Card, deleted_card
from chat.pages.preview import preview_of
from chat.writing.drafts import ALL

MESSAGES = 50  # a page of history
OPENED = 30  # with which a conversation opens: two screens of a desktop, three of a phone
RUN = timedelta(minutes=5)  # words within it stand together


@dataclass(slots=True)
class Shown:
    """One message as one viewer sees it, with its place among its neighbours."""

    message: Message
    author: Card
    is_mine: bool
    is_folded: bool = False
    day: date | None = None
    is_continued: bool = False
    is_last: bool = True
    is_first_new: bool = False
    quote: dict[str, str] | None = None
    hanging: dict[str, Any] = field(default_factory=dict)  # by name (chat/parts.py)
    reactions: list[dict[str, Any]] = field(default_factory=list)
    notice: str = ""
    # Those whom the words mention, with an address; whether the viewer is among them.
    mentions: list[Card] = field(default_factory=list)
    is_calling: bool = False
    # The thread under it: {count, last, names}.
    replies: dict[str, Any] | None = None
    is_post: bool = False  # of a channel, where followers may answer


def shown(
    user: User,
    messages: Sequence[Message],
    *,
    hidden: frozenset[UUID] = frozenset(),
    read_seq: int | None = None,
) -> list[Shown]:
    """These messages (oldest first) as the person sees them, separators and runs worked out."""
    quotes = _quoted(messages)
    hanging = parts.read(messages, user)
    own = tallies.own_of(messages, user)
    people = _people_named(messages)
    page: list[Shown] = []
    has_new = False
    for message in messages:
        item = _shown(user, message, quotes, hidden)
        item.hanging = hanging[message.pk]
        item.reactions = reactions_of(message, user, own.get(message.pk, ()))
        _name(item, user, people)
        _place(item, page[-1] if page else None)
        if read_seq is not None and not has_new and message.seq > read_seq and not item.is_mine:
            item.is_first_new = has_new = True
            item.is_continued = False
        if page:
            page[-1].is_last = not item.is_continued
        page.append(item)
    return page


def _shown(
    user: User, message: Message, quotes: dict[int, Message], hidden: frozenset[UUID]
) -> Shown:
    quoted = quotes.get(message.reply_to) if message.reply_to else None
    return Shown(
        message=message,
        author=message.author.card() if message.author else deleted_card(),
        is_mine=message.author_id == user.pk,
        is_folded=message.author_id in hidden,
        quote=_quote(message, quoted, user, hidden),
        notice=notices.sentence(message.notice, user.pk) if message.notice else "",
    )


def _people_named(messages: Sequence[Message]) -> dict[str, User]:
    """Whom messages and the threads under them name, by id: those who wrote here, and one query."""
    known = {str(m.author_id): m.author for m in messages if m.author}
    named = {who for m in messages for who in (*m.mentions, *(m.replies or {}).get("people", ()))}
    if missing := named - known.keys() - {ALL}:
        known |= {str(user.pk): user for user in User.objects.filter(pk__in=missing)}
    return known


def _name(item: Shown, user: User, people: dict[str, User]) -> None:
    message = item.message
    item.mentions = [
        people[who].card() | {"is_me": people[who] == user}
        for who in message.mentions
        if who in people
    ]
    if ALL in message.mentions:
        item.mentions.append({"id": ALL, "username": ALL, "is_me": True})
    item.is_calling = not item.is_mine and bool({str(user.pk), ALL} & set(message.mentions))
    if message.replies:
        spoke = [people[who] for who in message.replies["people"] if who in people]
        names = [_("You") if who == user else who.name.split()[0] for who in spoke]
        item.replies = {**message.replies, "names": ", ".join(names)}


def _place(item: Shown, previous: Shown | None) -> None:
    """A new day gets a separator; words said in one breath by one person stand together."""
    today = timezone.localdate(item.message.created_at)
    if previous is None or timezone.localdate(previous.message.created_at) != today:
        item.day = today
        return
    item.is_continued = (
        not item.notice
        and not previous.notice
        and previous.message.author_id == item.message.author_id
        and item.message.created_at - previous.message.created_at < RUN
    )


def _quoted(messages: Sequence[Message]) -> dict[int, Message]:
    """The messages that others reply to, by place: those on the page, the rest by one query."""
    present = {message.seq: message for message in messages}
    missing = {m.reply_to for m in messages if m.reply_to} - present.keys()
    if missing:
        values = (messages[0].conversation_id, timezone.now())
        found = _at_places(NOBODY, list(missing), *values)
        present.update({message.seq: message for message in found})
    return present


_at_places = ByKey(
    lambda _viewer, places, conversation, now: (
        Message.objects.unexpired(now)
        .filter(conversation=conversation, seq__in=places)
        .select_related("author")
    ),
    *(64, ANY_ID, ANY_TIME),
    of=int,
)


def _quote(
    message: Message, quoted: Message | None, user: User, hidden: frozenset[UUID]
) -> dict[str, str] | None:
    if not message.reply_to or message.is_unsent:
        return None
    if quoted is None:
        return {"id": "", "name": "", "words": _("Earlier message")}
    name = quoted.author.name if quoted.author else _("Deleted user")
    return {
        "id": str(quoted.author_id),
        "name": _("You") if quoted.author_id == user.pk else name,
        "words": preview_of(quoted, user, hidden),
    }


def reactions_of(message: Message, user: User, own: Collection[str] = ()) -> list[dict[str, Any]]:
    """`{emoji, count, is_mine}` in the order in which each emoji first came; of a channel's post,
    where `own` are the person's, the most frequent first."""
    if message.is_unsent:
        return []
    if message.reaction_counts is not None:
        return [
            {"emoji": emoji, "count": count, "is_mine": emoji in own}
            for emoji, count in tallies.ordered(message.reaction_counts)
        ]
    found: dict[str, dict[str, Any]] = {}
    for reaction in message.given:
        entry = found.setdefault(
            reaction.emoji, {"emoji": reaction.emoji, "count": 0, "is_mine": False}
        )
        entry["count"] += 1
        entry["is_mine"] |= reaction.user_id == user.pk
    return list(found.values())
