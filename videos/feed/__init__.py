"""Which videos come next, and why: For You, Following and Friends, a page at a time.

Score of For You, in hours: when it was published, 6 more for each doubling of hearts, comments
and shares, 12 more for somebody the viewer follows, a month less for what they have seen, and 6
less for each video of the same person that stands on the page already.
"""

import base64
import binascii
import math
import struct
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from videos.models import Hashtag, Video, View

PAGE = 6
POOL = 400
DOUBLING, FOLLOWED, SAME_AUTHOR, SEEN = 6.0, 12.0, 6.0, 30 * 24.0  # hours
POPULAR = 4

FOR_YOU, FOLLOWING, FRIENDS = "for-you", "following", "friends"
TABS = (FOR_YOU, FOLLOWING, FRIENDS)


@dataclass(frozen=True, slots=True)
class Item:
    """One video of the feed, with the reason in plain words (R47)."""

    video: Video
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """Items in order; `next` is the cursor of the following page, or None at the end."""

    items: list[Item]
    next: str | None


class _Ranked(NamedTuple):
    score: float
    video: UUID
    author: UUID


@dataclass(frozen=True, slots=True)
class _Cursor:
    """Where the reader is: what they were given, and since when new and seen videos do not count.

    Scores move while somebody scrolls, so a place in the order would repeat and skip. Four bytes of
    each video's random part say it exactly; a pool of 400 fits an address.
    """

    since: datetime
    given: frozenset[bytes] = frozenset()

    def after(self, videos: Iterable[UUID]) -> "_Cursor":
        return _Cursor(self.since, self.given | {_mark(video) for video in videos})

    def dump(self) -> str:
        packed = struct.pack(">d", self.since.timestamp()) + b"".join(sorted(self.given))
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")

    @classmethod
    def load(cls, text: str) -> "_Cursor":
        if not text:
            return cls(timezone.now())
        try:
            packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            (since,) = struct.unpack(">d", packed[:8])
            marks = struct.iter_unpack("4s", packed[8:])
            return cls(datetime.fromtimestamp(since, UTC), frozenset(mark for (mark,) in marks))
        except (ValueError, OverflowError, OSError, struct.error, binascii.Error) as error:
            words = _("This page of the feed is gone.")
            raise ValidationError(words, code="cursor.invalid") from error


def _mark(video: UUID) -> bytes:
    return video.bytes[-4:]


def page(viewer: Any, *, tab: str = FOR_YOU, cursor: str = "", limit: int = PAGE) -> Page:
    """The page after `cursor` ("" for the first) as `viewer` (AnonymousUser too) sees it.

    No video comes twice, whatever happens between two pages. Raises `ValidationError`
    (cursor.invalid, feed.tab).
    """
    if tab not in TABS:
        raise ValidationError(_("There is no such feed."), code="feed.tab")
    here = _Cursor.load(cursor)
    ranked = _ranked(viewer, tab, here)
    shown = _varied(ranked, limit) if tab == FOR_YOU else ranked[:limit]
    keys = [row.video for row in shown]
    following = here.after(keys).dump() if len(ranked) > len(shown) else None
    return Page(_items(viewer, keys), following)


def _ranked(viewer: Any, tab: str, here: _Cursor) -> list[_Ranked]:
    """Every candidate not given yet, best first."""
    pool = _candidates(viewer, tab).filter(published_at__lte=here.since)
    pool = pool.liked_by(viewer).annotate(was_seen=_was_seen(viewer, here.since))
    rows = pool.order_by("-published_at").values_list(
        *("pk", "author_id", "published_at", "like_count", "comment_count", "share_count"),
        *("is_followed", "was_seen"),
    )[:POOL]
    score = _hot if tab == FOR_YOU else _fresh
    fresh = (row for row in rows if _mark(row[0]) not in here.given)
    return sorted((_Ranked(score(*row[2:]), row[0], row[1]) for row in fresh), reverse=True)


def _varied(ranked: list[_Ranked], limit: int) -> list[_Ranked]:
    """The best `limit`, where each further video of one person must be that much better."""
    left, authors = list(ranked), Counter[UUID]()
    shown: list[_Ranked] = []
    while left and len(shown) < limit:
        best = max(left, key=lambda row: row.score - SAME_AUTHOR * authors[row.author])
        left.remove(best)
        shown.append(best)
        authors[best.author] += 1
    return shown


def _candidates(viewer: Any, tab: str) -> Any:
    videos = Video.objects.visible_to(viewer).published()
    if not viewer.is_authenticated:
        return videos if tab == FOR_YOU else videos.none()
    if tab == FRIENDS:
        return videos.filter(author__in=User.objects.friends_of(viewer))
    if tab == FOLLOWING:
        return videos.filter(
            author__followers__follower=viewer, author__followers__accepted_at__isnull=False
        )
    return videos.exclude(author=viewer)


def _was_seen(viewer: Any, since: datetime) -> Exists:
    key = viewer.pk if viewer.is_authenticated else None
    return Exists(View.objects.filter(video=OuterRef("pk"), user=key, first_at__lt=since))


def _hours(moment: datetime) -> float:
    return moment.timestamp() / 3600


def _fresh(published_at: datetime, *_rest: Any) -> float:
    return _hours(published_at)


def _hot(
    published_at: datetime, likes: int, comments: int, shares: int, followed: bool, seen: bool
) -> float:
    interest = DOUBLING * math.log2(1 + likes + 2 * comments + 3 * shares)
    return _hours(published_at) + interest + FOLLOWED * followed - SEEN * seen


def _items(viewer: Any, keys: list[UUID]) -> list[Item]:
    found = Video.objects.with_parts().liked_by(viewer).in_bulk(keys)
    return [Item(found[key], _reason(found[key])) for key in keys if key in found]


def _reason(video: Any) -> str:
    if video.is_followed:
        return _("Because you follow %(name)s") % {"name": video.author.name}
    is_young = video.published_at > timezone.now() - timedelta(days=7)
    if is_young and video.like_count + video.comment_count >= POPULAR:
        return _("Popular this week")
    return _("New on Medley") if is_young else _("Worth another look")


def trending(limit: int = 12) -> list[tuple[str, int]]:
    """(topic, number of public videos of the last 30 days), the busiest first."""
    recent = timezone.now() - timedelta(days=30)
    return _topics(Q(videos__published_at__gte=recent), limit)


def topics(words: str, limit: int = 12) -> list[tuple[str, int]]:
    """(topic, number of public videos) of topics that hold `words`, the busiest first."""
    return _topics(Q(name__contains=words.casefold()), limit)


def _topics(wanted: Q, limit: int) -> list[tuple[str, int]]:
    # Public videos only: the topic of a private one would tell of it.
    open_to_all = Q(
        videos__state=Video.State.PUBLISHED,
        videos__audience=Video.Audience.PUBLIC,
        videos__author__is_private=False,
        videos__author__is_active=True,
    )
    named = Hashtag.objects.filter(wanted & open_to_all).annotate(count=Count("videos"))
    return list(named.order_by("-count", "name").values_list("name", "count")[:limit])
