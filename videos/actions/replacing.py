"""Another film for a published video: prepared beside the one that plays, then in its place.

Likes, comments, views and links stay; so does the old film where the new one cannot be shown.
"""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import audit
from accounts.actions import count_stored, release_uploads
from accounts.models import User
from accounts.outbox import enqueue
from accounts.text import clean_name
from videos.actions.progress import tell_version
from videos.models import Video, VideoVersion
from videos.models.version import NAME_LENGTH
from videos.refusals import conflict, refused
from videos.transcoding import BadVideo, check_upload

State = VideoVersion.State


def replace_film(author: User, video: Video, file: Any) -> VideoVersion:
    """Keep an uploaded file and have it prepared; the video plays as before when this returns.

    Raises `ValidationError` for what cannot be a video, `Refused` (upload.quota), and what
    `begin_version` raises.
    """
    try:
        check_upload(file, file.size)
    except BadVideo as bad:
        raise ValidationError({"file": ValidationError(bad.detail, code=bad.code)}) from bad
    source = default_storage.save(f"{video.folder}/source-{uuid4().hex}", File(file))
    try:
        with transaction.atomic():
            size = file.size
            stored = count_stored(author, purpose="version", file=source, length=size)
            version = begin_version(
                author, video, name=file.name or "", size=size, upload=stored.pk
            )
            _take(version, source)
    except BaseException:
        default_storage.delete(source)
        raise
    return version


@transaction.atomic
def begin_version(
    author: User, video: Video, *, name: str, size: int, upload: UUID
) -> VideoVersion:
    """A film is on its way. Raises `PermissionDenied` for others' videos, `Refused`
    (replace.unpublished, replace.made_with, replace.too_often), `Conflict` (replace.under_way)."""
    held = hold_video(video.pk)
    if held is None or held.author_id != author.pk:
        raise PermissionDenied
    _permit(held)
    _note_first(held)
    newest = held.versions.first()
    return VideoVersion.objects.create(
        video=held,
        number=newest.number + 1 if newest else 1,
        state=State.UPLOADING,
        made_by=author,
        upload=upload,
        name=clean_name(name)[:NAME_LENGTH],
        size=size,
    )


def _permit(video: Video) -> None:
    if not video.is_published:
        raise refused("replace.unpublished")
    if video.is_made_of_parent:
        raise refused("replace.made_with")
    if video.versions.filter(state__in=VideoVersion.UNDER_WAY).exists():
        raise conflict("replace.under_way")
    today = timezone.now() - VideoVersion.A_DAY
    if video.versions.filter(number__gt=1, created_at__gt=today).count() >= VideoVersion.MOST_A_DAY:
        raise refused("replace.too_often")


def _note_first(video: Video) -> None:
    """What the video was made as is its first version."""
    if video.versions.exists():
        return
    VideoVersion.objects.create(
        video=video,
        number=1,
        state=State.CURRENT,
        made_by=video.author,
        size=sum(one.size for one in video.renditions.all() if one.kind == "720"),
        duration_ms=video.duration_ms,
        width=video.width,
        height=video.height,
        created_at=video.created_at,
        began_at=video.published_at,
    )


def _take(version: VideoVersion, source: str) -> None:
    """All of it is here."""
    version.source, version.state = source, State.PREPARING
    version.save(update_fields=["source", "state"])
    enqueue("videos.prepare_version", version_id=str(version.pk))
    tell_version(version, 0.0)


@transaction.atomic
def take_version_back(author: User, video: Video) -> None:
    """Stop what is on its way; `PermissionDenied` for others' videos, `Http404` without any."""
    held = hold_video(video.pk)
    if held is None or held.author_id != author.pk:
        raise PermissionDenied
    version = held.versions.filter(state__in=VideoVersion.UNDER_WAY).first()
    if version is None:
        raise Http404
    let_go(version)
    version.delete()


class VersionReceiver:
    """Takes uploads for the purpose "version" (UPLOAD_RECEIVERS); each names its video."""

    @property
    def largest(self) -> int:
        return settings.VIDEO_MAX_BYTES

    def begin(self, upload: Any) -> None:
        """`Http404` for no video of theirs, and what `begin_version` raises."""
        video = _own(upload.owner, upload.told.get("video", ""))
        name, size = upload.name, upload.length
        begin_version(upload.owner, video, name=name, size=size, upload=upload.pk)

    def receive(self, upload: Any) -> None:
        """`Http404` where it was taken back meanwhile."""
        waiting = VideoVersion.objects.select_related("video")
        version = waiting.filter(upload=upload.pk, state=State.UPLOADING).first()
        if version is None:
            raise Http404
        _take(version, upload.file)

    def forget(self, upload: Any) -> None:
        VideoVersion.objects.filter(upload=upload.pk, state=State.UPLOADING).delete()


def _own(owner: User, key: str) -> Video:
    try:
        return Video.objects.get(pk=UUID(key), author=owner)
    except (ValueError, Video.DoesNotExist):
        raise Http404 from None


def let_go(version: VideoVersion) -> None:
    """Its film goes by a job, and no longer counts against its owner."""
    if version.upload:
        release_uploads([version.upload])
    if version.source:
        enqueue("videos.delete_files", names=[version.source])


def hold_video(key: UUID) -> Video | None:
    """The row until the transaction ends; None where it is gone."""
    rows = Video.objects.select_for_update(of=("self",)).select_related("author")
    return rows.filter(pk=key).first()


# --- Moderators -----------------------------------------------------------------------------------


@transaction.atomic
def review_version(moderator: User, version: VideoVersion) -> None:
    """A moderator has looked at the new film; `PermissionDenied` for others."""
    if not moderator.is_staff:
        raise PermissionDenied
    unseen = VideoVersion.objects.filter(pk=version.pk, reviewed_at=None)
    unseen.update(reviewed_at=timezone.now(), reviewed_by=moderator)
    audit.record(
        moderator,
        "version.reviewed",
        kind="video",
        object_id=version.video_id,
        number=version.number,
    )
