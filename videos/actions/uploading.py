"""Videos sent in as one file, taken away."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from accounts import ports
from accounts.actions import count_stored, release_uploads
from accounts.models import User
from accounts.outbox import enqueue
from accounts.policy import permit, use
from videos import announcing
from videos.actions import borrowing
from videos.actions.captions import apply_caption
from videos.actions.defaults import video_settings_of
from videos.actions.describing import check_chosen, choose, describe
from videos.actions.films import let_clips_go
from videos.models import Clip, Video
from videos.notifications.telling import untell_of_video
from videos.transcoding import BadVideo, check_upload


def upload_video(
    author: User, file: Any, *, chosen: Iterable[User] | None = None, **said: Any
) -> Video:
    """Keep an uploaded file and have it prepared; the video is `processing` when this returns.

    `said` is what `describe` takes; the rest is as the author decided once for all. Raises
    `ValidationError` for what cannot be a video, with a code of transcoding/errors.py, and what
    `describe`, `choose` and `check_chosen` raise; `Refused` (upload.quota, policy.R43).
    """
    permit(use(author.person, "post"))
    try:
        check_upload(file, file.size)
    except BadVideo as bad:
        raise ValidationError({"file": ValidationError(bad.detail, code=bad.code)}) from bad
    video = Video(author=author, **video_settings_of(author).permissions)
    describe(video, said)
    clip = Clip(video=video, state=Clip.State.READY)
    # The person's file name is nobody's business, and no path of ours.
    clip.source = default_storage.save(f"{video.folder}/source-{uuid4().hex}", File(file))
    video.state = Video.State.PROCESSING
    try:
        with transaction.atomic():
            video.save()
            stored = count_stored(author, purpose="clip", file=clip.source, length=file.size)
            clip.upload = stored.pk
            clip.save()
            choose(video, chosen)
            check_chosen(video)
            apply_caption(video)
            enqueue("videos.process_video", video_id=str(video.pk))
    except BaseException:
        default_storage.delete(clip.source)
        raise
    return video


def delete_video(actor: User, video: Video) -> None:
    """Take one's video away for good, files and all; `PermissionDenied` where it is another's."""
    _own(actor, video)
    _remove(video)


@transaction.atomic
def _remove(video: Video) -> None:
    """Rows at once, so that from the commit on nobody can open it; files by a job."""
    names = video.files | let_clips_go(video.clips.select_related("video"))
    versions = list(video.versions.all())
    names |= {version.source for version in versions if version.source}
    release_uploads(version.upload for version in versions if version.upload)
    key = video.pk
    untell_of_video(video)
    borrowing.note_removed(video)
    video.delete()
    ports.card_changed("video", key)
    announcing.retract(key)
    enqueue("videos.delete_files", names=sorted(names))


def delete_files(names: list[str]) -> None:
    """Take files out of the storage; those already gone are no error, and what a video shows by
    now (again: the same film has the same name) stays."""
    folders = filter(None, map(_VIDEO_OF.match, names))
    videos = Video.objects.with_parts().filter(pk__in={folder["id"] for folder in folders})
    shown = {name for video in videos for name in video.files}
    for name in names:
        if name not in shown:
            default_storage.delete(name)


_VIDEO_OF = re.compile(r"videos/(?P<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})/")


def _own(actor: User, video: Video) -> None:
    if video.author_id != actor.pk:
        raise PermissionDenied
