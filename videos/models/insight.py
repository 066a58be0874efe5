"""What creators are told of their videos, summed up by day: pages read these rows, never events.

A day is one in the creator's own time zone. Every row can be made again from what it sums up.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DayQuerySet(models.QuerySet):
    """Rows of days, as sets."""

    def between(self, first: date, last: date) -> Self:
        """Of these days, both included, the oldest first."""
        return self.filter(day__gte=first, day__lte=last).order_by("day")


class Day(models.Model):
    """The sums of one day. Who it was is not in them: only how many (videos/insights/sketch.py)."""

    day = models.DateField()
    plays = models.PositiveIntegerField(default=0, help_text=_("Times it was before somebody."))
    views = models.PositiveIntegerField(default=0, help_text=_("Times it was watched."))
    watched_ms = models.PositiveBigIntegerField(default=0)
    sends = models.PositiveIntegerField(default=0, help_text=_("Times it was sent to somebody."))
    sources = models.JSONField(default=dict, help_text=_("Views by `WatchEvent.Source`."))
    reached = models.JSONField(
        default=list, help_text=_("How many came to each percent of it and no further, 0 to 100.")
    )
    viewers = models.BinaryField(default=bytes)
    senders = models.BinaryField(default=bytes)
    conversations = models.BinaryField(default=bytes)

    class Meta:
        abstract = True


class VideoDayQuerySet(DayQuerySet):
    """Days of videos, as sets."""

    def waiting(self) -> Self:
        """Those of which something new is known since they were counted."""
        return self.filter(stale_at__isnull=False).order_by("stale_at", "pk")

    def mark(self, moments: Iterable[tuple[UUID, datetime]]) -> None:
        """Something is known of these videos at these moments: have their days counted again.

        Two queries, however many.
        """
        known = set(moments)
        videos: Any = apps.get_app_config("videos").get_model("Video")
        named = videos.objects.filter(pk__in={video for video, _moment in known})
        authors = {
            video: (author, ZoneInfo(zone))
            for video, author, zone in named.values_list("pk", "author_id", "author__time_zone")
        }
        days = {
            (video, moment.astimezone(authors[video][1]).date())
            for video, moment in known
            if video in authors
        }
        now = timezone.now()
        # In the order of keys, so that two who mark never wait for each other crosswise.
        self.bulk_create(
            [
                self.model(video_id=video, author_id=authors[video][0], day=day, stale_at=now)
                for video, day in sorted(days)
            ],
            update_conflicts=True,
            unique_fields=["video", "day"],
            update_fields=["stale_at"],
        )


class VideoDay(Day):
    """One video on one day; `stale_at`: since when its sums miss something."""

    video = models.ForeignKey(
        "videos.Video", models.CASCADE, related_name="insight_days", db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    stale_at = models.DateTimeField(null=True, default=timezone.now)
    counted_at = models.DateTimeField(null=True)

    objects = VideoDayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("video", "day", name="video_day_once")]
        indexes = [
            models.Index(fields=["author", "day"], name="video_day_of_author"),
            models.Index(
                fields=["stale_at"], name="video_day_stale", condition=Q(stale_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.video_id} on {self.day}: {self.views} views"


class CreatorDay(Day):
    """All videos of one person on one day: somebody who watched two of them counts once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="insight_days", db_index=False
    )

    objects = DayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("user", "day", name="creator_day_once")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.day}: {self.views} views"


class FollowerDay(models.Model):
    """How many followed somebody at the end of a day; days without a change have no row.

    `is_reconstructed`: from before anybody counted, made of who still follows: those who left
    since are missing in it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="follower_days", db_index=False
    )
    day = models.DateField()
    count = models.PositiveIntegerField()
    is_reconstructed = models.BooleanField(default=False)

    objects = DayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("user", "day", name="follower_day_once")]

    def __str__(self) -> str:
        return f"{self.count} followed {self.user_id} on {self.day}"


class FollowerHours(models.Model):
    """When a creator's followers watch, over the last four weeks; also: that they are looked after.

    `hours`: of the 168 hours of a week, Monday at midnight first, how many followers watch then.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="follower_hours"
    )
    time_zone = models.CharField(max_length=64, help_text=_("In which all their days are counted."))
    hours = models.JSONField(default=list)
    watchers = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["counted_at"], name="follower_hours_oldest")]

    def __str__(self) -> str:
        return f"{self.watchers} followers of {self.user_id} watch"
