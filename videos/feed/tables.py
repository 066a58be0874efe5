"""The feed's candidates and what people took to, as tables for a recommender of one's own.

People stand in them by a pseudonym, and only those in whose name a feed may be made: adults (R6)
who have not turned the personal feed off (R47), and what they did since they last reset it. Videos
are those that everybody may watch.
"""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from videos.models import Affinity, FeedProfile, Like, Video
from videos.models.sound import CERTAINLY_ADULT

AT_ONCE = 2000  # rows that lie in memory
Row = tuple[Any, ...]


def write(folder: Path) -> dict[str, int]:
    """Write each table into this folder as `<name>.csv`, with a head; answers its rows by name."""
    return {name: _written(folder / f"{name}.csv", table) for name, table in TABLES.items()}


def pseudonym(user_id: Any) -> str:
    """The same in every export of this site; without its SECRET_KEY nobody knows whose it is."""
    return salted_hmac("videos.feed.tables", str(user_id), algorithm="sha256").hexdigest()[:32]


def _written(path: Path, table: Callable[[], Iterator[Row]]) -> int:
    with path.open("x", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADS[path.stem])
        # The csv writer answers how many characters it wrote: never none.
        return sum(1 for row in table() if rows.writerow(row))


def _people() -> QuerySet[User]:
    """Those from whom something may be learned."""
    born = timezone.now().date() - CERTAINLY_ADULT
    refused = FeedProfile.objects.filter(user=OuterRef("pk"), is_personal=False)
    return User.objects.active().filter(~Exists(refused), birth_date__lte=born)


def _videos() -> QuerySet[Video]:
    return Video.objects.watchable_by(AnonymousUser())


def users() -> Iterator[Row]:
    """Pseudonyms, and nothing else about anybody."""
    for (pk,) in _people().order_by("pk").values_list("pk").iterator(AT_ONCE):
        yield (pseudonym(pk),)


def items() -> Iterator[Row]:
    """Videos with their topics, as a JSON list, and when they were published."""
    videos = _videos().order_by("pk").only("pk", "published_at").prefetch_related("hashtags")
    for video in videos.iterator(AT_ONCE):
        topics = sorted(topic.name for topic in video.hashtags.all())
        yield video.pk, json.dumps(topics, ensure_ascii=False), _at(video.published_at)


def feedback() -> Iterator[Row]:
    """Who gave a heart (`like`), watched to the end (`finish`), swiped away (`skip`), and when."""
    watched = Affinity.objects.all()
    return chain(
        _told("like", Like.objects.all(), "created_at"),
        _told("finish", watched.liked(), "last_at"),
        _told("skip", watched.filter(score__lt=0), "last_at"),
    )


def _told(kind: str, rows: QuerySet[Any], at: str) -> Iterator[Row]:
    since = F("user__feed_profile__reset_at")
    rows = rows.filter(
        Q(user__feed_profile__reset_at=None) | Q(**{f"{at}__gt": since}),
        Exists(_people().filter(pk=OuterRef("user"))),
        Exists(_videos().filter(pk=OuterRef("video"))),
    )
    told = rows.order_by("pk").values_list("user_id", "video_id", at)
    for user, video, when in told.iterator(AT_ONCE):
        yield kind, pseudonym(user), video, _at(when)


def _at(when: datetime | None) -> str:
    return when.isoformat(timespec="seconds") if when else ""


TABLES = {"users": users, "items": items, "feedback": feedback}
HEADS = {
    "users": ("user_id",),
    "items": ("item_id", "labels", "timestamp"),
    "feedback": ("feedback_type", "user_id", "item_id", "timestamp"),
}
