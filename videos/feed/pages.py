"""One page of a feed as a viewer sees it: For You, Following, Friends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.reading import Prepared
from videos.feed import plain, reasons, slates, timeline
from videos.feed.cursors import Rank
from videos.models import FeedProfile
from videos.reading import complete, shown, watchable

PAGE = 10
FOR_YOU, FOLLOWING, FRIENDS = "for-you", "following", "friends"
TABS = (FOR_YOU, FOLLOWING, FRIENDS)


@dataclass(frozen=True, slots=True)
class Item:
    """One video of the feed; `reason` in plain words, `code` for clients (R47). `reposted_by` is
    whoever showed it, where a repost brought it."""

    video: Any
    reason: str
    code: str = ""
    reposted_by: Any = None


@dataclass(frozen=True, slots=True)
class Page:
    """Items in order; `next` is the cursor of the following page, or None at the end.

    `is_low`: little is left of the slate, so more should be asked for (`actions.ask_for_slate`).
    """

    items: list[Item]
    next: str | None
    is_low: bool = False


def page(viewer: Any, *, tab: str = FOR_YOU, cursor: str = "", limit: int = PAGE) -> Page:
    """The page after `cursor` ("" for the first) as `viewer` (AnonymousUser too) sees it.

    No video comes twice, whatever happens between two pages. Raises `ValidationError`
    (cursor.invalid, feed.tab).
    """
    if tab not in TABS:
        raise ValidationError(_("There is no such feed."), code="feed.tab")
    if is_in_time(tab):
        entries, following = timeline.page(viewer, cursor, limit, friends=tab == FRIENDS)
        return Page([_in_time(entry) for entry in entries], following)
    if is_personal(viewer):
        return _of_slate(viewer, cursor, limit)
    return _plain(viewer, cursor, limit)


def is_in_time(tab: str) -> bool:
    """Whether time alone orders this feed."""
    return tab in (FOLLOWING, FRIENDS)


def _in_time(entry: timeline.Entry) -> Item:
    reason = reasons.of_repost(entry.repost) if entry.repost else {"code": "followed"}
    said = reasons.sentence(reason, entry.video)
    return Item(entry.video, said, reason["code"], entry.repost.by if entry.repost else None)


def is_personal(viewer: Any) -> bool:
    """Whether this person's feed is made for them: signed in, and not otherwise asked for."""
    if not viewer.is_authenticated:
        return False
    return not _declined(viewer)


_declined = Prepared(
    lambda viewer: FeedProfile.objects.filter(user=viewer, is_personal=False).values_list("pk")
)


def _of_slate(viewer: Any, cursor: str, limit: int) -> Page:
    """By rank. What may not be seen any more is passed over, so a page may be short."""
    rank = Rank.load(cursor).rank if cursor else None
    ahead = slates.ahead(viewer, rank, slates.LOW + limit)
    near = ahead[: limit + SPARE]
    named = reasons.videos_in(item.reason for item in near[:limit])
    found = watchable(viewer, list({item.video_id for item in near} | named))
    kept = [item for item in near if _plays(found.get(item.video_id))][:limit]
    last = kept[-1].rank if len(kept) == limit else (ahead[-1].rank if ahead else 0)
    is_more = bool(ahead) and ahead[-1].rank > last
    items = [_item(found[item.video_id], item.reason, found) for item in kept]
    complete(viewer, [item.video for item in items])
    return Page(items, Rank(last).dump() if is_more else None, len(ahead) < slates.LOW)


SPARE = 5  # items read more than a page holds, for those that are gone by now


def _plays(video: Any) -> bool:
    return video is not None and video.is_published


def _plain(viewer: Any, cursor: str, limit: int) -> Page:
    rows, following = plain.page(viewer, cursor, limit)
    found = shown(viewer, [row.video for row in rows])
    kept = [(found[row.video], {"code": row.code}) for row in rows if row.video in found]
    return Page([_item(video, reason, found) for video, reason in kept], following)


def _item(video: Any, reason: reasons.Reason, known: Mapping[UUID, Any]) -> Item:
    return Item(video, reasons.sentence(reason, video, known), reason["code"])
