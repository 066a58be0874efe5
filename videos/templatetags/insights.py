"""What pages of insights say and draw: lengths of time, changes, bars, plots, a week of hours."""

from typing import Any

from django import template
from django.utils import formats
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.counts import short
from videos.insights.report import CreatorReport, Figure, Report
from videos.insights.tables import tables_of

register = template.Library()
register.filter(short)

LEVELS = 5  # of a busy hour, besides quiet


@register.filter
def whole(count: int) -> str:
    """All its digits, in groups: 12,345."""
    return formats.number_format(count, use_l10n=True, force_grouping=True)


@register.filter
def lasting(seconds: int) -> str:
    """A length of time in two units at most: 42 s, 3 min 20 s, 17 h 5 min, 1,204 h."""
    minutes, hours = seconds // 60, seconds // 3600
    if hours >= 100:
        return _("%(hours)s h") % {"hours": whole(hours)}
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes % 60}
    if minutes:
        return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": seconds % 60}
    return _("%(seconds)d s") % {"seconds": seconds}


@register.inclusion_tag("videos/insights/_figure.html")
def figure(name: str, told: Figure, days: int, kind: str = "count", note: str = "") -> dict:
    """One number with how it changed; `kind` is count or time (in seconds)."""
    return {"name": name, "told": told, "days": days, "kind": kind, "note": note}


@register.simple_tag
def rows(report: Report, table: str) -> list[dict[str, Any]] | None:
    """A table of the report; None where too few people are in it."""
    return tables_of(report)[table].rows(report)


@register.filter
def columns(listed: list[dict[str, Any]], names: str) -> dict[str, list[Any]]:
    """The columns of a table by themselves, for a plot: `rows|columns:"day views"`."""
    return {name: [row[name] for row in listed] for name in names.split()}


@register.simple_tag
def bar(percent: int) -> SafeString:
    """A bar that says nothing by itself: the number stands beside it."""
    part = format_html('<rect class="bar__part" width="{}%" height="100%"/>', max(percent, 1))
    return format_html('<svg class="bar" aria-hidden="true">{}</svg>', part)


@register.simple_tag
def week_of(report: CreatorReport) -> list[dict[str, Any]] | None:
    """When followers watch: seven days of 24 hours, each with `level` 0 to 5 and `activity`."""
    if report.hours is None:
        return None
    return [
        {
            "name": WEEKDAYS[day],
            "short": WEEKDAYS_ABBR[day],
            "hours": [
                {"hour": hour, "activity": activity, "level": -(-activity * LEVELS // 100)}
                for hour, activity in enumerate(report.hours[day * 24 : day * 24 + 24])
            ],
        }
        for day in range(7)
    ]


@register.simple_tag
def busiest(report: CreatorReport) -> str:
    """When most of them watch: “Thursday, 20:00”."""
    if report.hours is None:
        return ""
    day, hour = divmod(report.hours.index(max(report.hours)), 24)
    return _("%(weekday)s, %(hour)02d:00") % {"weekday": WEEKDAYS[day], "hour": hour}
