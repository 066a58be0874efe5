"""Another cover for a posted video: a moment of its own film."""

from contextlib import ExitStack
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import ports
from accounts.models import User
from accounts.outbox import enqueue
from accounts.screening import Held, screen
from videos.actions.keeping import delete_later, discard, store_all
from videos.models import Video
from videos.refusals import invalid, refused
from videos.screening import brought
from videos.sources import local_file
from videos.transcoding import make_cover
from videos.workplaces import workplace


@transaction.atomic
def choose_cover(actor: User, video: Video, at_ms: int) -> None:
    """Have the picture at that moment made the cover, within seconds.

    Raises `PermissionDenied` where it is another's, `Refused` (cover.unpublished),
    `ValidationError` (cover.range).
    """
    if video.author_id != actor.pk:
        raise PermissionDenied
    if not video.is_published:
        raise refused("cover.unpublished")
    if not 0 <= at_ms <= video.duration_ms:
        raise invalid("cover.range", "at_ms")
    Video.objects.filter(pk=video.pk).update(revised_at=timezone.now())
    enqueue("videos.make_cover", video_id=str(video.pk), at_ms=at_ms)


def make_cover_of(video_id: UUID | str, at_ms: int) -> None:
    """Take the picture and put it in the place of the old one; where the film was changed
    meanwhile, or this moment is on a list (R44), its own cover stays. Running it twice gives the
    same."""
    video = Video.objects.with_parts().filter(pk=video_id).first()
    film = video.playable_files.get("720") if video else None
    if video is None or film is None:
        return
    with ExitStack() as opened:
        folder = opened.enter_context(workplace())
        made = make_cover(opened.enter_context(local_file(film)), folder, at_ms)
        try:
            screen(brought(video), [folder / made.large])
        except Held:
            return
        kept = store_all(video, folder, [made.large, made.small])
    _put(video, film, kept[made.large], kept[made.small])


@transaction.atomic
def _put(video: Video, film: str, large: str, small: str) -> None:
    rows = Video.objects.select_for_update(of=("self",))
    held = rows.filter(pk=video.pk, renditions__file=film).first()
    if held is None:
        discard(video, [large, small])
        return
    before = {held.cover, held.cover_small} - {large, small, ""}
    held.cover, held.cover_small = large, small
    held.save(update_fields=["cover", "cover_small"])
    delete_later(before)
    ports.card_changed("video", held.pk)
