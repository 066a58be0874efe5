"""Following and Friends: what people posted, and in Following what they reposted, newest first;
nothing of it is ranked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import Follow
from videos.feed import reposts
from videos.feed.cursors import Moment
from videos.models import Video


@dataclass(frozen=True, slots=True)
class Entry:
    """A video, when it came to the viewer, and the repost it came by; None for a post."""

    video: Any
    at: datetime
    repost: reposts.Shown | None = None

    @property
    def moment(self) -> Moment:
        return Moment(self.at, self.video.pk)


def page(viewer: Any, cursor: str, limit: int, *, friends: bool) -> tuple[list[Entry], str | None]:
    """The next `limit` videos with their parts, and the cursor behind them; None at the end."""
    if not viewer.is_authenticated:
        return [], None
    moment = Moment.load(cursor) if cursor else None
    found = _posts(viewer, moment, limit + 1, friends=friends)
    if not friends:
        shown_on = reposts.behind(viewer, moment, limit + 1)
        found += [Entry(shown.video, shown.at, shown) for shown in shown_on]
    # Both come in this order, by time and then by key; each is long enough for the whole page.
    found.sort(key=lambda entry: (entry.at, entry.video.pk), reverse=True)
    shown = found[:limit]
    return shown, shown[-1].moment.dump() if len(found) > limit else None


def _posts(viewer: Any, moment: Moment | None, limit: int, *, friends: bool) -> list[Entry]:
    videos: Any = Video.objects.visible_to(viewer).published().liked_by(viewer)
    videos = videos.filter(_by_whom(viewer, friends=friends)).order_by("-published_at", "-pk")
    if moment is not None:
        videos = videos.filter(_behind(moment))
    return [Entry(video, video.published_at) for video in videos[:limit]]


def _by_whom(viewer: Any, *, friends: bool) -> Q:
    follows = Follow.objects.accepted()
    wanted = Q(Exists(follows.filter(follower=viewer, followed=OuterRef("author"))))
    if friends:
        wanted &= Q(Exists(follows.filter(follower=OuterRef("author"), followed=viewer)))
    return wanted


def _behind(moment: Moment) -> Q:
    return Q(published_at__lt=moment.at) | Q(published_at=moment.at, pk__lt=moment.video)
