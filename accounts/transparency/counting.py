"""Counting what moderation did in half a year. Small numbers stay what they are: nobody is in them.

Each total is there for each kind of thing; the page adds them up. Medians cannot be added, so those
are there for all kinds together too (`kind` empty).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from statistics import median

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from accounts.models import Appeal, Case, Decision, Report, TransparencyTotal
from accounts.transparency.periods import bounds, half_of

Measure = TransparencyTotal.Measure
Total = tuple[str, str, str, int]  # measure, kind, name, value
AT_ONCE = 2000
LOOKING_BACK = timedelta(days=31)  # appeals and undoings change what was counted


def count_current() -> list[str]:
    """Count the half of now anew, and in its first month the one before; answers which."""
    now = timezone.now()
    periods = sorted({half_of(now), half_of(now - LOOKING_BACK)})
    for period in periods:
        count(period)
    return periods


@transaction.atomic
def count(period: str) -> int:
    """Count half a year anew, in the place of what was counted before; answers how many totals."""
    since, before = bounds(period)
    now = timezone.now()
    rows = [
        TransparencyTotal(
            period=period, measure=measure, kind=kind, name=name, value=value, counted_at=now
        )
        for measure, kind, name, value in _totals(since, before)
    ]
    TransparencyTotal.objects.filter(period=period).delete()
    TransparencyTotal.objects.bulk_create(rows)
    return len(rows)


def _totals(since: datetime, before: datetime) -> Iterator[Total]:
    reports = Report.objects.filter(created_at__gte=since, created_at__lt=before)
    yield from _grouped(Measure.REPORTS, reports, "kind", "reason")
    cases = Case.objects.filter(opened_at__gte=since, opened_at__lt=before)
    cases = cases.exclude(origin=Case.Origin.APPEAL)
    yield from _grouped(Measure.FOUND, cases, "kind", "origin")
    yield from _of_decisions(since, before)
    appeals = Appeal.objects.filter(made_at__gte=since, made_at__lt=before)
    yield from _grouped(Measure.APPEALS, appeals, "case__kind", "state")


def _grouped(measure: str, rows: object, kind: str, name: str) -> Iterator[Total]:
    counted = rows.order_by().values_list(kind, name).annotate(Count("pk"))  # type: ignore[attr-defined]
    for kind_of, named, number in counted:
        yield measure, kind_of, named, number


def _of_decisions(since: datetime, before: datetime) -> Iterator[Total]:
    made = Decision.objects.filter(made_at__gte=since, made_at__lt=before)
    told = made.exclude(state__in=Decision.UNTOLD)
    fields = ("case__kind", "acts", "rule", "is_automated", "made_at", "case__opened_at")
    numbers: Counter[tuple[str, str, str]] = Counter()
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    rows = told.order_by().values_list(*fields).iterator(chunk_size=AT_ONCE)
    for kind, acts, rule, is_automated, made_at, opened_at in rows:
        numbers.update((Measure.ACTS, kind, act["act"]) for act in acts)
        numbers[Measure.AUTOMATED, kind, "program" if is_automated else "person"] += 1
        if any(act["act"] != "none" for act in acts):
            numbers[Measure.RULES, kind, rule] += 1
        taken = (made_at - opened_at).total_seconds()
        seconds[kind].append(taken)
        seconds[""].append(taken)
    for (measure, kind, name), number in numbers.items():
        yield measure, kind, name, number
    yield from _medians(seconds.items())


def _medians(seconds: Iterable[tuple[str, list[float]]]) -> Iterator[Total]:
    for kind, taken in seconds:
        yield Measure.TIME, kind, "", max(round(median(taken)), 0)
