"""What the people one follows showed on: videos of others, in Following, each of them once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import Block, Follow
from accounts.reading import Prepared
from videos.feed.cursors import ANY_MOMENT, Moment
from videos.feed.told import Told
from videos.models import Repost, Taste, Video, hashtags_in
from videos.reading import shown


@dataclass(frozen=True, slots=True)
class Shown:
    """A video and who showed it first; `others` of those one follows did so too."""

    video: Any
    by: Any
    others: int
    at: datetime


def behind(viewer: Any, moment: Moment | None, limit: int) -> list[Shown]:
    """Up to `limit`, the latest first, at the time of their first repost by somebody followed.

    Nothing by people whose videos come anyway, nor of one's own. What was told of the feed holds:
    others chose these videos (videos/feed/told.py).
    """
    told = Told.by(viewer)
    found: list[Shown] = []
    while len(found) < limit:
        rows = _firsts(viewer, told, moment, limit)
        found += _shown(viewer, told, rows)
        if len(rows) < limit:
            break
        moment = Moment(rows[-1].created_at, rows[-1].video_id)
    return found[:limit]


def of(viewer: Any, video: Any) -> Shown | None:
    """Who showed this video to the viewer, if anybody whom they follow did."""
    rows = list(_first(viewer, Told.by(viewer), None).filter(video=video)[:1])
    return Shown(video, rows[0].user, rows[0].others, rows[0].created_at) if rows else None


def _firsts(viewer: Any, told: Told, moment: Moment | None, limit: int) -> list[Any]:
    if _unwanted(told):  # as many as they are: nothing to prepare for
        return list(_first(viewer, told, moment)[:limit])
    place = moment.place if moment else ()
    return _prepared(limit, bool(place))(viewer, *place)


@cache
def _prepared(limit: int, is_behind: bool) -> Prepared:
    def build(viewer: Any, *place: Any) -> QuerySet[Any]:
        return _first(viewer, Told(), Moment(*place) if place else None)[:limit]

    return Prepared(build, *(ANY_MOMENT.place if is_behind else ()))


def _first(viewer: Any, told: Told, moment: Moment | None) -> QuerySet[Any]:
    """The first repost of each video by those who count, with `others`."""
    follows = Follow.objects.accepted().filter(follower=viewer)
    counted = Repost.objects.filter(Exists(follows.filter(followed=OuterRef("user"))))
    counted = counted.filter(user__is_active=True).exclude(user__in=_unwanted(told))
    counted = counted.exclude(Exists(_blocks("user", "video__author")))
    same = counted.filter(video=OuterRef("video"))
    before = Q(created_at__lt=OuterRef("created_at"))
    before |= Q(created_at=OuterRef("created_at"), pk__lt=OuterRef("pk"))
    seen = Video.objects.watchable_by(viewer).published().filter(pk=OuterRef("video"))
    first = counted.filter(~Exists(same.filter(before)), Exists(seen))
    first = first.exclude(video__author=viewer)
    first = first.exclude(Exists(follows.filter(followed=OuterRef("video__author"))))
    number = same.order_by().values("video").annotate(number=Count("pk")).values("number")
    rows = first.annotate(others=Subquery(number) - 1).select_related("user")
    if moment is not None:
        same_time = Q(created_at=moment.at, video__lt=moment.video)
        rows = rows.filter(Q(created_at__lt=moment.at) | same_time)
    return rows.order_by("-created_at", "-video")


def _blocks(one: str, other: str) -> QuerySet[Block]:
    """R15: whoever blocks somebody is not shown on by them any more."""
    ways = Q(blocker=OuterRef(one), blocked=OuterRef(other))
    return Block.objects.filter(ways | Q(blocker=OuterRef(other), blocked=OuterRef(one)))


def _unwanted(told: Told) -> list[UUID]:
    """Of whom one wants less, one wants no reposts either."""
    return [UUID(key) for kind, key in told.unwanted if kind == Taste.Kind.AUTHOR]


def _shown(viewer: Any, told: Told, rows: Sequence[Any]) -> list[Shown]:
    found = shown(viewer, [row.video_id for row in rows])
    return [
        Shown(found[row.video_id], row.user, row.others, row.created_at)
        for row in rows
        if row.video_id in found and _is_wanted(told, found[row.video_id])
    ]


def _is_wanted(told: Told, video: Any) -> bool:
    return told.allows(
        video=video.pk,
        author=video.author_id,
        caption=video.caption,
        topics=hashtags_in(video.caption),
        sound=video.sound_id,
    )
