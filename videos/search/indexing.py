"""Keeps what search knows in step with what is posted: a few seconds behind."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.utils import timezone

from accounts.words import words_in
from videos.models import Findable, Video
from videos.search import spelling

TOGETHER = 500
MOST = 300  # different words of one caption
LATELY = timedelta(days=1)


def catch_up(since: datetime | None = None) -> int:
    """Take in what was published since (the last day's, if nothing is said); answers how many."""
    since = since or timezone.now() - LATELY
    count = 0
    while videos := list(_missing(since)[:TOGETHER]):
        _take_in(videos)
        count += len(videos)
    return count


def forget(video: Video) -> None:
    """Its caption has changed: it is read again within seconds."""
    Findable.objects.filter(video=video).delete()


def _missing(since: datetime):
    unread = Video.objects.published().filter(findable=None, published_at__gte=since)
    return unread.select_related("author", "sound").order_by("-published_at")


@transaction.atomic
def _take_in(videos: Iterable[Video]) -> None:
    rows = [Findable(video=video, words=" ".join(_words(video.caption))) for video in videos]
    Findable.objects.bulk_create(rows, ignore_conflicts=True)
    spelling.learn(chain.from_iterable(_terms(video) for video in videos))


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(word.folded for word in words_in(text)))[:MOST]


def _terms(video: Video) -> list[str]:
    """What somebody may look for and mistype: also who made it, and to which sound."""
    sound = f"{video.sound.title} {video.sound.artist}" if video.sound else ""
    return _words(" ".join([video.caption, video.author.name, video.author.username, sound]))
