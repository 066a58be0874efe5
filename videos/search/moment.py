"""What is going on: topics, sounds, people and videos of the moment, as one person may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import Follow, User
from videos.models import Sound, Trend, Video
from videos.search.topics import Topic, trending

SOUNDS, PEOPLE, VIDEOS = 8, 8, 60
HOT = 300


@dataclass(frozen=True, slots=True)
class GoingOn:
    """Each the liveliest first."""

    topics: Sequence[Topic]
    sounds: Sequence[Sound]
    people: Sequence[User]
    videos: Sequence[Any]


def going_on(viewer: Any) -> GoingOn:
    """Ten queries, however much there is."""
    videos = _videos(viewer)
    return GoingOn(trending(), _sounds(viewer), _people(viewer, videos), videos)


def _videos(viewer: Any) -> list[Any]:
    """The hottest, and where that does not fill the page the newest."""
    shown = Video.objects.visible_to(viewer).published()
    keys = _hot()
    found = shown.in_bulk(keys)
    hot = [found[key] for key in keys if key in found][:VIDEOS]
    newest = shown.exclude(pk__in=[video.pk for video in hot]).order_by("-published_at")
    return [*hot, *newest[: VIDEOS - len(hot)]]


def _hot() -> list[UUID]:
    rows = Trend.objects.filter(region="").order_by("-heat")
    return list(rows.values_list("video_id", flat=True)[:HOT])


def _sounds(viewer: Any) -> list[Sound]:
    used = Sound.objects.visible_to(viewer).filter(use_count__gt=0)
    return list(used.order_by("-use_count", "-pk")[:SOUNDS])


def _people(viewer: Any, videos: Sequence[Any]) -> list[User]:
    """Who made what is hot, lets themselves be suggested (R6), and is not followed yet."""
    lately = timezone.now() - timedelta(days=30)
    authors = dict.fromkeys(v.author_id for v in videos if v.published_at > lately)
    people = User.objects.visible_to(viewer).filter(pk__in=authors, suggests_account=True)
    if viewer.is_authenticated:
        followed = Follow.objects.filter(follower=viewer).values("followed")
        people = people.exclude(pk=viewer.pk).exclude(pk__in=followed)
    found = people.in_bulk(list(authors))
    return [found[key] for key in authors if key in found][:PEOPLE]
