"""The only way to run ffmpeg: with its guards and limits, for whichever app has films or sounds."""

from accounts.ffmpeg.running import (
    GUARDS,
    MAX_PIXELS,
    PICTURE_DECODERS,
    SOUND_DECODERS,
    SOUNDS,
    FfmpegFailed,
    FfmpegKilled,
    FfmpegTimedOut,
    Progress,
    can_fingerprint,
    file_url,
    find_ffmpeg,
    guarded_input,
    has_filter,
    run_ffmpeg,
)
from accounts.ffmpeg.waveform import waveform

__all__ = [
    "GUARDS",
    "MAX_PIXELS",
    "PICTURE_DECODERS",
    "SOUNDS",
    "SOUND_DECODERS",
    "FfmpegFailed",
    "FfmpegKilled",
    "FfmpegTimedOut",
    "Progress",
    "can_fingerprint",
    "file_url",
    "find_ffmpeg",
    "guarded_input",
    "has_filter",
    "run_ffmpeg",
    "waveform",
]
