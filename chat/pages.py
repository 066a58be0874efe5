"""What the pages show of conversations, as plain values: rows, the talk and its messages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Block, User
from chat import notices, refusals, sharing
from chat.models import Conversation, Membership, Message

ROWS = 100
MESSAGES = 50
FACES = 64
EXCERPT = 120
RUN = timedelta(minutes=5)

Card = dict[str, Any]


def deleted_card() -> Card:
    """The face of somebody whose account is gone (R46)."""
    return {
        "id": "",
        "username": "",
        "name": _("Deleted user"),
        "avatar": "",
        "hue": 0,
        "initials": "?",
    }


def group_card(conversation: Conversation) -> Card:
    """The face of a group: its picture, else the initials of its name."""
    words = conversation.title.split()
    initials = "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
    return {
        "id": str(conversation.pk),
        "username": "",
        "name": conversation.title,
        "avatar": conversation.picture,
        "hue": conversation.pk.int % 12,
        "initials": initials or "?",
    }


def blocked_ids(user: User) -> frozenset[UUID]:
    """Everybody between whom and the person stands a block, either way (R15)."""
    pairs = Block.objects.filter(Q(blocker=user) | Q(blocked=user))
    ids = {person for pair in pairs.values_list("blocker_id", "blocked_id") for person in pair}
    return frozenset(ids - {user.pk})


# --- The inbox ------------------------------------------------------------------------------------


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
        memberships = memberships.filter(unread__gt=0)
    if show == "groups":
        memberships = memberships.exclude(conversation__kind=Conversation.Kind.DIRECT)
    if words:
        memberships = memberships.search(words)
    return rows_of(user, list(memberships[:limit]))


def rows_of(user: User, memberships: Sequence[Membership]) -> list[Row]:
    """What lists show of these rows of `inbox()` or `requests()`."""
    hidden = blocked_ids(user) if memberships else frozenset()
    return [_row(user, membership, hidden) for membership in memberships]


def card_of(conversation: Conversation, other: User | None) -> Card:
    """Whose face stands for a conversation: the other person's, or the group's."""
    if not conversation.is_direct:
        return group_card(conversation)
    return other.card() if other else deleted_card()


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


def preview_of(message: Message | None, user: User, hidden: frozenset[UUID]) -> str:
    """One line of what was said last."""
    if message is None:
        return ""
    if message.notice is not None:
        return notices.sentence(message.notice, user.pk)
    if message.author_id in hidden:
        return _("Message from a blocked account")
    if message.is_unsent:
        return _("Message unsent")
    if message.body:
        return Truncator(" ".join(message.body.split())).chars(EXCERPT)
    return _("Shared a video")


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
    memberships = Membership.objects.inbox(user).filter(unread__gt=0)
    heard = memberships.exclude(muted_until__gt=timezone.now())
    return heard.aggregate(total=Sum("unread"))["total"] or 0


def waiting_count(user: User) -> int:
    """How many requests and invitations wait for an answer."""
    return Membership.objects.requests(user).count()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request, or an invitation that tells nothing of the group but who invites (R20)."""

    conversation: Conversation
    card: Card
    is_invitation: bool
    preview: str


def waiting_rows(user: User) -> list[Waiting]:
    """Everything that waits for the person's yes, newest first."""
    memberships = list(Membership.objects.requests(user)[:ROWS])
    return [
        _waiting(membership, row)
        for membership, row in zip(memberships, rows_of(user, memberships), strict=True)
    ]


def _waiting(membership: Membership, row: Row) -> Waiting:
    if membership.state == Membership.State.REQUESTED:
        return Waiting(row.conversation, row.card, False, row.preview)
    host = membership.invited_by
    card = host.card() if host else deleted_card()
    return Waiting(membership.conversation, card, True, _("Invites you to a group"))


def group_info(user: User, membership: Membership) -> dict[str, Any]:
    """The group's face, its members with what the viewer may do to each, and who is invited."""
    group = membership.conversation
    memberships = list(
        group.memberships.current().select_related("user").order_by("joined_at")[: 4 * FACES]
    )
    membership.conversation = group
    members = [
        {
            "membership": other,
            "card": other.user.card(),
            "is_me": other.user_id == user.pk,
            "is_removable": membership.may_remove(other),
        }
        for other in sorted(memberships, key=_rank)
    ]
    return {
        "group": group,
        "card": group_card(group),
        "membership": membership,
        "members": [m for m in members if m["membership"].is_active],
        "invited": [m for m in members if not m["membership"].is_active],
    }


def _rank(membership: Membership) -> int:
    return [Membership.Role.OWNER, Membership.Role.ADMIN, Membership.Role.MEMBER].index(
        Membership.Role(membership.role)
    )


# --- The talk -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Shown:
    """One message as one viewer sees it, with its place among its neighbours."""

    message: Message
    author: Card
    is_mine: bool
    is_folded: bool = False
    day: date | None = None
    is_continued: bool = False
    is_first_new: bool = False
    quote: dict[str, str] | None = None
    share: dict[str, Any] | None = None
    reactions: list[dict[str, Any]] = field(default_factory=list)
    notice: str = ""


@dataclass(slots=True)
class Talk:
    """One open conversation: who is in it, what was said, what the viewer may do."""

    conversation: Conversation
    membership: Membership
    viewer: User
    card: Card
    other: User | None
    people: list[Membership]
    count: int
    messages: list[Shown]
    has_older: bool
    unread: int
    hidden: frozenset[UUID]

    @property
    def oldest_seq(self) -> int:
        return self.messages[0].message.seq if self.messages else 0

    @property
    def is_request_to_me(self) -> bool:
        return self.membership.state == Membership.State.REQUESTED

    @property
    def is_waiting(self) -> bool:
        """The viewer asked, said their one message (R13), and waits."""
        return self.membership.is_active and self.conversation.is_request and bool(self.messages)

    @property
    def refusal(self) -> str:
        """The sentence that says why the viewer cannot write, or nothing."""
        code = self.membership.send_refusal
        return refusals.sentence(code) if code and not self.is_waiting else ""

    @property
    def is_closed(self) -> bool:
        """Whether there is nothing to write with."""
        return self.is_waiting or bool(self.refusal)

    @property
    def names(self) -> str:
        """`Ana, Ben and 3 more`, the viewer left out."""
        first = [m.user.name.split()[0] for m in self.people if m.user_id != self.viewer.pk][:3]
        more = self.count - 1 - len(first)
        if more > 0:
            return ngettext(
                "%(names)s and %(count)d more", "%(names)s and %(count)d more", more
            ) % {"names": ", ".join(first), "count": more}
        return ", ".join([*first, _("you")]) if first else _("Only you")

    def for_script(self) -> dict[str, Any]:
        """What static/js/behaviours/conversation.js starts from."""
        conversation = self.conversation
        return {
            "id": str(conversation.pk),
            "kind": conversation.kind,
            "title": self.card["name"],
            "revision": conversation.revision,
            "last_seq": conversation.last_seq,
            "read_seq": self.membership.read_seq,
            "me": str(self.viewer.pk),
            "self": self.viewer.card(),
            "card": self.card,
            "is_request": conversation.is_request,
            "may_send": self.membership.is_active,
            "people": [
                {**m.user.card(), "read_seq": m.read_seq}
                for m in self.people
                if m.user_id != self.viewer.pk
            ],
            "authors": self._authors(),
            "count": self.count,
            "blocked": [str(person) for person in self.hidden],
        }

    def _authors(self) -> list[Card]:
        known = {m.user_id for m in self.people}
        cards = {s.author["id"]: s.author for s in self.messages if s.message.author_id}
        return [card for card in cards.values() if UUID(card["id"]) not in known]


def talk_of(user: User, membership: Membership, *, limit: int = MESSAGES) -> Talk:
    """The conversation's newest page; at most nine queries, however long it is."""
    conversation = membership.conversation
    people = _people(conversation)
    other = next((m.user for m in people if m.user_id != user.pk), None)
    hidden = blocked_ids(user)
    read_seq = max(membership.read_seq, membership.from_seq)
    messages, has_older = _page(membership, before=None, limit=limit)
    return Talk(
        conversation=conversation,
        membership=membership,
        viewer=user,
        card=card_of(conversation, other if conversation.is_direct else None),
        other=other if conversation.is_direct else None,
        people=people,
        count=_count(conversation, people),
        messages=shown(user, messages, hidden=hidden, read_seq=read_seq),
        has_older=has_older,
        unread=max(0, conversation.last_seq - read_seq),
        hidden=hidden,
    )


def older(user: User, membership: Membership, *, before: int) -> tuple[list[Shown], bool]:
    """The page of messages before a place, oldest first, and whether there are more."""
    messages, has_older = _page(membership, before=before)
    return shown(user, messages, hidden=blocked_ids(user)), has_older


def _people(conversation: Conversation) -> list[Membership]:
    """Those who read furthest come first: they are the ones to show as here and having seen."""
    memberships = conversation.memberships.current().select_related("user")
    if not conversation.is_direct:
        memberships = memberships.active()
    return list(memberships.order_by("-read_seq", "joined_at")[:FACES])


def _count(conversation: Conversation, people: list[Membership]) -> int:
    return len(people) if len(people) < FACES else conversation.memberships.active().count()


def _page(
    membership: Membership, *, before: int | None, limit: int = MESSAGES
) -> tuple[list[Message], bool]:
    messages = (
        Message.objects.filter(conversation=membership.conversation_id)
        .filter(seq__gt=membership.from_seq)
        .before(before)
        .with_parts()[: limit + 1]
    )
    page = list(messages)
    return page[:limit][::-1], len(page) > limit


def shown(
    user: User,
    messages: Sequence[Message],
    *,
    hidden: frozenset[UUID] = frozenset(),
    read_seq: int | None = None,
) -> list[Shown]:
    """These messages (oldest first) as the person sees them, separators and runs worked out."""
    quotes = _quoted(messages)
    shares = sharing.references(messages, user)
    page: list[Shown] = []
    has_new = False
    for message in messages:
        item = _shown(user, message, quotes, hidden)
        item.share = None if message.is_unsent else shares.get(message.pk)
        _place(item, page[-1] if page else None)
        if read_seq is not None and not has_new and message.seq > read_seq and not item.is_mine:
            item.is_first_new = has_new = True
            item.is_continued = False
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
        reactions=[] if message.is_unsent else reactions_of(message, user),
        notice=notices.sentence(message.notice, user.pk) if message.notice else "",
    )


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
        found = Message.objects.filter(
            conversation=messages[0].conversation_id, seq__in=missing
        ).select_related("author")
        present.update({message.seq: message for message in found})
    return present


def _quote(
    message: Message, quoted: Message | None, user: User, hidden: frozenset[UUID]
) -> dict[str, str] | None:
    if not message.reply_to or message.is_unsent:
        return None
    if quoted is None:
        return {"name": "", "words": _("Earlier message")}
    name = quoted.author.name if quoted.author else _("Deleted user")
    return {
        "name": _("You") if quoted.author_id == user.pk else name,
        "words": preview_of(quoted, user, hidden),
    }


def reactions_of(message: Message, user: User) -> list[dict[str, Any]]:
    """`{emoji, count, is_mine}` in the order in which each emoji first came."""
    found: dict[str, dict[str, Any]] = {}
    for reaction in message.reactions.all():
        entry = found.setdefault(
            reaction.emoji, {"emoji": reaction.emoji, "count": 0, "is_mine": False}
        )
        entry["count"] += 1
        entry["is_mine"] |= reaction.user_id == user.pk
    return list(found.values())
