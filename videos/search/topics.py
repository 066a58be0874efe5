"""Topics by how many public videos name them."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from videos.models import Hashtag, Video

Topic = tuple[str, int]


def trending(limit: int = 12) -> list[Topic]:
    """(topic, number of public videos of the last 30 days), the busiest first."""
    recent = timezone.now() - timedelta(days=30)
    return _topics(Q(videos__published_at__gte=recent), limit)


def topics(words: str, limit: int = 12) -> list[Topic]:
    """(topic, number of public videos) of topics that hold `words`, the busiest first."""
    return _topics(Q(name__contains=words.casefold()), limit)


def _topics(wanted: Q, limit: int) -> list[Topic]:
    # Public videos only: the topic of a private one would tell of it.
    open_to_all = Q(
        videos__state=Video.State.PUBLISHED,
        videos__audience=Video.Audience.PUBLIC,
        videos__author__is_private=False,
        videos__author__is_active=True,
    )
    named = Hashtag.objects.filter(wanted & open_to_all).annotate(count=Count("videos"))
    return list(named.order_by("-count", "name").values_list("name", "count")[:limit])
