"""How far the preparing of a video is: told to its author's devices, kept for pages that ask."""

from collections.abc import Callable

from django.core.cache import cache

from accounts import live
from videos.models import Video

Progress = Callable[[float], None]
KEPT = 60 * 60  # seconds


def progress_of(video: Video) -> float:
    """How far the preparing is, 0 to 1, as last told; 0 where nobody remembers."""
    return cache.get(_key(video), 0.0)


def tell_progress(video: Video, progress: float) -> None:
    """Send `video.progress` (docs/socket.md) to whoever made the video."""
    cache.set(_key(video), progress, KEPT)
    event = {
        "type": "video.progress",
        "video": str(video.pk),
        "state": video.state,
        "percent": round(progress * 100),
        "failure": failure_card(video),
    }
    live.tell_user(video.author_id, event)


def failure_card(video: Video) -> dict[str, str] | None:
    """Why it failed, for programs and for people; None where it did not."""
    return {"code": video.failure_code, "detail": video.failure} if video.failure_code else None


def teller(video: Video) -> Progress:
    """Tells the author each twentieth of the way, not each frame."""
    told = -1

    def tell(progress: float) -> None:
        nonlocal told
        step = int(progress * 20)
        if told < step < 20:
            told = step
            tell_progress(video, progress)

    return tell


def _key(video: Video) -> str:
    return f"video-progress-{video.pk}"
