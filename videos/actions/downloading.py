"""Copies to take along: made when somebody first wishes for one, kept for some days."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import OutboxJob, User
from accounts.outbox import enqueue
from accounts.policy import permit
from videos import rights, transcoding
from videos.actions.attempts import Stage, attempt_at
from videos.models import Rendition, Video
from videos.models.files import DOWNLOAD
from videos.sources import keep, local_file
from videos.transcoding import RenditionFile
from videos.workplaces import workplace

KEPT = timedelta(days=3)
JOB = "videos.make_download"
REMEMBERED = 60 * 60  # seconds for which the progress, or a failure, is told
FAILED = -1


@dataclass(frozen=True, slots=True)
class Download:
    """How the copy of a video stands; `file` is its rendition once it is ready."""

    state: str
    percent: int = 0
    file: Any = None

    NONE, PREPARING, READY, FAILED = STATES = ("none", "preparing", "ready", "failed")

    @property
    def size(self) -> int | None:
        """Bytes; None before it is ready."""
        return self.file.size if self.file else None


def download_of(actor: User, video: Video) -> Download:
    """How it stands, for whoever may have it: raises `Refused` (policy.R5, remix.audience)."""
    permit(rights.download_refusal(actor, video))
    return _standing(video)


@transaction.atomic
def ask_for_download(actor: User, video: Video) -> Download:
    """Have it made, unless it is there or on its way. Raises as `download_of`."""
    # One at a time: two wishes make one job.
    Video.objects.select_for_update(of=("self",)).get(pk=video.pk)
    standing = download_of(actor, video)
    if standing.state in (Download.READY, Download.PREPARING):
        return standing
    cache.delete(_key(video.pk))
    enqueue(JOB, video_id=str(video.pk))
    return Download(Download.PREPARING)


def _standing(video: Video) -> Download:
    if video.download is not None:
        return Download(Download.READY, 100, video.download)
    told = cache.get(_key(video.pk), 0)
    if _is_waited_for(video):
        return Download(Download.PREPARING, max(told, 0))
    return Download(Download.FAILED if told == FAILED else Download.NONE)


def _is_waited_for(video: Video) -> bool:
    jobs = OutboxJob.objects.filter(done_at__isnull=True, parked_at__isnull=True, task=JOB)
    return jobs.filter(arguments={"video_id": str(video.pk)}).exists()


def _key(video_id: UUID | str) -> str:
    return f"video-download-{video_id}"


# --- Jobs -----------------------------------------------------------------------------------------


def make_download(video_id: UUID | str) -> None:
    """Make the copy of a published video; safe to run twice."""
    video = Video.objects.published().with_parts().filter(pk=video_id).first()
    if video is None or video.download is not None or "720" not in video.playable_files:
        return
    with attempt_at(video, Stage.RENDER) as attempt, ExitStack() as opened:
        film = opened.enter_context(local_file(video.playable_files["720"]))
        folder = opened.enter_context(workplace())
        name = video.author.get_username()
        tell = partial(_tell, video)
        made = transcoding.make_download(film, name, folder, progress=tell)
        attempt.enter(Stage.STORE)
        _keep(video, made, keep(folder / made.name, f"{video.folder}/{made.name}"))


def _tell(video: Video, part: float) -> None:
    cache.set(_key(video.pk), round(part * 100), REMEMBERED)


@transaction.atomic
def _keep(video: Video, made: RenditionFile, file: str) -> None:
    held = Video.objects.select_for_update(of=("self",)).with_parts().filter(pk=video.pk).first()
    if held is None or held.rendered_version != video.rendered_version:
        enqueue("videos.delete_files", names=[file])  # gone, or another film by now
        return
    size = {"width": made.width, "height": made.height, "size": made.size}
    Rendition.objects.update_or_create(
        video=held,
        kind=DOWNLOAD,
        defaults={"file": file, "recipe_version": held.rendered_version, **size},
    )
    OutboxJob.objects.create(
        task="videos.drop_download",
        arguments={"video_id": str(video.pk), "file": file},
        due_at=timezone.now() + KEPT,
    )


def give_up_download(video_id: UUID | str) -> None:
    """It could not be made: say so to whoever waits for it."""
    cache.set(_key(video_id), FAILED, REMEMBERED)


def drop_download(video_id: UUID | str, file: str) -> None:
    """Its days are over; it is made again when somebody wishes for it."""
    Rendition.objects.filter(video=UUID(str(video_id)), kind=DOWNLOAD, file=file).delete()
    default_storage.delete(file)
