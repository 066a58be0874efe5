"""How far the preparing of a video is: told to its author's devices, kept for pages that ask."""

from collections.abc import Callable
from functools import partial

from django.core.cache import cache

from accounts import live
from videos.models import Video, VideoVersion

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


def failure_card(made: Video | VideoVersion) -> dict[str, str] | None:
    """Why it failed, for programs and for people; None where it did not."""
    return {"code": made.failure_code, "detail": made.failure} if made.failure_code else None


def progress_of_version(version: VideoVersion) -> float:
    """The same of a film that is to replace another."""
    return cache.get(_key(version), 0.0)


def tell_version(version: VideoVersion, progress: float) -> None:
    """Send `video.replacing` (docs/socket.md) to whoever made the video."""
    cache.set(_key(version), progress, KEPT)
    event = {
        "type": "video.replacing",
        "video": str(version.video_id),
        "version": version.number,
        "state": version.state,
        "percent": round(progress * 100),
        "failure": failure_card(version),
    }
    live.tell_user(version.video.author_id, event)


def teller(video: Video) -> Progress:
    """Tells the author each twentieth of the way, not each frame."""
    return _by_twentieths(partial(tell_progress, video))


def version_teller(version: VideoVersion) -> Progress:
    """The same of a film that is to replace another."""
    return _by_twentieths(partial(tell_version, version))


def _by_twentieths(told_of: Progress) -> Progress:
    told = -1

    def tell(progress: float) -> None:
        nonlocal told
        step = int(progress * 20)
        if told < step < 20:
            told = step
            told_of(progress)

    return tell


def _key(made: Video | VideoVersion) -> str:
    return f"video-progress-{made.pk}"
