"""One open conversation: who is in it, what was said, what the viewer may do."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.reading import ANY_ID, NOBODY, Prepared
from chat import mentions, passages, refusals, translation
from chat.cards import groups as group_cards
from chat.cards import personal as personal_cards
from chat.models import Conversation, Membership
from chat.moments import moment
from chat.nicknames import named
from chat.pages.channels import followers_in_words
from chat.pages.faces import FACES, Card, blocked_ids, card_of
from chat.pages.messages import OPENED, Shown
from chat.pages.pins import Pinned, pinned_lines
from chat.pages.stretches import main_list, newest, root_of, shown_to
from chat.pages.timing import Timing
from chat.pages.watching import watch_report
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
    def new_words(self) -> str:
        """What the line before the first unread message says."""
        return ngettext("%(count)d new", "%(count)d new", self.unread) % {"count": self.unread}

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
        code = self.membership.bar(self.conversation, timezone.now())
        return refusals.sentence(code) if code and not self.is_waiting else ""

    @property
    def is_closed(self) -> bool:
        """Whether there is nothing to write with."""
        return self.is_waiting or bool(self.refusal)

    @property
    def names(self) -> str:
        """`Ana, Ben and 3 more`, the viewer left out; of a channel how many follow it."""
        if self.conversation.is_channel:
            return followers_in_words(self.count)
        first = [m.user.name.split()[0] for m in self.people if m.user_id != self.viewer.pk][:3]
        more = self.count - 1 - len(first)
        if more > 0:
            return ngettext(
                "%(names)s and %(count)d more", "%(names)s and %(count)d more", more
            ) % {"names": ", ".join(first), "count": more}
        return ", ".join([*first, _("you")]) if first else _("Only you")

    @property
    def may_translate(self) -> bool:
        return translation.is_offered()

    @property
    def may_mention_all(self) -> bool:
        is_group = self.conversation.kind == Conversation.Kind.GROUP
        return is_group and self.membership.may(Right.MENTION_ALL)

    @property
    def timing(self) -> Timing:
        return Timing(self.membership)

    # As far as roles go. What a first request may not hold (R13) is in its page out of sight, and
    # shown the moment it is accepted.
    @property
    def may_send_media(self) -> bool:
        return self.membership.may(Right.MEDIA)

    @property
    def may_make_polls(self) -> bool:
        return self.membership.may(Right.POLL)

    @property
    def may_watch(self) -> bool:
        return self.membership.may(Right.WATCH)

    @property
    def may_collect(self) -> bool:
        return self.membership.may(Right.COLLECT)

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
            "may_translate": self.may_translate,
            "read_seq": self.membership.read_seq,
            "me": str(self.viewer.pk),
            "self": self.viewer.card(),
            "card": self.card,
            "is_request": conversation.is_request,
            "may_send": self.membership.is_active,
            "role": self.membership.role,
            "bar": self.membership.send_refusal,
            "silenced_until": moment(self.membership.silenced_until),
            "writing": group_cards.writing_card(conversation),
            "runs_group": self.membership.runs_group(),
            "own": personal_cards.settings_card(self.membership),
            "people": [self._person(m) for m in self.people if m.user_id != self.viewer.pk],
            "authors": self._authors(),
            "count": self.count,
            "watch": watch_report(self.viewer, conversation, hidden=self.hidden),
            "may_watch": self.may_watch,
            "may_collect": self.may_collect,
            "blocked": [str(person) for person in self.hidden],
            "opens_replies": self.opens_replies,
            **self.timing.for_script(),
        }

    @property
    def opens_replies(self) -> bool:
        """Whether followers may answer a channel's posts."""
        return self.conversation.is_channel and self.conversation.channel.opens_replies

    def _person(self, other: Membership) -> Card:
        # Who keeps to themselves how far they read is not told either.
        shows = self.membership.shows_reading and other.shows_reading
        shows = shows and not self.conversation.is_channel
        read_seq = other.read_seq if shows else 0
        return {**other.user.card(), "read_seq": read_seq, "role": other.role}

    def _authors(self) -> list[Card]:
        known = {m.user_id for m in self.people}
        cards = {s.author["id"]: s.author for s in self.messages if s.message.author_id}
        return [card for card in cards.values() if UUID(card["id"]) not in known]


def talk_of(
    user: User, membership: Membership, *, limit: int = OPENED, around: int | None = None
) -> Talk:
    """The conversation's newest page, or the one around a place; at most twelve queries, however
    long it is."""
    conversation = membership.conversation
    membership.user = user
    people = _people(conversation)
    other = next((m.user for m in people if m.user_id != user.pk), None)
    hidden = blocked_ids(user)
    read_seq = max(membership.read_seq, membership.from_seq)
    passage = (
        newest(membership, limit)
        if around is None
        else passages.around(main_list(membership), root_of(membership, around) or around, limit)
    )
    return Talk(
        conversation=conversation,
        membership=membership,
        viewer=user,
        card=_card(membership, other),
        other=other if conversation.is_direct else None,
        people=people,
        count=_count(conversation, people),
        messages=shown_to(user, membership, passage, hidden=hidden, read_seq=read_seq),
        has_older=passage.has_older,
        has_newer=passage.has_newer,
        pins=pinned_lines(user, conversation, hidden),
        mentions=mentions.unread(membership),
        unread=max(0, conversation.last_seq - read_seq),
        hidden=hidden,
    )


def _card(membership: Membership, other: User | None) -> Card:
    conversation = membership.conversation
    if conversation.is_direct:
        return named(card_of(conversation, other), membership.nicknames)
    return card_of(conversation, None)


def _people(conversation: Conversation) -> list[Membership]:
    """Those who read furthest come first: they are the ones to show as here and having seen. Of a
    channel those who run it (R27). Elsewhere each knows in `of` how many take part."""
    if conversation.is_channel:
        return list(_first(conversation.pk, Conversation.Kind.CHANNEL, conversation))
    return _first_of[str(conversation.kind)](NOBODY, conversation.pk)


def _first(conversation_id: UUID, kind: str, channel: Conversation | None = None) -> Any:
    memberships = Membership.objects.filter(conversation=conversation_id).current()
    if kind != Conversation.Kind.DIRECT:
        memberships = memberships.active()
    if channel:
        memberships = memberships.hosting(channel)
    order = ("-read_seq", "joined_at")
    # Chosen first, and then who they are: else the database looks up all thousand.
    first = Membership.objects.filter(pk__in=memberships.order_by(*order).values("pk")[:FACES])
    if not channel:
        together = Membership.objects.filter(conversation=conversation_id).active()
        counted = together.order_by().values("conversation").annotate(of=Count("pk"))
        first = first.annotate(of=Subquery(counted.values("of")))
    return first.select_related("user").order_by(*order)


_first_of = {
    str(kind): Prepared(lambda _viewer, key, kind=kind: _first(key, kind), ANY_ID)
    for kind in (Conversation.Kind.DIRECT, Conversation.Kind.GROUP)
}


def _count(conversation: Conversation, people: list[Membership]) -> int:
    if conversation.is_channel:
        return conversation.channel.follower_count
    return people[0].of if len(people) == FACES else len(people)  # type: ignore[attr-defined]
