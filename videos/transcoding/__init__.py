"""From an uploaded file to what players need; the only caller of ffmpeg. Knows paths, no models."""

from videos.transcoding.errors import BadVideo
from videos.transcoding.ffmpeg import FfmpegFailed, FfmpegTimedOut, find_ffmpeg, run_ffmpeg
from videos.transcoding.probing import Probe, check_upload, looks_like_video, probe
from videos.transcoding.rendering import Rendered, RenditionFile, render

__all__ = [
    "BadVideo",
    "FfmpegFailed",
    "FfmpegTimedOut",
    "Probe",
    "Rendered",
    "RenditionFile",
    "check_upload",
    "find_ffmpeg",
    "looks_like_video",
    "probe",
    "render",
    "run_ffmpeg",
]
