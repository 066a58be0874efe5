"""The feed without a profile: what is new and popular, the same for everybody who may see it.

Score in hours: when it was published, and 6 more for each doubling of hearts, comments and shares.
What the viewer saw comes last: that is their own history, and says nothing of what they like.
"""

import math
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from videos.feed.cursors import Given, mark
from videos.feed.told import Told
from videos.models import Video, View, hashtags_in

POOL = 400
DOUBLING, SAME_AUTHOR, SEEN = 6.0, 6.0, 30 * 24.0  # hours
POPULAR = 4
YOUNG = timedelta(days=7)


class Ranked(NamedTuple):
    """A video that may come, and what its reason is made of."""

    score: float
    video: UUID
    author: UUID
    code: str


def page(viewer: Any, cursor: str, limit: int) -> tuple[list[Ranked], str | None]:
    """The next `limit`, and the cursor behind them; None at the end."""
    here = Given.load(cursor)
    ranked = _ranked(viewer, here)
    shown = _varied(ranked, limit)
    following = here.after(row.video for row in shown).dump() if len(ranked) > len(shown) else None
    return shown, following


def _ranked(viewer: Any, here: Given) -> list[Ranked]:
    """Every candidate not given yet, best first."""
    pool = Video.objects.watchable_by(viewer).published().filter(published_at__lte=here.since)
    if viewer.is_authenticated:
        pool = pool.exclude(author=viewer)
    rows = pool.annotate(was_seen=_was_seen(viewer, here.since)).order_by("-published_at")
    fields = ("pk", "author_id", "published_at", "like_count", "comment_count", "share_count")
    told = Told.by(viewer)
    found = [
        Ranked(_score(*row[2:7]), row[0], row[1], code_of(row[2], row[3] + row[4]))
        for row in rows.values_list(*fields, "was_seen", "caption", "sound_id")[:POOL]
        if mark(row[0]) not in here.given
        and told.allows(
            video=row[0],
            author=row[1],
            caption=row[7],
            topics=hashtags_in(row[7]),
            sound=row[8],
        )
    ]
    return sorted(found, reverse=True)


def _was_seen(viewer: Any, since: datetime) -> Exists:
    key = viewer.pk if viewer.is_authenticated else None
    return Exists(View.objects.filter(video=OuterRef("pk"), user=key, first_at__lt=since))


def _score(published_at: datetime, likes: int, comments: int, shares: int, seen: bool) -> float:
    interest = DOUBLING * math.log2(1 + likes + 2 * comments + 3 * shares)
    return published_at.timestamp() / 3600 + interest - SEEN * seen


def code_of(published_at: datetime, answers: int) -> str:
    """What stands as the reason, by age and by how many hearts and comments."""
    if published_at <= timezone.now() - YOUNG:
        return "again"
    return "popular" if answers >= POPULAR else "new"


def _varied(ranked: Sequence[Ranked], limit: int) -> list[Ranked]:
    """The best `limit`, where each further video of one person must be that much better."""
    left, authors = list(ranked), Counter[UUID]()
    shown: list[Ranked] = []
    while left and len(shown) < limit:
        best = max(left, key=lambda row: row.score - SAME_AUTHOR * authors[row.author])
        left.remove(best)
        shown.append(best)
        authors[best.author] += 1
    return shown
