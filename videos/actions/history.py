"""What somebody watched, as they find it again: paused, cleared, one taken out.

The numbers of the video stay, and what the feed learned is the feed's to forget (`reset_feed`).
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from videos.models import Video, View, WatchHistory


def remember_watching(user: User, videos: Collection[UUID]) -> None:
    """They watched each of these once more; it is in their history unless they paused that.

    Three queries. Call it in a transaction: two devices at once leave one row, counted twice.
    """
    is_kept = keeps_history(user)
    rows = [View(user=user, video_id=video, times=0) for video in sorted(videos)]
    View.objects.bulk_create(rows, ignore_conflicts=True)
    View.objects.filter(user=user, video__in=videos).update(
        times=F("times") + 1, seen_at=timezone.now(), is_in_history=is_kept
    )


def keeps_history(user: User) -> bool:
    """Whether what they watch is kept in their history."""
    return not WatchHistory.objects.filter(user=user, is_paused=True).exists()


def pause_history(actor: User, *, paused: bool = True) -> None:
    """Keep nothing from now on, or keep again; what is there stays."""
    WatchHistory.objects.update_or_create(user=actor, defaults={"is_paused": paused})


def clear_history(actor: User) -> None:
    """Take everything out."""
    View.objects.filter(user=actor, is_in_history=True).update(is_in_history=False)


def forget_watching(actor: User, video: Video) -> None:
    """Take one video out, until it is watched again."""
    View.objects.filter(user=actor, video=video).update(is_in_history=False)
