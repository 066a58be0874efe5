"""Source films of a draft: announced, received, looked into, made ready for the editor."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts import live
from accounts.models import Upload, User
from accounts.outbox import enqueue
from videos.actions.films import let_clips_go
from videos.models import Clip, Video
from videos.sources import keep, local_file
from videos.transcoding import BadVideo, Probe, make_preview, probe

MOST_CLIPS = 20


class ClipReceiver:
    """Takes uploads for the purpose "clip" (UPLOAD_RECEIVERS). A clip has the id of its upload; it
    hangs on the draft that the upload names, or on a new one."""

    @property
    def largest(self) -> int:
        return settings.VIDEO_MAX_BYTES

    def begin(self, upload: Upload) -> None:
        """`Http404` for no draft of theirs, `ValidationError` (draft.full)."""
        draft = _draft(upload.owner, upload.told.get("draft", ""))
        position = draft.clips.count()
        if position >= MOST_CLIPS:
            raise ValidationError(_("A video holds at most 20 clips."), code="draft.full")
        Clip.objects.create(pk=upload.pk, upload=upload.pk, video=draft, position=position)

    def receive(self, upload: Upload) -> None:
        """`Http404` where the draft or the clip was deleted meanwhile."""
        waiting = Clip.objects.filter(upload=upload.pk, state=Clip.State.UPLOADING)
        if not waiting.update(source=upload.file, state=Clip.State.CHECKING):
            raise Http404
        enqueue("videos.check_clip", clip_id=str(upload.pk))
        _tell(Clip.objects.get(upload=upload.pk))

    def forget(self, upload: Upload) -> None:
        Clip.objects.filter(upload=upload.pk, state=Clip.State.UPLOADING).delete()


def _draft(author: User, key: str) -> Video:
    """Under a lock, so that two clips cannot both take the last place."""
    if not key:
        return Video.objects.create(author=author, state=Video.State.DRAFT)
    drafts = Video.objects.select_for_update().filter(author=author, state=Video.State.DRAFT)
    try:
        return drafts.get(pk=UUID(key))
    except (ValueError, Video.DoesNotExist):
        raise Http404 from None


def check_clip(clip_id: UUID | str) -> None:
    """Look into what was uploaded: `ready`, or `refused` with its code; safe to run twice."""
    clip = Clip.objects.filter(pk=clip_id, state=Clip.State.CHECKING).first()
    if clip is None:
        return
    try:
        with local_file(clip.source) as source:
            facts = probe(source)
    except BadVideo as bad:
        _refuse(clip, bad.code)
    else:
        _be_ready(clip, facts)


@transaction.atomic
def _be_ready(clip: Clip, facts: Probe) -> None:
    checking = Clip.objects.filter(pk=clip.pk, state=Clip.State.CHECKING)
    if checking.update(
        state=Clip.State.READY,
        duration_ms=round(facts.seconds * 1000),
        width=facts.width,
        height=facts.height,
        has_audio=facts.has_audio,
    ):
        enqueue("videos.preview_clip", clip_id=str(clip.pk))
        clip.refresh_from_db()
        _tell(clip)


@transaction.atomic
def _refuse(clip: Clip, code: str) -> None:
    """Nobody needs the file of a clip that cannot be shown; the row says why to its owner."""
    standing = Clip.objects.filter(pk=clip.pk).exclude(state=Clip.State.REFUSED)
    if standing.update(state=Clip.State.REFUSED, failure_code=code, source="", preview=""):
        _let_go([clip])
        clip.refresh_from_db()
        _tell(clip)


def refuse_clips(video: Video, code: str) -> None:
    """What the video was made of can be used for nothing."""
    for clip in video.clips.exclude(state=Clip.State.REFUSED):
        _refuse(clip, code)


def give_up_clip(clip_id: UUID | str) -> None:
    """The machine failed every time it was asked to look into it: say so to its owner."""
    clip = Clip.objects.filter(pk=clip_id, state=Clip.State.CHECKING).first()
    if clip is not None:
        _refuse(clip, "video.encode_failed")


def preview_clip(clip_id: UUID | str) -> None:
    """Make what the editor plays and draws of a clip, while it is still a draft's.

    Safe to run twice. A clip that cannot be read to its end is refused now.
    """
    clip = Clip.objects.filter(pk=clip_id, state=Clip.State.READY, preview="").first()
    if clip is None or clip.video.state != Video.State.DRAFT:
        return
    with TemporaryDirectory(prefix="medley-clip-") as folder:
        made = Path(folder) / "preview.mp4"
        try:
            with local_file(clip.source) as source:
                peaks = make_preview(source, made)
        except BadVideo as bad:
            _refuse(clip, bad.code)
        else:
            _keep_preview(clip, keep(made, f"videos/{clip.video_id}/clip-{clip.pk}.mp4"), peaks)


@transaction.atomic
def _keep_preview(clip: Clip, name: str, peaks: list[int]) -> None:
    if Clip.objects.filter(pk=clip.pk).update(preview=name, peaks=peaks):
        clip.preview, clip.peaks = name, peaks
        _tell(clip)
    else:  # deleted meanwhile
        enqueue("videos.delete_files", names=[name])


@transaction.atomic
def remove_clip(actor: User, clip: Clip) -> None:
    """Take a clip out of one's own draft for good, also while it is on its way.

    `PermissionDenied` for another's, or once the video is more than a draft.
    """
    if clip.video.author_id != actor.pk or clip.video.state != Video.State.DRAFT:
        raise PermissionDenied
    _let_go([clip])
    clip.delete()


def _let_go(clips: list[Clip]) -> None:
    """Files go by a job, and no longer count against their owner."""
    if names := let_clips_go(clips):
        enqueue("videos.delete_files", names=sorted(names))


def _tell(clip: Clip) -> None:
    event: dict[str, Any] = {"type": "clip.changed", "clip": clip.card()}
    live.tell_user(clip.video.author_id, event)
