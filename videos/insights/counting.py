"""Sums up days from what happened on them: by a job, again whenever something new is known.

A day is not added to but counted anew, so that a job which runs twice, dies half-way, or meets what
a phone tells a week late always comes to the same numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.ports import conversations_sharing
from videos.feed.signals import Signals
from videos.insights.periods import bounds
from videos.insights.sums import Sums
from videos.models import CreatorDay, Share, VideoDay, WatchEvent

TOGETHER = 200
AT_ONCE = 5000  # days of one run; the next one goes on
# To read a day of a hundred thousand plays takes a second or so: that is done once an hour.
MANY, PATIENCE = 100_000, timedelta(hours=1)


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


def _count_some(keys: Sequence[int]) -> None:
    rows = list(VideoDay.objects.filter(pk__in=keys).select_related("author"))
    for row in rows:
        counted = {**_sums_of(row).as_fields(), "counted_at": timezone.now()}
        VideoDay.objects.filter(pk=row.pk).update(**counted)
    _add_up({(row.author_id, row.day) for row in rows})
    _settle(rows)


def _sums_of(row: VideoDay) -> Sums:
    """Of one video and one day; its author's own watching does not count."""
    since, until = bounds(row.day, row.author.time_zone)
    sums = Sums()
    events = WatchEvent.objects.filter(video=row.video_id, at__gte=since, at__lt=until)
    _watched(sums, events.exclude(user=row.author_id))
    _sent(sums, row.video_id, since, until)
    return sums


def _watched(sums: Sums, events: Any) -> None:
    told = events.values_list("user_id", "source", "watched_ms", "duration_ms", "loops")
    viewers: set[UUID] = set()
    for user_id, source, *played in told.iterator():
        signals = Signals(*played)
        sums.plays += 1
        sums.watched_ms += signals.watched_ms
        sums.reached[signals.percent] += 1
        if signals.is_view:
            sums.views += 1
            sums.sources[source] += 1
            viewers.add(user_id)
    sums.viewers.add(viewers - {None})


def _sent(sums: Sums, video_id: UUID, since: datetime, until: datetime) -> None:
    shares = Share.objects.filter(video=video_id, created_at__gte=since, created_at__lt=until)
    for user_id, conversations in shares.values_list("user_id", "conversation_count"):
        sums.sends += conversations
        sums.senders.add([user_id])
    if sums.sends:
        sums.conversations.add(conversations_sharing("video", video_id, since, until))


@transaction.atomic
def _add_up(pairs: Iterable[tuple[UUID, date]]) -> None:
    """People's days from those of their videos. Who comes second waits, and reads what is new."""
    wanted = sorted(pairs)
    people, dates = {user for user, _day in wanted}, {day for _user, day in wanted}
    CreatorDay.objects.bulk_create(
        [CreatorDay(user_id=user, day=day) for user, day in wanted], ignore_conflicts=True
    )
    held = CreatorDay.objects.filter(user__in=people, day__in=dates).order_by("user", "day")
    sums: dict[tuple[UUID, date], Sums] = defaultdict(Sums)
    rows = {(row.user_id, row.day): row for row in held.select_for_update()}
    for day in VideoDay.objects.filter(author__in=people, day__in=dates).iterator():
        sums[day.author_id, day.day].add(day)
    for pair in wanted:
        CreatorDay.objects.filter(pk=rows[pair].pk).update(**sums[pair].as_fields())


def _settle(rows: Iterable[VideoDay]) -> None:
    """Nothing is missing in these any more, but for what was marked meanwhile. It comes last: who
    dies before does it all again."""
    marked: dict[datetime | None, list[int]] = defaultdict(list)
    for row in rows:
        marked[row.stale_at].append(row.pk)
    for stale_at, keys in marked.items():
        VideoDay.objects.filter(pk__in=keys, stale_at=stale_at).update(stale_at=None)
