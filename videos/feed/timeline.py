"""Following and Friends: what people posted, newest first, nothing left out and nothing ranked."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import Follow
from videos.feed.cursors import Moment
from videos.models import Video


def page(viewer: Any, cursor: str, limit: int, *, friends: bool) -> tuple[list[Any], str | None]:
    """The next `limit` videos with their parts, and the cursor behind them; None at the end."""
    if not viewer.is_authenticated:
        return [], None
    videos = Video.objects.visible_to(viewer).published().liked_by(viewer)
    videos = videos.filter(_by_whom(viewer, friends=friends)).order_by("-published_at", "-pk")
    if cursor:
        videos = videos.filter(_behind(Moment.load(cursor)))
    found = list(videos[: limit + 1])
    shown = found[:limit]
    return shown, _moment_of(shown[-1]).dump() if len(found) > limit else None


def _moment_of(video: Any) -> Moment:
    return Moment(video.published_at, video.pk)


def _by_whom(viewer: Any, *, friends: bool) -> Q:
    follows = Follow.objects.accepted()
    wanted = Q(Exists(follows.filter(follower=viewer, followed=OuterRef("author"))))
    if friends:
        wanted &= Q(Exists(follows.filter(follower=OuterRef("author"), followed=viewer)))
    return wanted


def _behind(moment: Moment) -> Q:
    return Q(published_at__lt=moment.published_at) | Q(
        published_at=moment.published_at, pk__lt=moment.video
    )
