"""The totals as people read them: one table for each measure, names in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Appeal, Case, Report, TransparencyTotal
from accounts.moderation.acts import ACTS
from accounts.moderation.house_rules import HOUSE_RULES

Measure = TransparencyTotal.Measure
KINDS = {
    "user": pgettext_lazy("transparency", "Profiles"),
    "video": pgettext_lazy("transparency", "Videos"),
    "comment": pgettext_lazy("transparency", "Comments"),
    "sound": pgettext_lazy("transparency", "Sounds"),
    "shop": pgettext_lazy("transparency", "Shops"),
    "message": pgettext_lazy("transparency", "Messages"),
    "reply": pgettext_lazy("transparency", "Replies in channels"),
    "product": pgettext_lazy("transparency", "Products"),
    "review": pgettext_lazy("transparency", "Reviews"),
    "question": pgettext_lazy("transparency", "Questions about products"),
    "conversation": pgettext_lazy("transparency", "Conversations"),
}
NAMES: dict[str, dict[str, Any]] = {
    Measure.REPORTS: dict(Report.Reason.choices),
    Measure.FOUND: dict(Case.Origin.choices),
    Measure.ACTS: {name: act.words for name, act in ACTS.items()},
    Measure.RULES: {code: rule.name for code, rule in HOUSE_RULES.items()},
    Measure.AUTOMATED: {"person": _("By a person"), "program": _("By a program alone")},
    Measure.APPEALS: dict(Appeal.State.choices),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One table: `rows` of (words, a number for each of `kinds`, the sum)."""

    title: str
    kinds: list[Any]
    rows: list[tuple[Any, list[int], int]]


def sections(totals: Iterable[TransparencyTotal]) -> list[Section]:
    """A table for each measure that has numbers; the median stands apart (`median_of`)."""
    by_measure: dict[str, list[TransparencyTotal]] = {}
    for total in totals:
        by_measure.setdefault(total.measure, []).append(total)
    return [_section(measure, by_measure[measure]) for measure in NAMES if measure in by_measure]


def _section(measure: str, totals: list[TransparencyTotal]) -> Section:
    kinds = [kind for kind in KINDS if any(total.kind == kind for total in totals)]
    kinds += sorted({total.kind for total in totals} - set(KINDS))
    value = {(total.name, total.kind): total.value for total in totals}
    names = NAMES[measure]
    found = {total.name for total in totals}
    ordered = [name for name in names if name in found] + sorted(found - set(names))
    rows = []
    for name in ordered:
        numbers = [value.get((name, kind), 0) for kind in kinds]
        rows.append((names.get(name, name), numbers, sum(numbers)))
    title = str(Measure(measure).label)
    return Section(title, [KINDS.get(kind, kind) for kind in kinds], rows)


def median_of(totals: Iterable[TransparencyTotal]) -> int | None:
    """Seconds from opening a case to a decision, over all kinds; None while nothing was decided."""
    times = (total for total in totals if total.measure == Measure.TIME and not total.kind)
    return next((total.value for total in times), None)
