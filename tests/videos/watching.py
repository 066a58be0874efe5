"""How tests watch videos."""

from typing import Any

from django.utils import timezone

from videos import actions
from videos.actions import Watch
from videos.models import Video


def watched(video: Video, *, share: float = 1.0, loops: int = 0, **fields: Any) -> Watch:
    """What a player tells who played so much of it, and so many times more."""
    fields = {"source": "for_you", "at": timezone.now(), **fields}
    milliseconds = round(video.duration_ms * (share + loops))
    return Watch(video.pk, fields["source"], milliseconds, video.duration_ms, loops, fields["at"])


def watch(viewer: Any, video: Video, **how: Any) -> None:
    """`viewer` watches it: to the end, unless `share` says less."""
    assert actions.note_watches(viewer, [watched(video, **how)]) == {}
