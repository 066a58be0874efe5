"""Following and Friends: what people posted, and in Following what they reposted, newest first;
nothing of it is ranked."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import Follow
from accounts.reading import Prepared
from videos.feed import reposts
from videos.feed.cursors import ANY_MOMENT, Moment
from videos.models import Credit, Video
from videos.reading import complete


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
    found = [
        entry
        for is_credited in (False, True)
        for entry in _posts(viewer, moment, limit + 1, _Whose(friends, is_credited))
    ]
    if not friends:
        shown_on = reposts.behind(viewer, moment, limit + 1)
        found += [Entry(shown.video, shown.at, shown) for shown in shown_on]
    # Both come in this order, by time and then by key; each is long enough for the whole page.
    found.sort(key=lambda entry: (entry.at, entry.video.pk), reverse=True)
    shown = found[:limit]
    return shown, shown[-1].moment.dump() if len(found) > limit else None


@dataclass(frozen=True, slots=True)
class _Whose:
    """What stands in a feed: people's own posts, or (apart, as each is quickly found alone) what
    others posted that they made together with them."""

    friends: bool
    is_credited: bool


def _posts(viewer: Any, moment: Moment | None, limit: int, whose: _Whose) -> list[Entry]:
    place = moment.place if moment else ()
    videos = _prepared(limit, whose, bool(place))(viewer, *place)
    complete(viewer, videos)
    return [Entry(video, video.published_at) for video in videos]


@cache
def _prepared(limit: int, whose: _Whose, is_behind: bool) -> Prepared:
    def build(viewer: Any, *place: Any) -> Any:
        videos: Any = Video.objects.watchable_by(viewer).published().liked_by(viewer)
        videos = videos.select_related("author").filter(_by(viewer, whose))
        if place:
            videos = videos.filter(_behind(Moment(*place)))
        return videos.order_by("-published_at", "-pk")[:limit]

    return Prepared(build, *(ANY_MOMENT.place if is_behind else ()), replans=True)


def _by(viewer: Any, whose: _Whose) -> Q:
    by_them = _is_wanted(viewer, "author", friends=whose.friends)
    if not whose.is_credited:
        return by_them
    credits = Credit.objects.accepted().filter(_is_wanted(viewer, "user", friends=whose.friends))
    return Q(co_creator_count__gt=0, pk__in=credits.values("video")) & ~by_them & ~Q(author=viewer)


def _is_wanted(viewer: Any, person: str, *, friends: bool) -> Q:
    """Whether the viewer follows whom the row's field `person` names; both ways, of friends."""
    follows = Follow.objects.accepted()
    wanted = Q(Exists(follows.filter(follower=viewer, followed=OuterRef(person))))
    if friends:
        wanted &= Q(Exists(follows.filter(follower=OuterRef(person), followed=viewer)))
    return wanted


def _behind(moment: Moment) -> Q:
    return Q(published_at__lt=moment.at) | Q(published_at=moment.at, pk__lt=moment.video)
