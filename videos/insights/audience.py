"""Looks after what is known of a creator's followers: how many, and when they watch.

Whoever has a video out is looked after; from the first time on their days are counted too.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate
from django.utils import timezone

from accounts.models import Follow, User
from videos.models import FollowerDay, FollowerHours, Share, Video, VideoDay, WatchEvent

AT_ONCE = 200  # creators of one run
FRESH = timedelta(hours=6)
LATELY = timedelta(days=28)
ASKED = 1000  # followers whose hours are looked at: the latest to come
DAY_HOURS, WEEK_HOURS = 24, 7 * 24


def look_after_all() -> int:
    """Those whose turn it is, the new ones first; answers how many. Safe twice."""
    creators = [*_unknown()[:AT_ONCE], *_due()[:AT_ONCE]]
    for creator in creators:
        look_after(creator)
    return len(creators)


def _unknown() -> Any:
    videos = Video.objects.published().filter(author=OuterRef("pk"))
    return User.objects.active().filter(Exists(videos), follower_hours=None)


def _due() -> Any:
    old = Q(follower_hours__counted_at__lt=timezone.now() - FRESH)
    moved = ~Q(follower_hours__time_zone=F("time_zone"))
    known = User.objects.active().filter(follower_hours__isnull=False)
    return known.filter(old | moved).order_by("follower_hours__counted_at")


@transaction.atomic
def look_after(creator: User) -> None:
    """Count their followers and the hours of those. Where they live in another time zone than last
    time, or were never looked after, every day of theirs is counted in the zone of now."""
    known = FollowerHours.objects.filter(user=creator).first()
    if known is None:
        _reconstruct_followers(creator)
    if known is None or known.time_zone != creator.time_zone:
        _mark_every_day(creator)
    _note_followers(creator)
    FollowerHours.objects.update_or_create(
        user=creator, defaults=_hours_of(creator) | {"counted_at": timezone.now()}
    )


def _mark_every_day(creator: User) -> None:
    """The days that events and shares say, and those there are already: they may have moved."""
    now = timezone.now()
    VideoDay.objects.filter(author=creator).update(stale_at=now)
    zone = ZoneInfo(creator.time_zone)
    watched = WatchEvent.objects.filter(video__author=creator).annotate(
        on=TruncDate("at", tzinfo=zone)
    )
    sent = Share.objects.filter(video__author=creator).annotate(
        on=TruncDate("created_at", tzinfo=zone)
    )
    days = {
        pair
        for rows in (watched, sent)
        for pair in rows.order_by().values_list("video_id", "on").distinct()
    }
    VideoDay.objects.bulk_create(
        [
            VideoDay(video_id=video, author=creator, day=day, stale_at=now)
            for video, day in sorted(days)
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )


# --- How many -------------------------------------------------------------------------------------


def _today(creator: User) -> date:
    return timezone.now().astimezone(ZoneInfo(creator.time_zone)).date()


def _note_followers(creator: User) -> None:
    """Today's count, where it is another than the last one."""
    count = Follow.objects.accepted().filter(followed=creator).count()
    days = FollowerDay.objects.filter(user=creator)
    last = days.filter(day__lt=_today(creator)).order_by("-day").first()
    today = days.filter(day=_today(creator))
    if not today.update(count=count, is_reconstructed=False) and (
        last is None or last.count != count
    ):
        FollowerDay.objects.create(user=creator, day=_today(creator), count=count)


def _reconstruct_followers(creator: User) -> None:
    """The days before anybody counted, from when those who follow today began to."""
    follows = Follow.objects.accepted().filter(followed=creator)
    zone = ZoneInfo(creator.time_zone)
    on = follows.annotate(on=TruncDate("accepted_at", tzinfo=zone))
    came = on.order_by("on").values("on").annotate(number=Count("pk")).values_list("on", "number")
    rows, count = [], 0
    for day, number in came:
        count += number
        rows.append(FollowerDay(user=creator, day=day, count=count, is_reconstructed=True))
    FollowerDay.objects.bulk_create(rows, ignore_conflicts=True)


# --- When they watch ------------------------------------------------------------------------------


def _hours_of(creator: User) -> dict[str, Any]:
    """How many of the followers watched anything at each hour of the week: a follower counts once
    in an hour, however often."""
    zone = ZoneInfo(creator.time_zone)
    follows = Follow.objects.accepted().filter(followed=creator).order_by("-created_at")
    followers = list(follows.values_list("follower_id", flat=True)[:ASKED])
    events = WatchEvent.objects.filter(user__in=followers, at__gte=timezone.now() - LATELY)
    hours = events.annotate(
        weekday=ExtractIsoWeekDay("at", tzinfo=zone), hour=ExtractHour("at", tzinfo=zone)
    )
    there = hours.order_by().values_list("weekday", "hour").annotate(Count("user", distinct=True))
    week: Counter[int] = Counter()
    for weekday, hour, number in there:
        week[(weekday - 1) * DAY_HOURS + hour] += number
    return {
        "time_zone": creator.time_zone,
        "hours": [week[place] for place in range(WEEK_HOURS)],
        "watchers": events.aggregate(number=Count("user", distinct=True))["number"],
    }
