"""How urgent a case is: severity x reach x record. The one place that says how, and why.

    priority = severity * (1 + log10(reach)) * record

- `severity`, 1 to 10: how much harm it does to whom it concerns (SEVERITY). It weighs in full: a
  child in danger goes before spam that ten thousand see.
- `reach`, people: each ten times as many add as much as the severity itself did. A logarithm, as
  harm does not grow a thousandfold with a thousand viewers, and what few see must not starve.
- `record`, 0 to 1: how likely one of those who brought it up is right. Somebody who was right r
  times of n counts as (r + 1) / (n + 2) (Laplace's rule of succession: one half for who never
  reported before), and several are all wrong only together: 1 - product(1 - each). So the tenth
  report adds little, and a mob of people who were always wrong stays below one who never was.
"""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from accounts.models import Report

if TYPE_CHECKING:
    from accounts.models import Case

GRAVEST = 10
SEVERITY: dict[str, int] = {
    Report.Reason.MINOR: GRAVEST,
    Report.Reason.SELF_HARM: 8,
    Report.Reason.VIOLENCE: 8,
    Report.Reason.HATE: 6,
    Report.Reason.ILLEGAL: 6,
    Report.Reason.SEXUAL: 6,
    Report.Reason.FRAUD: 5,
    Report.Reason.HARASSMENT: 5,
    Report.Reason.IMPERSONATION: 4,
    Report.Reason.OTHER: 3,
    Report.Reason.SPAM: 2,
}
UNKNOWN = 0.5  # the record of who never reported before
# How often what a program brings up is right: a list of hashes nearly always, a score often.
RECORDS = {"hash": 1.0, "nudity": 0.8, "spam": 0.6, "words": 0.5, "appeal": 1.0, "staff": 1.0}


def priority(severity: int, reach: int, record: float) -> float:
    """The formula."""
    return severity * (1 + math.log10(max(reach, 1))) * record


def of_case(case: "Case") -> float:
    """The case's priority with what is known now: its reports' people, or the program's record."""
    record = RECORDS.get(case.origin, 0.0)
    return priority(case.severity, case.reach, together([record, *_records(case)]))


def together(records: Iterable[float]) -> float:
    """How likely at least one of several is right; one half where nobody is known."""
    wrong, known = 1.0, False
    for record in records:
        wrong *= 1 - record
        known = known or record > 0
    return 1 - wrong if known else UNKNOWN


def _records(case: "Case") -> list[float]:
    """One query: how often each who reported it was right before."""
    reporters = case.reports.filter(reporter__isnull=False).values("reporter")
    past = Report.objects.filter(reporter__in=reporters).exclude(state=Report.State.OPEN)
    counted = (
        past.order_by()
        .values("reporter")
        .annotate(number=Count("pk"), right=Count("pk", filter=Q(state=Report.State.ACTED)))
    )
    rows = {row["reporter"]: (row["right"] + 1) / (row["number"] + 2) for row in counted}
    people = {row["reporter"] for row in reporters}
    return [rows.get(person, UNKNOWN) for person in people]
