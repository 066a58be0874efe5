"""A slate: what somebody's feed shows next, prepared by a job and read by rank."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import Max, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import Follow, Report
from accounts.reading import ByKey, Prepared
from videos.feed import candidates, scoring
from videos.feed.candidates import Candidate
from videos.feed.mixing import mixed, share_of
from videos.feed.scoring import Facts, Scored
from videos.feed.told import Told
from videos.models import Affinity, FeedProfile, SlateItem, Video, View

LENGTH = 100
LOW = 30  # items ahead below which more are asked for
KEPT = timedelta(days=2)  # seen items: whoever asks why a video was there may still be told
FEW = 10  # new ones below which what was seen long ago may come again
ASKED_AGAIN = timedelta(seconds=30)


@transaction.atomic
def fill(user: Any) -> int:
    """Replace what has not been seen of the slate by what is best now; answers how many items.

    Two at once would put two slates on top of each other: the second waits for the first.
    """
    profile = _held_profile(user)
    _drop_old(user)
    chosen = chosen_for(user, profile)
    _append(user, chosen)
    FeedProfile.objects.filter(pk=profile.pk).update(asked_at=None)
    return len(chosen)


def _held_profile(user: Any) -> FeedProfile:
    FeedProfile.objects.get_or_create(user=user)
    return FeedProfile.objects.select_for_update().get(user=user)


def chosen_for(user: Any, profile: FeedProfile | None) -> list[Scored]:
    """The best of all kinds of candidates; where little is new, the newest, and what was seen."""
    found = candidates.gathered(user, candidates.liked_by(user, profile))
    slate = mixed(_scored(user, _unseen(user, found)), LENGTH)
    if len(slate) < LENGTH:
        more = candidates.rest(each.video for each in found)
        slate += mixed(_scored(user, _unseen(user, more)), LENGTH - len(slate))
    if len(slate) < FEW:
        known = {each.facts.video for each in slate}
        old = [each for each in candidates.again(user) if each.video not in known]
        slate += mixed(_scored(user, old), LENGTH - len(slate))
    return slate


def _unseen(user: Any, found: Sequence[Candidate]) -> list[Candidate]:
    """Without what the person saw, here or elsewhere."""
    keys = [each.video for each in found]
    seen = {video for kept in _met for (video,) in kept(user, keys)}
    return _trimmed([each for each in found if each.video not in seen])


# So many keys go into one statement; a slate asks about three hundred.
ROOM = 150
_met = [
    ByKey(
        lambda viewer, keys, kept=kept: kept.objects.filter(
            user=viewer, video__in=keys
        ).values_list("video_id"),
        ROOM,
    )
    for kept in (Affinity, View, SlateItem)
]


def _trimmed(found: Sequence[Candidate]) -> list[Candidate]:
    """Of each kind three times what it has room for: whatever is looked at closely costs time."""
    kept: list[Candidate] = []
    counted: Counter[str] = Counter()
    for each in found:
        counted[each.source] += 1
        if counted[each.source] <= 3 * share_of(each.source) * LENGTH:
            kept.append(each)
    return kept


def _scored(user: Any, found: Sequence[Candidate]) -> list[Scored]:
    """Those that the person may see and did not tell us off, each with its score."""
    facts = _facts(user, [each.video for each in found])
    told = Told.by(user)
    taste = scoring.Taste(_followed_among(user, facts), told.sliders or {})
    now = timezone.now()
    return [
        Scored(one, each.source, scoring.factors(one, taste, each.relevance, now), each.params)
        for each in found
        if (one := facts.get(each.video)) and _allowed(told, one)
    ]


def _allowed(told: Told, facts: Facts) -> bool:
    return told.allows(
        video=facts.video,
        author=facts.author,
        caption=facts.caption,
        topics=facts.topics,
        sound=facts.sound,
    )


FIELDS = {
    "video": "pk",
    "author": "author_id",
    "published_at": "published_at",
    "duration_ms": "duration_ms",
    "caption": "caption",
    "sound": "sound_id",
    "likes": "like_count",
    "comments": "comment_count",
    "shares": "share_count",
    "shown": "reception__shown",
    "watched_ms": "reception__watched_ms",
    "skipped": "reception__skipped",
    "rewatched": "reception__rewatched",
    "unwanted": "reception__unwanted",
}


def _facts(user: Any, keys: Sequence[UUID]) -> dict[UUID, Facts]:
    """Of others' published videos that the person may watch."""
    topics: dict[UUID, list[str]] = {}
    for video, topic in _topics(user, keys):
        topics.setdefault(video, []).append(topic)
    reports = dict(_reporters(user, keys))
    found: dict[UUID, Facts] = {}
    for row in _shown(user, keys):
        known: dict[str, Any] = dict(zip(FIELDS, row, strict=True))
        known = {name: value for name, value in known.items() if value is not None}
        key = known["video"]
        found[key] = Facts(**known, topics=topics.get(key, ()), reports=reports.get(key, 0))
    return found


_shown = ByKey(
    lambda viewer, keys: (
        Video.objects.watchable_by(viewer)
        .published()
        .filter(pk__in=keys)
        .exclude(author=viewer)
        .values_list(*FIELDS.values())
    ),
    ROOM,
)
_reporters = ByKey(
    lambda _viewer, keys: Report.objects.all().credible().reporters_of("video", keys), ROOM
)
_topics = ByKey(
    lambda _viewer, keys: Video.hashtags.through.objects.filter(video__in=keys).values_list(
        "video_id", "hashtag__name"
    ),
    ROOM,
)


def _followed_among(user: Any, facts: dict[UUID, Facts]) -> frozenset[UUID]:
    authors = list({one.author for one in facts.values()})
    return frozenset(followed for (followed,) in _follows(user, authors))


_follows = ByKey(
    lambda viewer, people: (
        Follow.objects.accepted()
        .filter(follower=viewer, followed__in=people)
        .values_list("followed_id")
    ),
    ROOM,
)


def _drop_old(user: Any) -> None:
    mine = SlateItem.objects.filter(user=user)
    mine.filter(seen_at__isnull=True).delete()
    mine.filter(seen_at__lt=timezone.now() - KEPT).delete()


def _append(user: Any, chosen: Sequence[Scored]) -> None:
    mine = SlateItem.objects.filter(user=user)
    # What comes again has been here before; a video stands in a slate once.
    mine.filter(video__in=[each.facts.video for each in chosen]).delete()
    last = mine.aggregate(last=Max("rank"))["last"] or 0
    SlateItem.objects.bulk_create(
        SlateItem(user=user, rank=rank, video_id=each.facts.video, reason=_reason(each))
        for rank, each in enumerate(chosen, start=last + 1)
    )


def _reason(each: Scored) -> dict[str, Any]:
    return {"code": each.source, **each.params, "factors": each.factors.as_json()}


# --- Reading --------------------------------------------------------------------------------------


class Picked(NamedTuple):
    """An item as pages read it; `kept` is its reason as it is stored: of forty ten are shown."""

    rank: int
    video_id: UUID
    kept: str

    @property
    def reason(self) -> dict[str, Any]:
        """As videos/feed/reasons.py has it."""
        return orjson.loads(self.kept)


def ahead(viewer: Any, rank: int | None, limit: int) -> list[Picked]:
    """What is still to come, in order: behind `rank`, or what has not been seen."""
    behind = () if rank is None else (rank,)
    return [Picked(*row) for row in _ahead(limit, bool(behind))(viewer, *behind)]


ANY_RANK = 7_730_923


@cache
def _ahead(limit: int, is_behind: bool) -> Prepared:
    columns = ("rank", "video_id", Cast("reason", TextField()))
    return Prepared(
        lambda viewer, *rank: SlateItem.objects.ahead_of(viewer, *rank).values_list(*columns)[
            :limit
        ],
        *((ANY_RANK,) if is_behind else ()),
    )
