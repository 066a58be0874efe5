"""From an uploaded film to what players need. Knows paths, no models."""

from videos.transcoding.covering import Cover, make_cover
from videos.transcoding.cutting import Ingredients
from videos.transcoding.errors import BadVideo
from videos.transcoding.extras import Extras, make_extras
from videos.transcoding.marking import make_download
from videos.transcoding.previewing import make_preview
from videos.transcoding.probing import Probe, check_upload, looks_like_video, probe
from videos.transcoding.rendering import Rendered, RenditionFile, render, render_recipe

__all__ = [
    "BadVideo",
    "Cover",
    "Extras",
    "Ingredients",
    "Probe",
    "Rendered",
    "RenditionFile",
    "check_upload",
    "looks_like_video",
    "make_cover",
    "make_download",
    "make_extras",
    "make_preview",
    "probe",
    "render",
    "render_recipe",
]
