"""How the work goes, for moderators: what waits, how long decisions took, who made them, and what
appeals changed, in the last 30 days. The public totals are `accounts/transparency/`."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any, Self

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import Appeal, Case, Decision, User
from accounts.moderation import queue

LATELY = timedelta(days=30)
MOST = 5000  # of the latest decisions, for the median


@dataclass(frozen=True, slots=True)
class Share:
    """One moderator: how many they decided, how many of those were appealed against and answered,
    and how many of these were taken back."""

    moderator: User
    decided: int
    appealed: int
    overturned: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """`median_time` from opening to decision; None while nothing was decided."""

    open: int
    unclaimed: int
    proposed: int
    by_origin: list[tuple[Any, int]]
    decided: int
    median_time: timedelta | None
    answered: int
    overturned: int
    shares: list[Share]

    @classmethod
    def of_now(cls) -> Self:
        """A handful of queries, however long the queue is."""
        since = timezone.now() - LATELY
        numbers = queue.counts()["origin"]
        waits = _waits()
        lately = Decision.objects.filter(made_at__gte=since).exclude(state__in=Decision.UNTOLD)
        shares = _shares(lately)
        answers = Counter(
            Appeal.objects.filter(decided_at__gte=since).values_list("state", flat=True)
        )
        return cls(
            open=waits["open"],
            unclaimed=waits["open"] - waits["held"],
            proposed=waits["proposed"],
            by_origin=[(words, numbers[name]) for name, words in Case.Origin.choices],
            decided=sum(share.decided for share in shares),
            median_time=_median(lately),
            answered=answers.total(),
            overturned=answers[Appeal.State.OVERTURNED],
            shares=shares,
        )


def _waits() -> dict[str, int]:
    is_held = Q(claimed_until__gt=timezone.now())
    waiting = Case.objects.exclude(state=Case.State.DECIDED)
    return waiting.aggregate(
        open=Count("pk", filter=Q(state=Case.State.OPEN)),
        held=Count("pk", filter=Q(state=Case.State.OPEN) & is_held),
        proposed=Count("pk", filter=Q(state=Case.State.PROPOSED)),
    )


def _median(decisions: Any) -> timedelta | None:
    rows = decisions.order_by("-made_at").values_list("made_at", "case__opened_at")[:MOST]
    seconds = [(made - opened).total_seconds() for made, opened in rows]
    return timedelta(seconds=round(median(seconds))) if seconds else None


def _shares(decisions: Any) -> list[Share]:
    rows = list(
        decisions.filter(moderator__isnull=False)
        .order_by()
        .values("moderator")
        .annotate(
            decided=Count("pk", distinct=True),
            appealed=Count("appeals", filter=~Q(appeals__state=Appeal.State.OPEN), distinct=True),
            overturned=Count(
                "appeals", filter=Q(appeals__state=Appeal.State.OVERTURNED), distinct=True
            ),
        )
    )
    people = User.objects.in_bulk([row["moderator"] for row in rows])
    shares = [
        Share(people[row["moderator"]], row["decided"], row["appealed"], row["overturned"])
        for row in rows
    ]
    return sorted(shares, key=lambda share: -share.decided)
