"""Videos by key, as far as somebody may watch them now."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from accounts.reading import ByKey
from videos.models import Video
from videos.reading.parts import attach_renditions

_watchable = ByKey(
    lambda viewer, keys: (
        Video.objects.watchable_by(viewer)
        .liked_by(viewer)
        .select_related("author")
        .filter(pk__in=keys)
    ),
    room=25,  # a page of the feed, and what its reasons name
)


def watchable(viewer: Any, keys: Sequence[UUID]) -> dict[UUID, Any]:
    """By key, with authors and how the viewer stands to each; of their own also what does not play
    yet. What else a page shows: `complete`."""
    return {video.pk: video for video in _watchable(viewer, keys)}


def complete(viewer: Any, videos: Sequence[Any]) -> None:
    """Attach what `VideoQuerySet.visible_to` fetches: renditions and credits."""
    attach_renditions(videos)
    # Whether there is anything to credit says each row; to ask for none of it takes long.
    if any(map(_owes, videos)):
        prefetch_related_objects(videos, *Video.objects.all().credits_for(viewer))


def _owes(video: Any) -> bool:
    """Whether it names anything or anybody besides its author."""
    borrows = video.sound_id or video.parent_id or video.reply_to_comment_id
    return bool(borrows or video.co_creator_count)


def shown(viewer: Any, keys: Iterable[UUID]) -> dict[UUID, Any]:
    """Published ones by key, complete."""
    found = watchable(viewer, list(keys))
    playing = {key: video for key, video in found.items() if video.is_published}
    complete(viewer, list(playing.values()))
    return playing
