"""From a file to a published video, and back out again."""

import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts import live
from accounts.models import User
from accounts.outbox import enqueue
from videos.actions.captions import apply_caption
from videos.models import Rendition, Video
from videos.transcoding import BadVideo, Rendered, check_upload, render

Progress = Callable[[float], None]


def upload_video(
    author: User,
    file: Any,
    *,
    caption: str = "",
    audience: str = Video.Audience.PUBLIC,
    alt_text: str = "",
) -> Video:
    """Keep an uploaded file and have it prepared; the video is `processing` when this returns.

    Raises `ValidationError` with the codes of videos/transcoding/errors.py for what cannot be a video.
    """
    try:
        check_upload(file, file.size)
    except BadVideo as bad:
        raise ValidationError({"file": ValidationError(bad.detail, code=bad.code)}) from bad
    video = Video(author=author, caption=caption.strip(), audience=audience, alt_text=alt_text.strip())
    video.full_clean(exclude=["source"])
    # The person's file name is nobody's business, and no path of ours.
    video.source = default_storage.save(f"{_folder(video)}/source-{uuid4().hex}", File(file))
    video.state = Video.State.PROCESSING
    try:
        with transaction.atomic():
            video.save()
            apply_caption(video)
            enqueue("videos.process_video", video_id=str(video.pk))
    except BaseException:
        default_storage.delete(video.source)
        raise
    return video


def process_video(video_id: UUID | str) -> None:
    """Make the renditions and publish; safe to run twice, and after a death at any stage.

    What is wrong with the file is noted on the video (`failed`, with its code); what is wrong with the
    machine is raised, so that the job is tried again.
    """
    video = Video.objects.filter(pk=video_id).exclude(state=Video.State.PUBLISHED).first()
    if video is None or not video.source:
        return
    with tempfile.TemporaryDirectory(prefix="medley-video-") as name:
        source, made = Path(name) / "source", Path(name) / "made"
        _fetch(video.source, source)
        try:
            rendered = render(source, made, progress=_teller(video))
        except BadVideo as bad:
            _fail(video, bad.code)
            return
        kept = _keep(video, made, rendered)
    _publish(video, rendered, kept)


def _folder(video: Video) -> str:
    return f"videos/{video.pk}"


def _fetch(storage_name: str, target: Path) -> None:
    """A local copy: the storage may be far away, and ffmpeg reads files only."""
    with default_storage.open(storage_name, "rb") as source, target.open("wb") as copy:
        for chunk in source.chunks(2**20):
            copy.write(chunk)


def _keep(video: Video, made: Path, rendered: Rendered) -> dict[str, str]:
    """Move what was made into the storage; answers storage names by file name."""
    names = [file.name for file in rendered.files]
    names += [rendered.cover, rendered.cover_small, rendered.strip]
    kept = {}
    for name in names:
        wanted = f"{_folder(video)}/{name}"
        if not default_storage.exists(wanted):
            with (made / name).open("rb") as file:
                wanted = default_storage.save(wanted, File(file))
        kept[name] = wanted
    return kept


@transaction.atomic
def _publish(video: Video, rendered: Rendered, kept: dict[str, str]) -> None:
    for file in rendered.files:
        Rendition.objects.update_or_create(
            video=video,
            kind=file.kind,
            defaults={
                "file": kept[file.name],
                "width": file.width,
                "height": file.height,
                "size": file.size,
            },
        )
    video.duration_ms = round(rendered.seconds * 1000)
    video.width, video.height = rendered.width, rendered.height
    video.cover, video.cover_small = kept[rendered.cover], kept[rendered.cover_small]
    video.strip, video.peaks = kept[rendered.strip], rendered.peaks
    video.state, video.failure_code = Video.State.PUBLISHED, ""
    video.published_at = video.published_at or timezone.now()
    # Only what this job made: the caption may have been edited meanwhile.
    video.save(
        update_fields=[
            *("duration_ms", "width", "height", "cover", "cover_small", "strip", "peaks"),
            *("state", "failure_code", "published_at"),
        ]
    )
    _tell(video, 1.0)


def _fail(video: Video, code: str) -> None:
    video.state, video.failure_code = Video.State.FAILED, code
    video.save(update_fields=["state", "failure_code"])
    _tell(video, 0.0)


def _tell(video: Video, progress: float) -> None:
    event = {
        "type": "video.progress",
        "video": str(video.pk),
        "state": video.state,
        "progress": round(progress, 2),
        "detail": video.failure,
    }
    live.tell_user(video.author_id, event)


def _teller(video: Video) -> Progress:
    """Tells the author each tenth of the way, not each frame."""
    told = -1

    def tell(progress: float) -> None:
        nonlocal told
        tenth = int(progress * 10)
        if tenth > told and tenth < 10:
            told = tenth
            _tell(video, progress)

    return tell


@transaction.atomic
def retry_video(actor: User, video: Video) -> Video:
    """Prepare a failed video once more; nothing happens to one in another state."""
    _own(actor, video)
    if Video.objects.filter(pk=video.pk, state=Video.State.FAILED).update(
        state=Video.State.PROCESSING, failure_code=""
    ):
        enqueue("videos.process_video", video_id=str(video.pk))
    video.refresh_from_db()
    return video


@transaction.atomic
def edit_video(actor: User, video: Video, **fields: str) -> Video:
    """Change caption, alt_text or audience; `ValidationError` for values that cannot be."""
    _own(actor, video)
    for field in fields.keys() & {"caption", "alt_text", "audience"}:
        setattr(video, field, fields[field].strip())
    video.full_clean(exclude=["source", "author"])
    video.save(update_fields=["caption", "alt_text", "audience"])
    apply_caption(video)
    return video


def delete_video(actor: User, video: Video) -> None:
    """Take one's video away for good: rows first, then files, so that no row points at nothing."""
    _own(actor, video)
    remove_video(video)


def remove_video(video: Video) -> None:
    """Rows and files of a video, whoever decided it."""
    names = [video.source, video.cover, video.cover_small, video.strip]
    names += [rendition.file for rendition in video.renditions.all()]
    with transaction.atomic():
        video.delete()
        transaction.on_commit(lambda: _delete_files(names))


def _delete_files(names: list[str]) -> None:
    for name in filter(None, names):
        default_storage.delete(name)


def _own(actor: User, video: Video) -> None:
    if video.author_id != actor.pk:
        raise PermissionDenied
