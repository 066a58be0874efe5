"""Which videos come next, and why: For You, Following and Friends, a page at a time, no video twice.

Score of For You: hours of freshness, plus 6 h for each doubling of hearts, comments and shares, plus 12 h
for somebody the viewer follows, minus a month for what they have seen.
"""

import base64
import binascii
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from videos.models import Hashtag, Video, View

PAGE = 6
POOL = 400
DOUBLING, FOLLOWED, SEEN = 6.0, 12.0, 30 * 24.0  # hours
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


@dataclass(frozen=True, slots=True)
class _Cursor:
    """Where the reader is: `since` fixes what counts as new and seen while they scroll."""

    since: datetime
    score: float = math.inf
    video: str = ""

    def dump(self) -> str:
        packed = json.dumps([self.since.timestamp(), self.score, self.video])
        return base64.urlsafe_b64encode(packed.encode()).decode()

    @classmethod
    def load(cls, text: str) -> "_Cursor":
        if not text:
            return cls(timezone.now())
        try:
            since, score, video = json.loads(base64.urlsafe_b64decode(text))
            return cls(datetime.fromtimestamp(since, UTC), float(score), str(UUID(video)))
        except (ValueError, TypeError, OverflowError, OSError, binascii.Error) as error:
            raise ValidationError(_("This page of the feed is gone."), code="cursor.invalid") from error


def page(viewer: Any, *, tab: str = FOR_YOU, cursor: str = "", limit: int = PAGE) -> Page:
    """The page after `cursor` ("" for the first) as `viewer` (AnonymousUser too) sees it.

    Raises `ValidationError` (cursor.invalid).
    """
    here = _Cursor.load(cursor)
    ranked = _ranked(viewer, tab, here)
    after = [row for row in ranked if (row[0], row[1]) < (here.score, here.video or "~")]
    shown = after[:limit]
    items = _items(viewer, [key for _score, key in shown])
    if len(after) <= limit:
        return Page(items, None)
    score, key = shown[-1]
    return Page(items, _Cursor(here.since, score, key).dump())


def _ranked(viewer: Any, tab: str, here: _Cursor) -> list[tuple[float, str]]:
    """(score, id) of every candidate, best first."""
    pool = _candidates(viewer, tab).filter(published_at__lte=here.since)
    pool = pool.liked_by(viewer).annotate(was_seen=_was_seen(viewer, here.since))
    rows = pool.order_by("-published_at").values_list(
        *("pk", "published_at", "like_count", "comment_count", "share_count"),
        *("is_followed", "was_seen"),
    )[:POOL]
    score = _hot if tab == FOR_YOU else _fresh
    return sorted(((score(*row[1:]), str(row[0])) for row in rows), reverse=True)


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


def _items(viewer: Any, keys: Iterable[str]) -> list[Item]:
    keys = list(keys)
    videos = Video.objects.filter(pk__in=keys).with_parts().liked_by(viewer)
    found = {str(video.pk): video for video in videos}
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
    open_to_all = Q(
        videos__state=Video.State.PUBLISHED,
        videos__audience=Video.Audience.PUBLIC,
        videos__author__is_private=False,
        videos__published_at__gte=recent,
    )
    tags = Hashtag.objects.annotate(count=Count("videos", filter=open_to_all)).filter(count__gt=0)
    return list(tags.order_by("-count", "name").values_list("name", "count")[:limit])
