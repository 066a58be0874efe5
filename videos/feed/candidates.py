"""Where a slate's videos come from: a few hundred ids of each kind, by reads that stay short
however much there is. Who may see which is asked afterwards, of all of them at once."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Follow
from videos.feed.packing import unpacked
from videos.feed.relevance import HISTORY, Relevance, best, relevance
from videos.models import (
    Affinity,
    FeedProfile,
    Fit,
    Like,
    Neighbourhood,
    Reception,
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
    since = Q() if profile is None or profile.reset_at is None else Q(since__gt=profile.reset_at)
    watched = Affinity.objects.liked().filter(user=user).annotate(since=F("last_at"))
    loved = Like.objects.filter(user=user).annotate(since=F("created_at"))
    rows = [
        *watched.filter(since).order_by("-last_at").values_list("since", "video_id")[:HISTORY],
        *loved.filter(since).order_by("-created_at").values_list("since", "video_id")[:HISTORY],
    ]
    videos = list(dict.fromkeys(video for _at, video in sorted(rows, reverse=True)))[:HISTORY]
    return Liked(videos, *_traits(videos))


def _traits(videos: Sequence[UUID]) -> tuple[list[str], list[UUID]]:
    """The topics and sounds that stand most often in what was liked lately."""
    lately = videos[:30]
    if not lately:
        return [], []
    named = Video.objects.filter(pk__in=lately)
    topics = Counter(named.exclude(hashtags=None).values_list("hashtags__name", flat=True))
    sounds = Counter(named.exclude(sound=None).values_list("sound_id", flat=True))
    return (
        [name for name, _count in topics.most_common(TOPICS)],
        [sound for sound, _count in sounds.most_common(TOPICS) if sound is not None],
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
    near = Neighbourhood.objects.filter(video__in=liked).values_list("video_id", "near")
    neighbours = {video.bytes: unpacked(bytes(row)) for video, row in near}
    found = relevance([video.bytes for video in liked], neighbours, fading)
    chosen = best(found, EACH)
    most = found[chosen[0]].score if chosen else 1.0
    return [_near(video, found[video], most) for video in chosen]


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
        named = Video.hashtags.through.objects.filter(hashtag__name=topic).order_by("-id")
        naming = named.values_list("video_id", flat=True)[: EACH // 6]
        found += [Candidate(key, SIMILAR, params={"topic": topic}) for key in naming]
    for sound in liked.sounds:
        using = Video.objects.published().filter(sound=sound).order_by("-published_at")
        keys = using.values_list("pk", flat=True)[: EACH // 6]
        found += [Candidate(key, SIMILAR, params={"sound": str(sound)}) for key in keys]
    return found


def _trending(region: str) -> list[Candidate]:
    """Hot where the person is; in the whole world where they did not say, or nothing is."""
    hot = Trend.objects.order_by("-heat").values_list("video_id", flat=True)
    here = list(hot.filter(region=region)[:EACH]) if region else []
    found = [Candidate(key, TRENDING, params={"region": region}) for key in here]
    if len(found) < EACH // 2:
        found += [Candidate(key, TRENDING) for key in hot.filter(region="")[:EACH]]
    return found


def _fresh() -> list[Candidate]:
    """New videos that were not shown as often as promised: a few, by lot."""
    recent = timezone.now() - timedelta(days=FRESH_DAYS)
    newest = Video.objects.published().filter(published_at__gt=recent).order_by("-published_at")
    keys = list(newest.values_list("pk", flat=True)[:FRESH_POOL])
    kept = Reception.objects.filter(video__in=keys, shown__gte=PROMISED)
    waiting = sorted(set(keys).difference(kept.values_list("video_id", flat=True)))
    drawn = random.sample(waiting, min(EACH // 2, len(waiting)))
    return [Candidate(key, FRESH) for key in drawn]


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
