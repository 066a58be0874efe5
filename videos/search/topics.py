"""Topics by how many public videos name them."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from videos.models import Hashtag, Video, open_to_all

Topic = tuple[str, int]


# Of these the topics are counted: what trends stands among the newest, however many there are.
NEWEST = 5000


def trending(limit: int = 12) -> list[Topic]:
    """(topic, number of public videos of the last 30 days), the busiest first."""
    recent = timezone.now() - timedelta(days=30)
    public = Video.objects.published().filter(open_to_all(), published_at__gte=recent)
    newest = public.order_by("-published_at").values("pk")[:NEWEST]
    named = Hashtag.objects.filter(videos__in=newest).annotate(count=Count("videos"))
    return list(named.order_by("-count", "name").values_list("name", "count")[:limit])


def topics(words: str, limit: int = 12) -> list[Topic]:
    """(topic, number of public videos) of topics that hold `words`, the busiest first."""
    return _topics(Q(name__contains=words.casefold()), limit)


def _topics(wanted: Q, limit: int) -> list[Topic]:
    # Public videos only: the topic of a private one would tell of it.
    public = Q(videos__state=Video.State.PUBLISHED) & open_to_all("videos__")
    named = Hashtag.objects.filter(wanted & public).annotate(count=Count("videos"))
    return list(named.order_by("-count", "name").values_list("name", "count")[:limit])
