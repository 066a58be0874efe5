"""Why somebody sees a video: the sentence, and what it was weighed by (R47, DSA Art. 27)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import Follow
from videos.feed import plain, reasons, reposts
from videos.feed.pages import is_personal
from videos.models import SlateItem
from videos.reading import watchable


@dataclass(frozen=True, slots=True)
class Why:
    """`factors` is empty where nothing but time and popularity decided."""

    sentence: str
    code: str
    factors: Sequence[reasons.Factor]
    is_personal: bool


def why(viewer: Any, video: Any, *, in_time: bool = False) -> Why:
    """For a video that the viewer may see; `in_time`: in Following or Friends, where nothing that
    was kept for For You counts."""
    kept = None if in_time else _kept(viewer, video)
    reason = kept or _plain(viewer, video)
    known = watchable(viewer, list(reasons.videos_in([reason])))
    said = reasons.sentence(reason, video, known)
    return Why(said, reason["code"], reasons.factors(reason), is_personal(viewer))


def _kept(viewer: Any, video: Any) -> dict[str, Any] | None:
    if not viewer.is_authenticated:
        return None
    mine = SlateItem.objects.filter(user=viewer, video=video)
    return mine.values_list("reason", flat=True).first()


def _plain(viewer: Any, video: Any) -> dict[str, Any]:
    follows = Follow.objects.accepted().filter(followed=video.author_id)
    if viewer.is_authenticated:
        if follows.filter(follower=viewer).exists():
            return {"code": "followed"}
        if (shown := reposts.of(viewer, video)) is not None:
            return reasons.of_repost(shown)
    return {"code": plain.code_of(video.published_at, video.like_count + video.comment_count)}
