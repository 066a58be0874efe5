"""What moderators see and hear of reported videos and sounds (EXHIBITORS)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from accounts.ports import ExhibitFile, Exhibits
from videos.models import Sound, Video


def of_video(object_id: UUID, evidence: Mapping[str, Any]) -> Exhibits:
    """The smallest way to play it, public or not, as long as its files are there."""
    video = Video.objects.with_parts().filter(pk=object_id).first()
    return Exhibits(files=_played(video)) if video else Exhibits()


def of_comment(object_id: UUID, evidence: Mapping[str, Any]) -> Exhibits:
    """The video under which it stands."""
    return of_video(UUID(evidence["video"]), evidence) if evidence.get("video") else Exhibits()


def of_sound(object_id: UUID, evidence: Mapping[str, Any]) -> Exhibits:
    """The sound itself, and its cover."""
    sound = Sound.objects.filter(pk=object_id).first()
    if sound is None or not sound.file:
        return Exhibits()
    return Exhibits(files=(ExhibitFile(str(sound.pk), sound.file, "sound", sound.name),))


def _played(video: Video) -> tuple[ExhibitFile, ...]:
    playable = list(video.playable_files.values())
    if playable:
        return (
            ExhibitFile(str(video.pk), playable[-1], "film", video.alt_text, poster=video.cover),
        )
    if video.cover:
        return (ExhibitFile(str(video.pk), video.cover, "picture", video.alt_text),)
    return ()
