"""Collections as they are shown: each with a cover that this viewer may see."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from videos.models import Collection, CollectionMember, Video


def covers_for(viewer: Any, collections: Iterable[Collection]) -> dict[UUID | None, str]:
    """The addresses of the covers, by the video's id; a query for all."""
    wanted = [collection.cover_id for collection in collections if collection.cover_id]
    if not wanted:
        return {}
    shown = Video.objects.all().watchable_by(viewer).filter(pk__in=wanted)
    return {video.pk: video.cover_small_url for video in shown}


def with_covers(viewer: Any, collections: Iterable[Collection]) -> list[tuple[Collection, str]]:
    """Each with the address of its cover, or nothing."""
    listed = list(collections)
    covers = covers_for(viewer, listed)
    return [(one, covers.get(one.cover_id, "")) for one in listed]


def parts_of(viewer: Any, collections: Iterable[Collection]) -> set[UUID]:
    """Which of these a person was let in to add to."""
    if not viewer.is_authenticated:
        return set()
    parts = CollectionMember.objects.filter(user=viewer, collection__in=list(collections))
    return set(parts.values_list("collection_id", flat=True))
