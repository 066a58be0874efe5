"""How tests make videos without ffmpeg: rows and tiny files that are there to be asked for."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from videos.actions.captions import apply_caption
from videos.actions.defaults import video_settings_of
from videos.models import Clip, Rendition, Video

CONTENT = bytes(range(256)) * 8


def make_video(author: User, *, hours: float = 0, **fields: Any) -> Video:
    """A published video of `author`, so many hours old; `state` and the rest as one likes, who may
    do what with it as its author would begin it."""
    fields = video_settings_of(author).permissions | fields
    fields.setdefault("state", Video.State.PUBLISHED)
    if fields["state"] == Video.State.PUBLISHED:
        fields.setdefault("published_at", timezone.now() - timedelta(hours=hours))
    fields.setdefault("caption", "a walk in the morning")
    fields.setdefault("peaks", [1, 100])
    video = Video.objects.create(
        author=author, duration_ms=31_000, width=720, height=1280, **fields
    )
    apply_caption(video)
    return video


def with_files(video: Video) -> Video:
    """The same with a source, pictures and renditions in the storage."""
    for field in ("cover", "cover_small", "strip"):
        setattr(video, field, _store(video, f"{field}.jpg"))
    video.save()
    source = _store(video, "source.mp4")
    Clip.objects.create(video=video, source=source, state=Clip.State.READY, duration_ms=31_000)
    for kind, width in (("720", 720), ("360", 360)):
        Rendition.objects.create(
            video=video,
            kind=kind,
            file=_store(video, f"{kind}.mp4"),
            width=width,
            height=width * 16 // 9,
            size=len(CONTENT),
        )
    return video


def _store(video: Video, name: str) -> str:
    return default_storage.save(f"videos/{video.pk}/{name}", ContentFile(CONTENT))


def upload_of(path: Path, name: str = "walk.mp4") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, path.read_bytes(), content_type="video/mp4")
