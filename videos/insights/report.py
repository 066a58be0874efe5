"""What a page of insights shows of a period: of one video, or of everything somebody posted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.http import Http404

from accounts.models import Follow, User
from videos.insights.periods import Period
from videos.insights.sums import Sums
from videos.models import CreatorDay, FollowerDay, FollowerHours, Sound, Video, VideoDay
from videos.models.insight import Day
from videos.rights import may_see_insights

# Below this, how far people came and from where would tell of each of them.
ENOUGH = 5
MOST = 100  # videos of a list, and sounds


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and what it was over the days before."""

    value: int
    before: int

    @property
    def change(self) -> int | None:
        """In percent of before; None where there was nothing to compare with."""
        return round(100 * (self.value - self.before) / self.before) if self.before else None


@dataclass(frozen=True)
class Report:
    """The days of a period and of the one before, by date; days without a row had nothing."""

    time_zone: str
    period: Period
    days: Mapping[date, Day]

    @cached_property
    def now(self) -> Sums:
        return Sums.of(day for on, day in self.days.items() if on in self.period)

    @cached_property
    def before(self) -> Sums:
        return Sums.of(day for on, day in self.days.items() if on in self.period.before)

    @property
    def is_empty(self) -> bool:
        return not self.now.plays and not self.now.sends

    @property
    def tells_parts(self) -> bool:
        """Whether so many watched that parts of the whole are nobody's own."""
        return len(self.now.viewers) >= ENOUGH

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """By name; times in whole seconds."""
        now, before = _figures(self.now), _figures(self.before)
        return {name: Figure(value, before[name]) for name, value in now.items()}


def _figures(sums: Sums) -> dict[str, int]:
    return {
        "views": sums.views,
        "viewers": len(sums.viewers),
        "watch_seconds": round(sums.watched_ms / 1000),
        "average_seconds": round(sums.average_ms / 1000),
        "average_percent": sums.average_percent,
        "conversations": len(sums.conversations),
        "senders": len(sums.senders),
    }


def video_for(viewer: Any, video_id: UUID) -> Video:
    """One of whose insights the viewer is told; `Http404` for all others."""
    video = Video.objects.visible_to(viewer).filter(pk=video_id).first()
    if video is None or not may_see_insights(viewer, video):
        raise Http404
    return video


def of_video(video: Video, length: str = "") -> Report:
    """One video's; days are its author's. Raises `ValidationError` (insights.days). One query."""
    zone = video.author.time_zone
    period = Period.of(length, zone)
    return Report(zone, period, _by_date(VideoDay.objects.filter(video=video), period))


def of_creator(creator: User, length: str = "") -> "CreatorReport":
    """Of all that somebody posted. Raises `ValidationError` (insights.days). Nine queries."""
    period = Period.of(length, creator.time_zone)
    days = _by_date(CreatorDay.objects.filter(user=creator), period)
    return CreatorReport(creator.time_zone, period, days, creator)


def _by_date(days: Any, period: Period) -> dict[date, Day]:
    return {day.day: day for day in days.between(period.before.first, period.last)}


# --- All of somebody's ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Followers:
    """How many followed at the end of a day; `is_estimate`: those who left since are missing."""

    count: int
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """One video in a period, in sums; `thing` is the video, or the sound with its `videos`."""

    thing: Any
    views: int
    watched_ms: int = 0
    plays: int = 0
    sends: int = 0
    videos: int = 1

    @property
    def watch_seconds(self) -> int:
        return round(self.watched_ms / 1000)

    @property
    def average_seconds(self) -> int:
        return round(self.watched_ms / self.plays / 1000) if self.plays else 0


@dataclass(frozen=True)
class CreatorReport(Report):
    """With what belongs to the account: followers, their hours, videos and sounds."""

    creator: User

    @cached_property
    def figures(self) -> dict[str, Figure]:
        first, last = self.period.before.last, self.period.last
        counts = [self.followers[day].count for day in (last, first)]
        return {**super().figures, "followers": Figure(*counts)}

    @cached_property
    def followers(self) -> dict[date, Followers]:
        """Of each day of the period and of the last one before; today's is counted now."""
        rows = FollowerDay.objects.filter(user=self.creator)
        eve = self.period.before.last
        known = rows.filter(day__lt=eve).order_by("-day").first()
        count, is_estimate = (known.count, known.is_reconstructed) if known else (0, True)
        changes = {row.day: row for row in rows.between(eve, self.period.last)}
        days = {}
        for day in [eve, *self.period.dates]:
            if change := changes.get(day):
                count, is_estimate = change.count, change.is_reconstructed
            days[day] = Followers(count, is_estimate)
        today = Follow.objects.accepted().filter(followed=self.creator).count()
        return {**days, self.period.last: Followers(today, is_estimate=False)}

    @cached_property
    def hours(self) -> list[int] | None:
        """Of the 168 hours of a week, Monday at midnight first, how busy each is: 100 is the
        busiest. None where too few followers watch."""
        known = FollowerHours.objects.filter(user=self.creator).first()
        if known is None or known.watchers < ENOUGH or not any(known.hours):
            return None
        return [round(100 * number / max(known.hours)) for number in known.hours]

    @cached_property
    def videos(self) -> list[Watched]:
        """The most watched first."""
        sums = (
            self._days_of_videos()
            .values("video")
            .annotate(
                views=Sum("views"),
                watched_ms=Sum("watched_ms"),
                plays=Sum("plays"),
                sends=Sum("sends"),
            )
        )
        rows = list(sums.order_by("-views", "-video")[:MOST])
        found = Video.objects.in_bulk([row["video"] for row in rows])
        return [Watched(found[key], **row) for row in rows if (key := row.pop("video")) in found]

    @cached_property
    def sounds(self) -> list[Watched]:
        """What these videos sound like, the most heard first."""
        sound = Coalesce("video__sound", "video__own_sound")
        heard = self._days_of_videos().annotate(sound=sound).filter(sound__isnull=False)
        sums = heard.values("sound").annotate(
            views=Sum("views"), videos=Count("video", distinct=True)
        )
        rows = list(sums.order_by("-views", "sound")[:MOST])
        found = _sounds(self.creator, [row["sound"] for row in rows])
        return [Watched(found[key], **row) for row in rows if (key := row.pop("sound")) in found]

    def _days_of_videos(self) -> Any:
        days = VideoDay.objects.filter(author=self.creator)
        return days.between(self.period.first, self.period.last).order_by()


def _sounds(viewer: User, keys: Iterable[Any]) -> dict[Any, Sound]:
    return {sound.pk: sound for sound in Sound.objects.visible_to(viewer).filter(pk__in=list(keys))}
