"""What a caption names: topics and people, kept as rows so that they can be found."""

from django.db.models.functions import Lower

from accounts.models import User
from videos.models import Hashtag, Video, hashtags_in, usernames_in
from videos.search import indexing

HASHTAGS = 30
MENTIONS = 20


def apply_caption(video: Video) -> None:
    """Link the video to the topics and people its caption names; call it inside a transaction."""
    names = hashtags_in(video.caption)[:HASHTAGS]
    Hashtag.objects.bulk_create([Hashtag(name=name) for name in names], ignore_conflicts=True)
    video.hashtags.set(Hashtag.objects.filter(name__in=names))
    people = User.objects.visible_to(video.author)
    wanted = usernames_in(video.caption)[:MENTIONS]
    named = people.alias(lower=Lower("username")).filter(lower__in=wanted)
    video.mentions.set(named)
    indexing.forget(video)
