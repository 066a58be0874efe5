"""Where a slate's videos come from: a few hundred ids of each kind, by reads that stay short
however much there is. Who may see which is asked afterwards, of all of them at once."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts.models import Follow
from accounts.reading import ANY_ID, ANY_TIME, NOBODY, ByKey, Prepared
from videos.feed.packing import unpacked
from videos.feed.relevance import HISTORY, Relevance, best, relevance
from videos.models import (
    Affinity,
    FeedProfile,
    Fit,
    Like,
    Neighbourhood,
    SlateItem,
    Trend,
    Video,
)

TOGETHER, FOLLOWED, TRENDING, SIMILAR, FRESH = (
    "together",
    "followed",
    "trending",
    "similar",
    "fresh",
)
NEW, AGAIN = "new", "again"

EACH = 120
FOLLOWS = 500  # people whose videos are looked through, those followed last
PROMISED = 200  # times that every new video is shown to somebody
FRESH_DAYS = 7
FRESH_POOL = 200
TOPICS = 5
LATELY = 30  # videos liked last, whose topics and sounds count
EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A video that may come, how near it is (0 to 1), and what the reason names."""

    video: UUID
    source: str
    relevance: float = 0.0
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Liked:
    """What somebody liked, the newest first, by itself and by its traits."""

    videos: Sequence[UUID]
    topics: Sequence[str] = ()
    sounds: Sequence[UUID] = ()


def liked_by(user: Any, profile: FeedProfile | None) -> Liked:
    """Watched to the end or given a heart, since the last reset; four queries."""
    since = profile.reset_at if profile and profile.reset_at else EVER
    rows = [*_watched(user, since), *_loved(user, since)]
    videos = list(dict.fromkeys(video for _at, video in sorted(rows, reverse=True)))[:HISTORY]
    return Liked(videos, *_traits(videos))


_watched = Prepared(
    lambda viewer, since: (
        Affinity.objects.liked()
        .filter(user=viewer, last_at__gt=since)
        .order_by("-last_at")
        .values_list("last_at", "video_id")[:HISTORY]
    ),
    ANY_TIME,
)
_loved = Prepared(
    lambda viewer, since: (
        Like.objects.filter(user=viewer, created_at__gt=since)
        .order_by("-created_at")
        .values_list("created_at", "video_id")[:HISTORY]
    ),
    ANY_TIME,
)


def _traits(videos: Sequence[UUID]) -> tuple[list[str], list[UUID]]:
    """The topics and sounds that stand most often in what was liked lately."""
    lately = videos[:LATELY]
    topics = Counter(name for (name,) in _topics_of(NOBODY, lately))
    sounds = Counter(sound for (sound,) in _sounds_of(NOBODY, lately))
    return (
        [name for name, _count in topics.most_common(TOPICS)],
        [sound for sound, _count in sounds.most_common(TOPICS)],
    )


_topics_of = ByKey(
    lambda _viewer, keys: Video.hashtags.through.objects.filter(video__in=keys).values_list(
        "hashtag__name"
    ),
    LATELY,
)
_sounds_of = ByKey(
    lambda _viewer, keys: Video.objects.filter(pk__in=keys, sound__isnull=False).values_list(
        "sound_id"
    ),
    LATELY,
)


def gathered(user: Any, liked: Liked) -> list[Candidate]:
    """All kinds; what several bring is kept as the first one's."""
    kinds = (
        *(_together(liked.videos), _followed(user), _similar(liked)),
        *(_trending(user.region), _fresh()),
    )
    by_video: dict[UUID, Candidate] = {}
    for candidate in (each for kind in kinds for each in kind):
        by_video.setdefault(candidate.video, candidate)
    return list(by_video.values())


def _together(liked: Sequence[UUID]) -> list[Candidate]:
    """What those who liked the same liked too."""
    if not liked:
        return []
    fading = Fit.objects.order_by("-made_at").values_list("fading", flat=True).first()
    neighbours = {video.bytes: unpacked(bytes(row)) for video, row in _near_to(NOBODY, liked)}
    found = relevance([video.bytes for video in liked], neighbours, fading)
    chosen = best(found, EACH)
    most = found[chosen[0]].score if chosen else 1.0
    return [_near(video, found[video], most) for video in chosen]


_near_to = ByKey(
    lambda _viewer, keys: Neighbourhood.objects.filter(video__in=keys).values_list(
        "video_id", "near"
    ),
    HISTORY,
)


def _near(video: bytes, found: Relevance, most: float) -> Candidate:
    params = {"video": str(UUID(bytes=found.because))}
    return Candidate(UUID(bytes=video), TOGETHER, found.score / most, params)


def _followed(user: Any) -> list[Candidate]:
    """The newest of whom the person follows."""
    follows = Follow.objects.accepted().filter(follower=user).order_by("-created_at")
    people = list(follows.values_list("followed_id", flat=True)[:FOLLOWS])
    recent = Q(published_at__gt=timezone.now() - timedelta(days=30))
    videos = Video.objects.published().filter(recent, author__in=people).order_by("-published_at")
    return [Candidate(key, FOLLOWED) for key in videos.values_list("pk", flat=True)[:EACH]]


def _similar(liked: Liked) -> list[Candidate]:
    """With a topic or a sound of what the person liked, newest first."""
    found = []
    for topic in liked.topics:
        params: dict[str, Any] = {"topic": topic}
        found += [Candidate(key, SIMILAR, params=params) for (key,) in _naming(NOBODY, topic)]
    for sound in liked.sounds:
        params = {"sound": str(sound)}
        found += [Candidate(key, SIMILAR, params=params) for (key,) in _using(NOBODY, sound)]
    return found


_naming = Prepared(
    lambda _viewer, topic: (
        Video.hashtags.through.objects.filter(hashtag__name=topic)
        .order_by("-id")
        .values_list("video_id")[: EACH // 6]
    ),
    "any topic's name",
    replans=True,  # a topic may have three videos or a million
)
_using = Prepared(
    lambda _viewer, sound: (
        Video.objects.published()
        .filter(sound=sound)
        .order_by("-published_at")
        .values_list("pk")[: EACH // 6]
    ),
    ANY_ID,
    replans=True,
)


def _trending(region: str) -> list[Candidate]:
    """Hot where the person is; in the whole world where they did not say, or nothing is."""
    here = _hot(NOBODY, region) if region else []
    found = [Candidate(key, TRENDING, params={"region": region}) for (key,) in here]
    if len(found) < EACH // 2:
        found += [Candidate(key, TRENDING) for (key,) in _hot(NOBODY, "")]
    return found


_hot = Prepared(
    lambda _viewer, region: (
        Trend.objects.filter(region=region).order_by("-heat").values_list("video_id")[:EACH]
    ),
    "any region",
)


def _fresh() -> list[Candidate]:
    """New videos that were not shown as often as promised: a few, by lot."""
    recent = timezone.now() - timedelta(days=FRESH_DAYS)
    waiting = [key for key, shown in _newest(NOBODY, recent) if (shown or 0) < PROMISED]
    drawn = random.sample(waiting, min(EACH // 2, len(waiting)))
    return [Candidate(key, FRESH) for key in drawn]


_newest = Prepared(
    lambda _viewer, since: (
        Video.objects.published()
        .filter(published_at__gt=since)
        .order_by("-published_at")
        .values_list("pk", "reception__shown")[:FRESH_POOL]
    ),
    ANY_TIME,
)


def rest(known: Iterable[UUID]) -> list[Candidate]:
    """The newest there are, where nothing else is left: a young place has little of anything."""
    newest = Video.objects.published().exclude(pk__in=list(known)).order_by("-published_at")
    return [Candidate(key, NEW) for key in newest.values_list("pk", flat=True)[:EACH]]


def again(user: Any) -> list[Candidate]:
    """What the person saw: what they took to first, the longest ago first; then what only just
    left their slate and was not counted yet."""
    met = Affinity.objects.filter(user=user).order_by("-score", "last_at")
    passed = SlateItem.objects.filter(user=user, seen_at__isnull=False).order_by("seen_at")
    keys = [kept.values_list("video_id", flat=True)[:EACH] for kept in (met, passed)]
    return [Candidate(key, AGAIN) for key in dict.fromkeys(chain(*keys))]
