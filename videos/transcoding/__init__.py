"""From an uploaded film to what players need. Knows paths, no models."""

from videos.transcoding.errors import BadVideo
from videos.transcoding.previewing import make_preview
from videos.transcoding.probing import Probe, check_upload, looks_like_video, probe
from videos.transcoding.rendering import Rendered, RenditionFile, render

__all__ = [
    "BadVideo",
    "Probe",
    "Rendered",
    "RenditionFile",
    "check_upload",
    "looks_like_video",
    "make_preview",
    "probe",
    "render",
]
