"""How the demo world was watched over the weeks: what makes pages of insights worth a look.

The feed has counted all of it already, so that nobody's feed follows what they never chose.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Follow, OutboxJob, User
from chat.models import Attachment
from chat.sharing import content_type_of
from videos.feed.signals import Signals
from videos.insights import audience, counting
from videos.models import Share, Video, WatchEvent

WEEKS_OF_FOLLOWS = 9
FIRST_DAY, LATER = 16, 5  # times a film is watched on its first day, and on each after a while
STRANGERS = 0.35  # of those who watch are signed out
# How much is watched at each hour of the day, midnight first.
HOURS = (3, 1, 1, 0, 0, 1, 3, 6, 5, 3, 3, 4, 7, 6, 4, 4, 6, 9, 12, 15, 18, 16, 11, 6)
SOURCES = {
    "for_you": 40,
    "following": 14,
    "profile": 10,
    "chat": 9,
    "friends": 8,
    "search": 6,
    "sound": 5,
    "tag": 5,
    "link": 3,
}


@transaction.atomic  # one commit for all: each costs a write to the disk
def tell(people: dict[str, User], films: dict[str, Video]) -> int:
    """Let everybody have followed and watched in the past; answers how many times they watched."""
    _follow_over_weeks()
    _share_when_said()
    viewers = list(people.values())
    events = [event for key, film in films.items() for event in _of_film(key, film, viewers)]
    WatchEvent.objects.bulk_create(events)
    for film in films.values():
        views = sum(event.video_id == film.pk and _is_view(event) for event in events)
        Video.objects.filter(pk=film.pk).update(view_count=F("view_count") + views)
    audience.look_after_all()
    counting.count()
    return len(events)


def _follow_over_weeks() -> None:
    """Followers came one by one, not all in the minute in which the world was made."""
    follows = list(Follow.objects.accepted().order_by("pk"))
    chance = random.Random("follows")  # noqa: S311  (the same world each time)
    for follow in follows:
        then = timezone.now() - timedelta(weeks=WEEKS_OF_FOLLOWS * chance.random())
        follow.created_at = follow.accepted_at = then
    Follow.objects.bulk_update(follows, ["created_at", "accepted_at"])


def _share_when_said() -> None:
    """What conversations show was sent when it was said there: no job has to note that now."""
    OutboxJob.objects.filter(task="chat.note_share").delete()
    shown = Attachment.objects.filter(content_type=content_type_of("video"))
    for attachment in shown.select_related("message__author"):
        said, video = attachment.message, Video.objects.get(pk=attachment.object_id)
        video.note_share(said.author, 1)
        Share.objects.filter(video=video, user=said.author).update(created_at=said.created_at)


def _of_film(key: str, film: Video, viewers: list[User]) -> Iterator[WatchEvent]:
    chance = random.Random(key)  # noqa: S311  (the same world each time)
    now, out = timezone.now(), film.published_at or timezone.now()
    others = [viewer for viewer in viewers if viewer.pk != film.author_id]
    for age in range((now - out).days + 1):
        day = out + timedelta(days=age)
        times = FIRST_DAY // (age + 1) + chance.randint(0, LATER) + 3 * (day.weekday() >= 5)
        for _time in range(times):
            at = _moment(chance, day)
            viewer = None if chance.random() < STRANGERS else chance.choice(others)
            if out <= at <= now:
                yield _watched(chance, film, at, viewer)


def _moment(chance: random.Random, day: datetime) -> datetime:
    hour = chance.choices(range(24), HOURS)[0]
    return day.replace(hour=hour, minute=chance.randrange(60), second=chance.randrange(60))


def _watched(chance: random.Random, film: Video, at: datetime, viewer: User | None) -> WatchEvent:
    """Some leave at once, most on the way, some watch it again."""
    length = film.duration_ms
    loops = chance.choices((0, 1, 2), (86, 11, 3))[0]
    left = chance.choice((chance.random() ** 4, chance.random(), chance.random() + 0.35))
    share = 1 if loops else min(1, left)
    return WatchEvent(
        video=film,
        user=viewer,
        source=chance.choices(list(SOURCES), list(SOURCES.values()))[0],
        watched_ms=round(length * (loops + share)),
        duration_ms=length,
        loops=loops,
        region=viewer.region if viewer else "",
        at=at,
        counted_at=at,
    )


def _is_view(event: WatchEvent) -> bool:
    return Signals(event.watched_ms, event.duration_ms, event.loops).is_view
