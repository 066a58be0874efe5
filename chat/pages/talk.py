"""One open conversation: who is in it, what was said, what the viewer may do."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from chat import mentions, passages, refusals, translation
from chat.models import Conversation, Membership, Message
from chat.models.message import MessageQuerySet
from chat.pages.faces import FACES, Card, blocked_ids, card_of
from chat.pages.messages import MESSAGES, Shown, shown
from chat.pages.pins import Pinned, pinned_lines
from chat.rights import Right


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
    has_newer: bool
    pins: list[Pinned]
    mentions: list[int]
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

    @property
    def may_mention_all(self) -> bool:
        is_group = self.conversation.kind == Conversation.Kind.GROUP
        return is_group and self.membership.may(Right.MENTION_ALL)

    @property
    def may_make_polls(self) -> bool:
        return not self.conversation.is_request and self.membership.may(Right.POLL)

    def for_script(self) -> dict[str, Any]:
        """What static/js/behaviours/conversation.js starts from."""
        conversation = self.conversation
        return {
            "id": str(conversation.pk),
            "kind": conversation.kind,
            "title": self.card["name"],
            "revision": conversation.revision,
            "last_seq": conversation.last_seq,
            "from_seq": self.membership.from_seq,
            "pins": conversation.pins or [],
            "mentions": self.mentions,
            "may_pin": self.membership.may(Right.PIN) and not self.membership.send_refusal,
            "may_mention_all": self.may_mention_all,
            "may_translate": translation.is_offered(),
            "read_seq": self.membership.read_seq,
            "me": str(self.viewer.pk),
            "self": self.viewer.card(),
            "card": self.card,
            "is_request": conversation.is_request,
            "may_send": self.membership.is_active,
            "runs_group": self.membership.runs_group(),
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


def talk_of(
    user: User, membership: Membership, *, limit: int = MESSAGES, around: int | None = None
) -> Talk:
    """The conversation's newest page, or the one around a place; at most twelve queries, however
    long it is."""
    conversation = membership.conversation
    people = _people(conversation)
    other = next((m.user for m in people if m.user_id != user.pk), None)
    hidden = blocked_ids(user)
    read_seq = max(membership.read_seq, membership.from_seq)
    present = _main_list(membership)
    passage = (
        passages.before(present, None, limit)
        if around is None
        else passages.around(present, around, limit)
    )
    return Talk(
        conversation=conversation,
        membership=membership,
        viewer=user,
        card=card_of(conversation, other if conversation.is_direct else None),
        other=other if conversation.is_direct else None,
        people=people,
        count=_count(conversation, people),
        messages=shown(user, passage.messages, hidden=hidden, read_seq=read_seq),
        has_older=passage.has_older,
        has_newer=passage.has_newer,
        pins=pinned_lines(user, conversation, hidden),
        mentions=mentions.unread(membership),
        unread=max(0, conversation.last_seq - read_seq),
        hidden=hidden,
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Messages beyond those that a page has, oldest first."""

    messages: list[Shown]
    has_older: bool
    has_newer: bool


def stretch(
    user: User,
    membership: Membership,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
) -> Stretch:
    """Those before, after or around a place; without one the newest."""
    present = _main_list(membership)
    if around is not None:
        passage = passages.around(present, around, MESSAGES)
    elif after is not None:
        passage = passages.after(present, after, MESSAGES)
    else:
        passage = passages.before(present, before, MESSAGES)
    messages = shown(user, passage.messages, hidden=blocked_ids(user))
    return Stretch(messages, passage.has_older, passage.has_newer)


def thread(user: User, membership: Membership, root: int, *, before: int | None = None) -> Stretch:
    """The message at `root` and what was said under it, the newest part of that, oldest first."""
    seen = Message.objects.filter(conversation=membership.conversation_id).unexpired()
    inside = seen.filter(seq__gt=membership.from_seq).in_thread(root)
    passage = passages.before(inside, before, MESSAGES)
    messages = shown(user, passage.messages, hidden=blocked_ids(user))
    return Stretch(messages, passage.has_older, passage.has_newer)


def one(user: User, membership: Membership, seq: int) -> Shown | None:
    """One message as the person sees it, or None where they do not."""
    seen = Message.objects.filter(conversation=membership.conversation_id, seq=seq).unexpired()
    found = list(seen.filter(seq__gt=membership.from_seq, notice__isnull=True).with_parts())
    page = shown(user, found, hidden=blocked_ids(user))
    return page[0] if page else None


def _main_list(membership: Membership) -> MessageQuerySet:
    messages = Message.objects.filter(conversation=membership.conversation_id).unexpired()
    return messages.filter(seq__gt=membership.from_seq).in_main_list(membership.from_seq)


def _people(conversation: Conversation) -> list[Membership]:
    """Those who read furthest come first: they are the ones to show as here and having seen."""
    memberships = conversation.memberships.current().select_related("user")
    if not conversation.is_direct:
        memberships = memberships.active()
    return list(memberships.order_by("-read_seq", "joined_at")[:FACES])


def _count(conversation: Conversation, people: list[Membership]) -> int:
    return len(people) if len(people) < FACES else conversation.memberships.active().count()
