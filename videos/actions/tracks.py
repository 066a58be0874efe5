"""Subtitles: written, replaced and deleted by the author, a language at a time."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from videos.models import CaptionTrack, Video
from videos.refusals import conflict, refused
from videos.subtitles import Cue, check_cues, validate_language

MOST_LANGUAGES = 20


@transaction.atomic
def write_track(
    author: User, video: Video, language: str, cues: Iterable[Cue], *, version: int | None = None
) -> CaptionTrack:
    """Keep these as the video's subtitles in a language, in place of what was there.

    With `version`, the one that was seen (0: there were none), another device's change is not
    overwritten. Raises `PermissionDenied` for others' videos, `ValidationError`
    (subtitles.language, and of `check_cues`), `Refused` (subtitles.too_many_languages), `Conflict`
    (subtitles.changed).
    """
    held = _hold_own(author, video)
    validate_language(language)
    checked = check_cues(cues, duration_ms=held.duration_ms)
    track = held.tracks.filter(language=language).first() or _begin(held, language)
    if version is not None and version != track.version:
        raise conflict("subtitles.changed")
    track.cues = [cue.as_json() for cue in checked]
    track.version += 1
    track.changed_at = timezone.now()
    track.save()
    _note_languages(held)
    return track


@transaction.atomic
def delete_track(author: User, video: Video, language: str) -> None:
    """Take the subtitles of one language away. `PermissionDenied` for others' videos, `Http404`
    where there are none."""
    held = _hold_own(author, video)
    deleted, _rows = held.tracks.filter(language=language).delete()
    if not deleted:
        raise Http404
    _note_languages(held)


def _begin(video: Video, language: str) -> CaptionTrack:
    if video.tracks.count() >= MOST_LANGUAGES:
        raise refused("subtitles.too_many_languages")
    return CaptionTrack(video=video, language=language, version=0)


def _hold_own(author: User, video: Video) -> Video:
    held = Video.objects.select_for_update().filter(pk=video.pk).first()
    if held is None:
        raise Http404
    if held.author_id != author.pk:
        raise PermissionDenied
    return held


def _note_languages(video: Video) -> None:
    """The row of the video says which there are, so that a feed asks nothing else."""
    video.subtitle_languages = list(video.tracks.order_by("pk").values_list("language", flat=True))
    video.save(update_fields=["subtitle_languages"])
