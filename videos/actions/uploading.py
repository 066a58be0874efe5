"""Videos sent in as one file, changed after posting, taken away."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from accounts import ports
from accounts.actions import release_uploads
from accounts.models import User
from accounts.outbox import enqueue
from accounts.text import clean_lines, clean_name
from videos.actions import borrowing
from videos.actions.captions import apply_caption
from videos.models import Clip, Sound, Video
from videos.transcoding import BadVideo, check_upload

# What the author may change, and how each is tidied.
CLEANERS: dict[str, Callable[[Any], Any]] = {
    "caption": clean_lines,
    "alt_text": clean_name,
    "audience": str,
    "lends_sound": bool,
}


def upload_video(
    author: User,
    file: Any,
    *,
    caption: str = "",
    audience: str = Video.Audience.PUBLIC,
    alt_text: str = "",
    lends_sound: bool = False,
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
        lends_sound=lends_sound,
    )
    video.full_clean()
    clip = Clip(video=video, state=Clip.State.READY)
    # The person's file name is nobody's business, and no path of ours.
    clip.source = default_storage.save(f"{video.folder}/source-{uuid4().hex}", File(file))
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


@transaction.atomic
def edit_video(actor: User, video: Video, **fields: Any) -> Video:
    """Change caption, alt_text, audience, lends_sound; `ValidationError` for impossible values."""
    _own(actor, video)
    for field in fields.keys() & CLEANERS.keys():
        setattr(video, field, CLEANERS[field](fields[field]))
    video.full_clean(exclude=["author"])
    video.save(update_fields=["caption", "alt_text", "audience", "lends_sound"])
    Sound.objects.filter(video=video).update(is_open=video.lends_sound)
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
    clips = video.clips.all()
    names = video.files.union(*(clip.files for clip in clips))
    release_uploads(clip.upload for clip in clips if clip.upload)
    key = video.pk
    borrowing.note_removed(video)
    video.delete()
    ports.card_changed("video", key)
    enqueue("videos.delete_files", names=sorted(names))


def delete_files(names: list[str]) -> None:
    """Take files out of the storage; those already gone are no error."""
    for name in names:
        default_storage.delete(name)


def _own(actor: User, video: Video) -> None:
    if video.author_id != actor.pk:
        raise PermissionDenied
