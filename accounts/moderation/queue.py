"""The queue as staff see it: whose work is what, filtered, page by page, and who takes the next."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accounts import policy
from accounts.models import Case, Report
from accounts.models.case import CaseQuerySet
from accounts.moderation import cases, roles

if TYPE_CHECKING:
    from accounts.models import User

PAGE = 50
COUNTS_FOR = 15  # seconds
AGES = {
    "13-15": (policy.MINIMUM_AGE, policy.MESSAGES_AGE),
    "16-17": (policy.MESSAGES_AGE, policy.ADULT_AGE),
    "18+": (policy.ADULT_AGE, 200),
}
MINE, FREE = "mine", "free"


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the queue is shown; an empty word stands for all of it. `severity` is the least."""

    state: str = Case.State.OPEN
    origin: str = ""
    kind: str = ""
    severity: int = 0
    reason: str = ""
    holder: str = ""  # MINE, FREE
    region: str = ""
    language: str = ""
    age: str = ""  # of the owner: one of AGES

    def of(self, user: "User") -> CaseQuerySet:
        """The cases that this member of staff may work on and that pass."""
        found = workable_by(user).filter(state=self.state)
        exact = {
            "origin": self.origin,
            "kind": self.kind,
            "owner__region": self.region,
            "owner__language": self.language,
            "severity__gte": self.severity,
        }
        found = found.filter(**{name: value for name, value in exact.items() if value})
        if self.reason:
            found = found.filter(_named(self.reason))
        if self.age in AGES:
            found = found.filter(_owned_by(*AGES[self.age]))
        if self.holder == MINE:
            return found.filter(claimed_by=user, claimed_until__gt=timezone.now())
        return found.unclaimed() if self.holder == FREE else found


def workable_by(user: "User") -> CaseQuerySet:
    """What the roles of a member of staff let them work on (`roles.may_open_case`)."""
    origins = [origin for origin in Case.Origin.values if roles.may_open_origin(user, origin)]
    if len(origins) == len(Case.Origin):
        return Case.objects.all()
    return Case.objects.filter(origin__in=origins)


def _named(reason: str) -> Q:
    """Where it is the case's own reason, or that of any of its reports."""
    reported = Report.objects.filter(case=OuterRef("pk"), reason=reason)
    return Q(reason=reason) | Q(Exists(reported))


def _owned_by(youngest: int, too_old: int) -> Q:
    today = timezone.now().date()
    return Q(
        owner__birth_date__lte=years_before(today, youngest),
        owner__birth_date__gt=years_before(today, too_old),
    )


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February for the 29th where there was none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the queue, the most urgent first; `after` leads on, empty at the end."""

    rows: list[Case]
    after: str


def page(user: "User", filters: Filters, after: str = "") -> Page:
    """What comes after the row named so. Each row knows `report_count`; nothing is counted that is
    not shown, however long the queue is."""
    found = filters.of(user).by_urgency().select_related("owner", "claimed_by").defer("evidence")
    if place := _place(after):
        priority, key = place
        beyond = Q(priority__lt=priority) | Q(priority=priority, id__gt=key)
        # The first condition says nothing new, except to the index.
        found = found.filter(priority__lte=priority).filter(beyond)
    rows = list(found[: PAGE + 1])
    shown = rows[:PAGE]
    _count_reports(shown)
    more = len(rows) > PAGE
    return Page(shown, f"{shown[-1].priority!r}_{shown[-1].pk}" if more else "")


def _place(after: str) -> tuple[float, UUID] | None:
    priority, _sign, key = after.partition("_")
    try:
        return float(priority), UUID(key)
    except ValueError:
        return None


def _count_reports(rows: list[Case]) -> None:
    counted = Report.objects.filter(case__in=[row.pk for row in rows]).order_by()
    numbers = dict(counted.values_list("case").annotate(Count("pk")))
    for row in rows:
        row.report_count = numbers.get(row.pk, 0)  # type: ignore[attr-defined]


def counts() -> Mapping[str, Counter]:
    """How many cases are open, by `origin`, `kind` and `severity`; some seconds old."""
    # The cache may be gone: then they are counted each time.
    return cache.get_or_set("moderation:counts", _counted, COUNTS_FOR) or _counted()


def _counted() -> dict[str, Counter]:
    dimensions = ("origin", "kind", "severity")
    found: dict[str, Counter] = {name: Counter() for name in dimensions}
    rows = Case.objects.open().order_by().values(*dimensions).annotate(number=Count("pk"))
    for row in rows:
        for name in dimensions:
            found[name][row[name]] += row["number"]
    return found


@transaction.atomic
def take_next(actor: "User", filters: Filters) -> Case | None:
    """Claim the most urgent case that nobody holds, of those that pass; None where there is none.

    Two who press at once get two cases: each leaves out what the other has locked.
    """
    free = filters.of(actor).open().unclaimed().by_urgency()
    # cases.permit refuses these: one's own, and appeals against what one decided.
    free = free.exclude(owner=actor).exclude(appeal__person=actor)
    free = free.exclude(appeal__decision__moderator=actor)
    free = free.exclude(appeal__decision__confirmed_by=actor)
    case = _locked(free).first()
    if case is not None:
        cases.claim(actor, case)
    return case


def _locked(found: CaseQuerySet) -> Any:
    skips = connection.features.has_select_for_update_skip_locked
    # SQLite has one writer at a time; whoever is second sees the first one's claim.
    return found.select_for_update(skip_locked=skips, of=("self",) if skips else ())
