"""Streaks: days in a row on which the people of a conversation wrote to each other.

Days are UTC's, the same for everybody in it. Between two a day counts when both wrote. In a group
it counts when at least two thirds of those who take part in streaks did, two at least; the others
are neither counted nor shown it. Nobody is reminded, and nothing is lost but a number.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db.models.functions import TruncDate
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.ids import uuid7_from
from accounts.models import User
from chat.line import Line, changing
from chat.models import Conversation, Membership, Message

TOGETHER = 200  # conversations looked at with one set of queries
SLACK = timedelta(minutes=1)  # a message has its id a moment before its time

Writers = dict[tuple[UUID, date], set[UUID | None]]


def set_streaks(actor: User, conversation: Conversation, *, on: bool) -> Membership:
    """Take part in this conversation's streak, or not; between two it ends with either's no.

    Raises `Http404` where they take no part.
    """
    policy.permit(policy.may_use_messages(actor.person))
    with changing(conversation.pk) as line:
        mine = line.conversation.memberships.active().select_related("user")
        membership = mine.filter(user=actor).first()
        if membership is None:
            raise Http404
        membership.streaks = bool(on)
        membership.save(update_fields=["streaks"])
        if not on and line.conversation.is_direct and line.conversation.streak_days:
            line.change_conversation(streak_days=0, streak_on=None)
    return membership


def count_streaks(since: timedelta, now: datetime | None = None) -> int:
    """Count today and yesterday where something was said within `since`; answers how many streaks
    grew. Safe to run twice: a day counts once."""
    now = now or timezone.now()
    today = now.astimezone(UTC).date()
    lively = Conversation.objects.filter(active_at__gte=now - since).exclude(streak_on=today)
    lively = lively.exclude(kind=Conversation.Kind.CHANNEL)
    keys = list(lively.order_by().values_list("pk", flat=True))
    days = (today - timedelta(days=1), today)
    return sum(
        _count(keys[start : start + TOGETHER], days) for start in range(0, len(keys), TOGETHER)
    )


def _count(keys: list[UUID], days: tuple[date, ...]) -> int:
    writers = _writers(keys, days[0])
    together = {key for (key, _day), people in writers.items() if len(people) > 1}
    members = _members(together)
    grown = 0
    for key in together:
        counted = [day for day in days if _counts(members[key], writers.get((key, day), set()))]
        grown += bool(counted) and _grow(key, counted)
    return grown


def _writers(keys: list[UUID], first: date) -> Writers:
    """Who wrote, by conversation and day."""
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    said = Message.objects.filter(
        conversation__in=keys,
        pk__gte=uuid7_from(start - SLACK),  # the one index that knows of time
        created_at__gte=start,
        notice__isnull=True,
        author__isnull=False,
    )
    rows = said.annotate(day=TruncDate("created_at", tzinfo=UTC)).order_by()
    found: Writers = defaultdict(set)
    for key, day, author in rows.values_list("conversation", "day", "author").distinct():
        found[key, day].add(author)
    return found


def _members(keys: Iterable[UUID]) -> dict[UUID, list[Membership]]:
    found: dict[UUID, list[Membership]] = defaultdict(list)
    rows = Membership.objects.active().filter(conversation__in=keys)
    for membership in rows.select_related("user", "conversation"):
        found[membership.conversation_id].append(membership)
    return found


def _counts(members: list[Membership], writers: set[UUID | None]) -> bool:
    """Whether enough of those who take part in the streak wrote."""
    counting = {member.user_id for member in members if member.keeps_streaks}
    if len(counting) < 2:
        return False
    return 3 * len(counting & writers) >= 2 * len(counting) and len(counting & writers) > 1


def _grow(conversation_id: UUID, days: list[date]) -> bool:
    """Count these days, unless they were counted before."""
    with changing(conversation_id) as line:
        before = line.conversation.revision
        for day in days:
            _grow_by(line, day)
        return line.conversation.revision > before


def _grow_by(line: Line, day: date) -> None:
    last = line.conversation.streak_on
    if last is not None and last >= day:
        return
    is_next = last == day - timedelta(days=1)
    days = line.conversation.streak_days + 1 if is_next else 1
    line.change_conversation(streak_days=days, streak_on=day)
