"""What ties somebody to another's videos, for a moment to whom stands in for them."""

from accounts.models import User
from videos.models import CollectionMember, Video


def take_part(owner: User, person: User, stand_in: User) -> None:
    """They are among the chosen of the same videos, and add to the same collections
    (`ports.StandIn`)."""
    chosen = Video.chosen.through
    videos = chosen.objects.filter(user=person, video__author=owner).values_list("video", flat=True)
    chosen.objects.bulk_create(chosen(video_id=key, user=stand_in) for key in videos)
    parts = CollectionMember.objects.filter(user=person, collection__owner=owner)
    CollectionMember.objects.bulk_create(
        CollectionMember(collection_id=key, user=stand_in)
        for key in parts.values_list("collection", flat=True)
    )
