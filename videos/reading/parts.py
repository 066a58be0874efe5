"""What hangs on videos, fetched for many at once and attached as plain lists: a query set for each
video would take longer than the query."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from accounts.reading import NOBODY, ByKey
from videos.models import Rendition, Video

ROOM = 10

_renditions = ByKey(lambda _viewer, keys: Rendition.objects.filter(video__in=keys), ROOM)
_namings = ByKey(
    lambda _viewer, keys: Video.hashtags.through.objects.filter(video__in=keys).select_related(
        "hashtag"
    ),
    ROOM,
)
_mentions = ByKey(
    lambda _viewer, keys: Video.mentions.through.objects.filter(
        video__in=keys, user__is_active=True
    ).select_related("user"),
    ROOM,
)


def attach_renditions(videos: Sequence[Any]) -> None:
    """`video.renditions.all()` asks nothing from now on."""
    by_video = {video.pk: video for video in videos}
    found = _renditions(NOBODY, list(by_video))
    for rendition in found:
        rendition.video = by_video[rendition.video_id]
    _attach(videos, "renditions", ((each.video_id, each) for each in found))


def attach_hashtags(videos: Sequence[Any]) -> None:
    """`video.hashtags.all()` asks nothing from now on."""
    found = _namings(NOBODY, [video.pk for video in videos])
    _attach(videos, "hashtags", ((each.video_id, each.hashtag) for each in found))


def attach_mentions(videos: Sequence[Any]) -> None:
    """`video.named` asks nothing from now on; nor does this where no caption names anybody."""
    naming = [video for video in videos if "@" in video.caption]
    found = _mentions(NOBODY, [video.pk for video in naming]) if naming else ()
    _attach(naming, "mentions", ((each.video_id, each.user) for each in found))


def _attach(videos: Iterable[Any], name: str, found: Iterable[tuple[UUID, Any]]) -> None:
    lists: defaultdict[UUID, list[Any]] = defaultdict(list)
    for key, part in found:
        lists[key].append(part)
    for video in videos:
        # Where Django's own prefetching puts its query sets.
        attached = vars(video).setdefault("_prefetched_objects_cache", {})
        attached[name] = lists[video.pk]
