"""What somebody watched, as they find it again: paused, cleared, one taken out.

The numbers of the video stay, and what the feed learned is the feed's to forget (`reset_feed`).
"""

from accounts.models import User
from videos.models import Video, View, WatchHistory


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
