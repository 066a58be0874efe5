"""From a file to a published video, and back out again."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts import live, ports
from accounts.models import User
from accounts.outbox import enqueue
from accounts.text import clean_lines, clean_name
from videos.actions import borrowing
from videos.actions.captions import apply_caption
from videos.models import Clip, Rendition, Video
from videos.transcoding import BadVideo, Rendered, check_upload, render

Progress = Callable[[float], None]
PROGRESS_KEPT = 60 * 60  # seconds

# What the author may change, and how each is tidied.
CLEANERS: dict[str, Callable[[str], str]] = {
    "caption": clean_lines,
    "alt_text": clean_name,
    "audience": str,
}


def upload_video(
    author: User,
    file: Any,
    *,
    caption: str = "",
    audience: str = Video.Audience.PUBLIC,
    alt_text: str = "",
) -> Video:
    """Keep an uploaded file and have it prepared; the video is `processing` when this returns.

    Raises `ValidationError` for what cannot be a video, with a code of transcoding/errors.py.
    """
    try:
        check_upload(file, file.size)
    except BadVideo as bad:
        raise ValidationError({"file": ValidationError(bad.detail, code=bad.code)}) from bad
    video = Video(
        author=author,
        caption=clean_lines(caption),
        audience=audience,
        alt_text=clean_name(alt_text),
    )
    video.full_clean()
    clip = Clip(video=video, state=Clip.State.READY)
    # The person's file name is nobody's business, and no path of ours.
    clip.source = default_storage.save(f"{_folder(video)}/source-{uuid4().hex}", File(file))
    video.state = Video.State.PROCESSING
    try:
        with transaction.atomic():
            video.save()
            clip.save()
            apply_caption(video)
            enqueue("videos.process_video", video_id=str(video.pk))
    except BaseException:
        default_storage.delete(clip.source)
        raise
    return video


def process_video(video_id: UUID | str) -> None:
    """Make the renditions and publish; safe to run twice, and after a death at any stage.

    What is wrong with the file is noted on the video (`failed`, with its code); what is wrong
    with the machine is raised, so that the job is tried again.
    """
    video = Video.objects.filter(pk=video_id).exclude(state=Video.State.PUBLISHED).first()
    clip = video and video.clips.first()
    if video is None or clip is None:
        return
    with tempfile.TemporaryDirectory(prefix="medley-video-") as name:
        source, made = Path(name) / "source", Path(name) / "made"
        _fetch(clip.source, source)
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
        kept[name] = _store(made / name, f"{_folder(video)}/{name}")
    return kept


def _store(file: Path, wanted: str) -> str:
    """A hash in the name says that what is there is the same, unless a dead worker left half."""
    if default_storage.exists(wanted):
        if default_storage.size(wanted) == file.stat().st_size:
            return wanted
        default_storage.delete(wanted)
    with file.open("rb") as content:
        return default_storage.save(wanted, File(content))


@transaction.atomic
def _publish(video: Video, rendered: Rendered, kept: dict[str, str]) -> None:
    if not Video.objects.select_for_update().filter(pk=video.pk).exists():
        # Deleted while it was being prepared: nobody else knows of these files.
        enqueue("videos.delete_files", names=list(kept.values()))
        return
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
    is_first_time = video.published_at is None
    video.state, video.failure_code = Video.State.PUBLISHED, ""
    video.published_at = video.published_at or timezone.now()
    # Only what this job made: the caption may have been edited meanwhile.
    video.save(
        update_fields=[
            *("duration_ms", "width", "height", "cover", "cover_small", "strip", "peaks"),
            *("state", "failure_code", "published_at"),
        ]
    )
    if is_first_time:
        borrowing.note_published(video)
    ports.card_changed("video", video.pk)
    _tell(video, 1.0)


def _fail(video: Video, code: str) -> None:
    video.state, video.failure_code = Video.State.FAILED, code
    # Not `save`: the video may have been deleted meanwhile.
    Video.objects.filter(pk=video.pk).update(state=video.state, failure_code=code)
    _tell(video, 0.0)


def give_up_video(video_id: UUID | str) -> None:
    """The machine failed every time it was asked to prepare this video: say so to its author."""
    video = Video.objects.filter(pk=video_id, state=Video.State.PROCESSING).first()
    if video is not None:
        _fail(video, "video.encode_failed")


def progress_of(video: Video) -> float:
    """How far the preparing is, 0 to 1, as last told; 0 where nobody remembers."""
    return cache.get(_progress_key(video), 0.0)


def _progress_key(video: Video) -> str:
    return f"video-progress-{video.pk}"


def _tell(video: Video, progress: float) -> None:
    # For pages that ask because they have no socket.
    cache.set(_progress_key(video), progress, PROGRESS_KEPT)
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
    """Prepare a failed video once more; nothing happens to one in another state.

    Its author may, and staff: `PermissionDenied` for others.
    """
    if not actor.is_staff:
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
    for field in fields.keys() & CLEANERS.keys():
        setattr(video, field, CLEANERS[field](fields[field]))
    video.full_clean(exclude=["author"])
    video.save(update_fields=["caption", "alt_text", "audience"])
    apply_caption(video)
    ports.card_changed("video", video.pk)
    return video


def delete_video(actor: User, video: Video) -> None:
    """Take one's video away for good, files and all; `PermissionDenied` where it is another's."""
    _own(actor, video)
    _remove(video)


def take_down_video(moderator: User, video: Video) -> None:
    """Take somebody's video away for good; `PermissionDenied` for who is no moderator."""
    if not moderator.is_staff:
        raise PermissionDenied
    _remove(video)


@transaction.atomic
def _remove(video: Video) -> None:
    """Rows at once, so that from the commit on nobody can open it; files by a job."""
    names = [video.cover, video.cover_small, video.strip]
    for part in [*video.clips.all(), *video.renditions.all()]:
        names += part.files
    key = video.pk
    borrowing.note_removed(video)
    video.delete()
    ports.card_changed("video", key)
    enqueue("videos.delete_files", names=[name for name in names if name])


def delete_files(names: list[str]) -> None:
    """Take files out of the storage; those already gone are no error."""
    for name in names:
        default_storage.delete(name)


def _own(actor: User, video: Video) -> None:
    if video.author_id != actor.pk:
        raise PermissionDenied
