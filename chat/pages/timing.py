"""What pages tell of a conversation's clock: how long messages stay, the streak, what waits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from chat import sharing
from chat.cards.own import Card, reminder_cards, words_card
from chat.models import KeptWords, Membership, Reminder, ScheduledMessage
from chat.pages.faces import card_of
from chat.pages.shared import gone_words, shared_words
from chat.refusals import sentence
from chat.rights import Right
from chat.timing import DAY, TIMERS

# Keep like static/js/talk/features/timer.js.
TIMER_NAMES: dict[int, str | Promise] = {
    0: gettext_lazy("Off"),
    DAY: gettext_lazy("24 hours"),
    7 * DAY: gettext_lazy("7 days"),
    90 * DAY: gettext_lazy("90 days"),
}
# Two days may be chance; before that nobody is told of a streak.
SHOWN_FROM = 2


@dataclass(frozen=True, slots=True)
class Timing:
    """As one member sees it; `membership` with its `conversation`, and `user` where streaks are
    asked for."""

    membership: Membership

    @property
    def timer(self) -> str:
        """How long new messages stay, in words; nothing where they stay for ever."""
        seconds = self.membership.conversation.timer_seconds
        return str(TIMER_NAMES.get(seconds, "")) if seconds else ""

    @property
    def timers(self) -> list[dict[str, Any]]:
        """What can be chosen: `seconds`, `name`, `is_on`."""
        chosen = self.membership.conversation.timer_seconds
        return [
            {"seconds": seconds, "name": TIMER_NAMES[seconds], "is_on": seconds == chosen}
            for seconds in TIMERS
        ]

    @property
    def may_set_timer(self) -> bool:
        membership = self.membership
        is_open = not membership.conversation.is_request and not membership.send_refusal
        return is_open and membership.may(Right.TIMER)

    @property
    def streak(self) -> int:
        """Days in a row, for those who take part in it; 0 where there is nothing to show."""
        days = self.membership.conversation.streak(timezone.now().astimezone(UTC).date())
        return days if days >= SHOWN_FROM and self.membership.keeps_streaks else 0

    @property
    def draft(self) -> Card | None:
        """What the member began to write; membership from `with_kept_words()`."""
        try:
            kept = self.membership.kept_words
        except KeptWords.DoesNotExist:
            return None
        return words_card(self.membership.conversation_id, kept)

    @property
    def scheduled(self) -> int:
        """How many messages they have scheduled here; membership from `with_scheduled()`."""
        return getattr(self.membership, "scheduled", 0)

    def for_script(self) -> Card:
        """What the page's scripts start from."""
        return {
            "timer": self.membership.conversation.timer_seconds,
            "may_set_timer": self.may_set_timer,
            "keeps_streaks": self.membership.keeps_streaks,
            "scheduled": self.scheduled,
        }


@dataclass(frozen=True, slots=True)
class Waiting:
    """A scheduled message in its author's list; `shared` says what it shares, as the author may see
    it now: kind and title."""

    scheduled: ScheduledMessage
    card: Card
    title: str
    refusal: str
    shared: str


def scheduled_rows(user: User, *, conversation: Any = None) -> list[Waiting]:
    """The person's own, the soonest first; three queries, however many, and those of the cards
    of each kind that they share."""
    own = ScheduledMessage.objects.of(user)
    if conversation is not None:
        own = own.filter(conversation=conversation)
    waiting = list(own)
    mine = Membership.objects.active().filter(
        user=user, conversation__in={each.conversation_id for each in waiting}
    )
    rows = mine.select_related("conversation").with_others(user)
    by_conversation = {row.conversation_id: row for row in rows}
    shared = _shared(user, waiting)
    return [
        _waiting(each, by_conversation[each.conversation_id], shared.get(each.pk, ""))
        for each in waiting
    ]


def _shared(user: User, waiting: Iterable[ScheduledMessage]) -> dict[UUID, str]:
    """By message: what it is to share."""
    things = {each.pk: _thing(each) for each in waiting if each.hanging.get("share")}
    wanted: defaultdict[str, set[UUID]] = defaultdict(set)
    for kind, key in things.values():
        wanted[kind].add(key)
    cards = {kind: sharing.cards_of(kind, keys, user) for kind, keys in wanted.items()}
    return {each: _titled(kind, cards[kind].get(key)) for each, (kind, key) in things.items()}


def _thing(scheduled: ScheduledMessage) -> tuple[str, UUID]:
    kind, _colon, key = scheduled.hanging["share"].partition(":")
    return kind, UUID(key)


def _titled(kind: str, card: Card | None) -> str:
    return f"{shared_words(kind)}: {card['title']}" if card else gone_words(kind)


def _waiting(scheduled: ScheduledMessage, membership: Membership, shared: str) -> Waiting:
    code = scheduled.refusal
    return Waiting(
        scheduled=scheduled,
        card=card_of(membership.conversation, membership.other),
        title=membership.title,
        refusal=sentence(code) if code else "",
        shared=shared,
    )


def reminder_rows(user: User) -> list[Card]:
    """The person's reminders as own_cards has them, with moments for templates."""
    reminders = list(Reminder.objects.of(user))
    cards = reminder_cards(user, reminders)
    return [
        {**card, "at": reminder.remind_at, "is_due": reminder.is_due}
        for card, reminder in zip(cards, reminders, strict=True)
    ]


def quick_times() -> list[dict[str, Any]]:
    """Times that are one press away, in the person's zone: `{name, at}`. Keep like
    static/js/talk/when.js."""
    now = timezone.localtime().replace(second=0, microsecond=0)
    evening = now.replace(hour=20, minute=0)
    tomorrow = _at(now + timedelta(days=1), 9)
    times = [{"name": _("In 1 hour"), "at": now + timedelta(hours=1)}]
    if now < evening - timedelta(hours=1):
        times.append({"name": _("Tonight"), "at": evening})
    return [*times, {"name": _("Tomorrow"), "at": tomorrow}]


def _at(day: datetime, hour: int) -> datetime:
    return day.replace(hour=hour, minute=0)
