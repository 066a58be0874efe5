"""Keeping videos: saved for oneself, put into collections. Each may be repeated: a second time
changes nothing."""

from django.db import transaction

from accounts.models import User
from videos.actions.answering import mark, must_see, unmark
from videos.actions.collecting import take_out
from videos.models import CollectionItem, Saved, Video


def save_video(actor: User, video: Video) -> None:
    """Keep a video that one sees."""
    must_see(actor, video)
    mark(Saved, actor, video)


@transaction.atomic
def unsave_video(actor: User, video: Video) -> None:
    """Keep it no longer, in one's own collections neither."""
    unmark(Saved, actor, video)
    own = CollectionItem.objects.filter(video=video, collection__owner=actor)
    for item in own.select_related("collection"):
        take_out(actor, item.collection, video)
