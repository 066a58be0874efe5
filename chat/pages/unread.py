"""How many messages wait for somebody: in one conversation, and the number on the rail."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.models import User
from accounts.reading import ANY_TIME, Prepared
from chat.models import Membership, Message


class Standing(NamedTuple):
    """How far somebody is in one conversation."""

    membership_id: int
    conversation_id: UUID
    last_seq: int
    read_seq: int  # or, where that is further, the place at which they came
    hushed: list[str] | None  # ids of those whose messages are silent (R16)
    is_marked_unread: bool

    @classmethod
    def of(cls, membership: Membership) -> Self:
        """Of a membership with its conversation."""
        return cls(
            membership.pk,
            membership.conversation_id,
            membership.conversation.last_seq,
            max(membership.read_seq, membership.from_seq),
            membership.hushed,
            membership.is_marked_unread,
        )

    @property
    def waiting(self) -> int:
        """Messages after the place read up to."""
        return max(0, self.last_seq - self.read_seq)


def hushed_counts(memberships: Iterable[Membership]) -> dict[int, int]:
    """By membership: how many unread messages there are of those it silences (R16); one query, and
    none where nobody is silenced."""
    return _hushed(map(Standing.of, memberships))


def unread_total(user: User) -> int:
    """How many messages wait unread: the number on the rail. What is muted or asked to be quiet
    does not count, what is marked unread counts as one."""
    if not user.may_chat:
        return 0
    standings = _telling(user)
    silent = _hushed(standings)
    counts = (max(0, each.waiting - silent.get(each.membership_id, 0)) for each in standings)
    marks = (each.is_marked_unread for each in standings)
    return sum(max(count, int(mark)) for count, mark in zip(counts, marks, strict=True))


def _telling(user: User) -> list[Standing]:
    """Values and no rows: every page asks, and there may be hundreds."""
    return [Standing(*row) for row in _telling_rows(user, timezone.now())]


def _built(viewer: User, now: datetime) -> Any:
    memberships = Membership.objects.filter(user=viewer).in_inbox(viewer).unarchived(now)
    read = Greatest("read_seq", "from_seq")
    columns = ("pk", "conversation", "conversation__last_seq", read, "hushed", "is_marked_unread")
    return memberships.unread().telling(now).order_by().values_list(*columns)


_telling_rows = Prepared(_built, ANY_TIME)


def _hushed(standings: Iterable[Standing]) -> dict[int, int]:
    wanted = {each.conversation_id: each for each in standings if each.hushed and each.waiting}
    if not wanted:
        return {}
    silenced = Q()
    for key, each in wanted.items():
        silenced |= Q(conversation=key, seq__gt=each.read_seq, author__in=each.hushed)
    counted = Message.objects.filter(silenced).order_by().values_list("conversation")
    found = counted.annotate(count=Count("pk"))
    return {wanted[key].membership_id: count for key, count in found}
