"""Showing others' videos to one's followers. A second time changes nothing."""

from django.db import transaction

from accounts.models import User
from videos.actions.answering import count, must_see
from videos.models import Repost, Video
from videos.refusals import refused


def repost(actor: User, video: Video) -> None:
    """Raises `Http404`, `Refused` (repost.own, repost.not_public)."""
    must_see(actor, video)
    if video.author_id == actor.pk:
        raise refused("repost.own")
    if not video.is_public:
        raise refused("repost.not_public")
    with transaction.atomic():
        _repost, is_new = Repost.objects.get_or_create(video=video, user=actor)
        if is_new:
            count(video, "repost_count", 1)


@transaction.atomic
def unrepost(actor: User, video: Video) -> None:
    """Show it no longer."""
    removed, _rows = Repost.objects.filter(video=video, user=actor).delete()
    if removed:
        count(video, "repost_count", -1)
