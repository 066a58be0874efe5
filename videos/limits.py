"""The numbers of videos that clients are told: see `ports.limits_of_apps`."""

from django.conf import settings

from videos.actions.clips import MOST_CLIPS
from videos.actions.drafts import LIMIT as DRAFTS_LIMIT
from videos.actions.tracks import MOST_LANGUAGES
from videos.models import Credit
from videos.models.comment import BODY_LIMIT
from videos.models.video import ALT_LIMIT, CAPTION_LIMIT


def limits() -> dict[str, int]:
    """Characters, seconds, bytes, things."""
    return {
        "video_seconds": settings.VIDEO_MAX_SECONDS,
        "video_bytes": settings.VIDEO_MAX_BYTES,
        "caption_length": CAPTION_LIMIT,
        "alt_length": ALT_LIMIT,
        "comment_length": BODY_LIMIT,
        "clips": MOST_CLIPS,
        "drafts": DRAFTS_LIMIT,
        "subtitle_languages": MOST_LANGUAGES,
        "co_creators": Credit.MOST,
    }
