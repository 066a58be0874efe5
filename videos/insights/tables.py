"""The tables of insights, row by row: pages draw them, the API answers them, CSV saves them."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from videos.insights.report import CreatorReport, Report
from videos.insights.sketch import Sketch
from videos.models import WatchEvent

Row = dict[str, Any]

# Spreadsheets take what begins so for a formula: what people wrote must not become one.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with the same columns; `rows` is None where too few people are in them to be told."""

    columns: Sequence[str]
    make: Callable[[Any], list[Row]]
    is_told: Callable[[Any], bool] = lambda report: True

    def rows(self, report: Report) -> list[Row] | None:
        return self.make(report) if self.is_told(report) else None

    def as_csv(self, report: Report) -> str:
        """RFC 4180, the names of the columns first; UTF-8 with the mark by which Excel knows it."""
        text = io.StringIO()
        text.write("\ufeff")
        writer = csv.writer(text)
        writer.writerow(self.columns)
        for row in self.rows(report) or []:
            writer.writerow([_cell(row[column]) for column in self.columns])
        return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULAS):
        return f"'{value}"
    return int(value) if isinstance(value, bool) else value


def _days(report: Report) -> list[Row]:
    """Every day of the period, with the day that has its place in the period before."""
    pairs = zip(report.period.dates, report.period.before.dates, strict=True)
    rows = []
    for on, then in pairs:
        day, before = report.days.get(on), report.days.get(then)
        rows.append(
            {
                "day": on,
                "views": day.views if day else 0,
                "views_before": before.views if before else 0,
                "viewers": len(Sketch(day.viewers)) if day else 0,
                "watch_seconds": round(day.watched_ms / 1000) if day else 0,
                "sends": day.sends if day else 0,
            }
        )
    return rows


def _retention(report: Report) -> list[Row]:
    return [
        {"percent": percent, "still_watching": share}
        for percent, share in enumerate(report.now.retention)
    ]


def _sources(report: Report) -> list[Row]:
    """The busiest first."""
    views = max(report.now.views, 1)
    return [
        {
            "source": source,
            "name": str(WatchEvent.Source(source).label),
            "views": number,
            "percent": round(100 * number / views),
        }
        for source, number in report.now.sources.most_common()
    ]


def _followers(report: CreatorReport) -> list[Row]:
    days = list(report.followers.items())
    return [
        {
            "day": day,
            "followers": now.count,
            "gained": now.count - before.count,
            "is_estimate": now.is_estimate,
        }
        for (_eve, before), (day, now) in pairwise(days)
    ]


def _hours(report: CreatorReport) -> list[Row]:
    """Weekdays as in ISO 8601: 1 is Monday."""
    return [
        {"weekday": place // 24 + 1, "hour": place % 24, "activity": activity}
        for place, activity in enumerate(report.hours or [])
    ]


def _videos(report: CreatorReport) -> list[Row]:
    return [
        {
            "id": str(one.thing.pk),
            "title": one.thing.title,
            "published": one.thing.published_at and one.thing.published_at.date(),
            "views": one.views,
            "watch_seconds": one.watch_seconds,
            "average_seconds": one.average_seconds,
            "sends": one.sends,
        }
        for one in report.videos
    ]


def _sounds(report: CreatorReport) -> list[Row]:
    return [
        {
            "id": str(one.thing.pk),
            "name": one.thing.name,
            "by": one.thing.by,
            "views": one.views,
            "videos": one.videos,
            "videos_of_all": one.thing.use_count,
        }
        for one in report.sounds
    ]


def _tells_parts(report: Report) -> bool:
    return report.tells_parts


OF_VIDEO: Mapping[str, Table] = {
    "days": Table(("day", "views", "views_before", "viewers", "watch_seconds", "sends"), _days),
    "retention": Table(("percent", "still_watching"), _retention, _tells_parts),
    "sources": Table(("source", "name", "views", "percent"), _sources, _tells_parts),
}
OF_CREATOR: Mapping[str, Table] = {
    **OF_VIDEO,
    "followers": Table(("day", "followers", "gained", "is_estimate"), _followers),
    "hours": Table(
        ("weekday", "hour", "activity"), _hours, lambda report: report.hours is not None
    ),
    "videos": Table(
        ("id", "title", "published", "views", "watch_seconds", "average_seconds", "sends"), _videos
    ),
    "sounds": Table(("id", "name", "by", "views", "videos", "videos_of_all"), _sounds),
}


def tables_of(report: Report) -> Mapping[str, Table]:
    """By name, what there is in a report."""
    return OF_CREATOR if isinstance(report, CreatorReport) else OF_VIDEO
