"""Sums up days from what happened on them: by a job, again whenever something new is known.

A day is not added to but counted anew, so that a job which runs twice, dies half-way, or meets what
a phone tells a week late always comes to the same numbers.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import BigIntegerField, BooleanField, Case, Count, F, Q, Sum, Value, When
from django.db.models import ExpressionWrapper as Typed
from django.db.models.functions import Cast, Greatest, Least
from django.utils import timezone

from accounts.ports import conversations_sharing
from videos.feed.signals import TO_THE_END, VIEWED_MS
from videos.insights.periods import bounds
from videos.insights.sums import Sums
from videos.models import CreatorDay, Share, VideoDay, WatchEvent

TOGETHER = 200
AT_ONCE = 5000  # days of one run; the next one goes on
# To read a day of a hundred thousand plays takes a second or so: that is done once an hour.
MANY, PATIENCE = 100_000, timedelta(hours=1)

_PERCENT = Typed(
    Cast("watched_ms", BigIntegerField()) * 100 / Greatest(F("duration_ms"), 1), BigIntegerField()
)
_ALL = Value(100, BigIntegerField())
# How far somebody came the first time through, in percent of the video.
REACHED = Case(When(loops__gt=0, then=_ALL), default=Least(_PERCENT, _ALL))
# What `videos.feed.signals.Signals.is_view` says, said to the database.
IS_VIEW = Q(watched_ms__gte=VIEWED_MS) | Q(reached__gte=round(TO_THE_END * 100))


def count() -> int:
    """Count every day of which something new is known; answers how many. Safe side by side."""
    now = timezone.now()
    due = VideoDay.objects.waiting().filter(
        Q(plays__lt=MANY) | Q(counted_at=None) | Q(counted_at__lt=now - PATIENCE)
    )
    keys = list(due.values_list("pk", flat=True)[:AT_ONCE])
    for start in range(0, len(keys), TOGETHER):
        _count_some(keys[start : start + TOGETHER])
    return len(keys)


def _count_some(keys: list[int]) -> None:
    rows = list(VideoDay.objects.filter(pk__in=keys).select_related("author"))
    for row in rows:
        sums = _sums_of(row)
        counted = {**sums.as_fields(), "counted_at": timezone.now()}
        VideoDay.objects.filter(pk=row.pk).update(**counted)
    for user_id, day in sorted({(row.author_id, row.day) for row in rows}):
        _add_up(user_id, day)
    # Last, and only where nothing new has come meanwhile: who dies before does it all again.
    for row in rows:
        VideoDay.objects.filter(pk=row.pk, stale_at=row.stale_at).update(stale_at=None)


def _sums_of(row: VideoDay) -> Sums:
    """Of one video and one day; its author's own watching does not count."""
    since, until = bounds(row.day, row.author.time_zone)
    sums = Sums()
    events = WatchEvent.objects.filter(video=row.video_id, at__gte=since, at__lt=until)
    _watched(sums, events.exclude(user=row.author_id))
    _sent(sums, row.video_id, since, until)
    return sums


def _watched(sums: Sums, events: Any) -> None:
    seen = events.annotate(reached=REACHED).annotate(is_view=Typed(IS_VIEW, BooleanField()))
    groups = seen.values("source", "reached", "is_view").order_by()
    for group in groups.annotate(number=Count("pk"), time=Sum("watched_ms")):
        number = group["number"]
        sums.plays += number
        sums.watched_ms += group["time"]
        sums.reached[group["reached"]] += number
        if group["is_view"]:
            sums.views += number
            sums.sources[group["source"]] += number
    if sums.views:
        people = seen.filter(is_view=True, user__isnull=False).order_by()
        sums.viewers.add(people.values_list("user_id", flat=True).distinct().iterator())


def _sent(sums: Sums, video_id: UUID, since: datetime, until: datetime) -> None:
    shares = Share.objects.filter(video=video_id, created_at__gte=since, created_at__lt=until)
    for user_id, conversations in shares.values_list("user_id", "conversation_count"):
        sums.sends += conversations
        sums.senders.add([user_id])
    if sums.sends:
        sums.conversations.add(conversations_sharing("video", video_id, since, until))


@transaction.atomic
def _add_up(user_id: UUID, day: date) -> None:
    """A person's day from those of their videos. Who comes second waits, and reads what is new."""
    CreatorDay.objects.get_or_create(user_id=user_id, day=day)
    held = CreatorDay.objects.select_for_update().get(user=user_id, day=day)
    sums = Sums.of(VideoDay.objects.filter(author=user_id, day=day))
    CreatorDay.objects.filter(pk=held.pk).update(**sums.as_fields())
