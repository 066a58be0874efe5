"""Sounds: kept for later, lent and taken back, lifted out of the videos that brought them."""

import tempfile
from pathlib import Path
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from accounts import live, ports
from accounts.models import User
from accounts.outbox import enqueue
from accounts.policy import permit
from videos.actions.drafts import begin_draft
from videos.models import SavedSound, Sound, Video
from videos.rights import reuse_refusal
from videos.sounds.hearing import BadSound, Heard, hear
from videos.sounds.recognition import recognise, remember
from videos.sources import keep, local_file

SILENCED_AT_ONCE = 100


def save_sound(actor: User, sound: Sound) -> None:
    """Keep it for later; a second time changes nothing. `Http404` for what the actor cannot see."""
    if not Sound.objects.visible_to(actor).filter(pk=sound.pk).exists():
        raise Http404
    SavedSound.objects.get_or_create(user=actor, sound=sound)


def unsave_sound(actor: User, sound: Sound) -> None:
    """Keep it no more."""
    SavedSound.objects.filter(user=actor, sound=sound).delete()


def begin_with_sound(actor: User, sound: Sound) -> Video:
    """A draft with the sound under it. Raises `Http404` for what the actor cannot hear, `Refused`
    (policy.R5, sound.closed, remix.audience, draft.too_many)."""
    if not Sound.objects.visible_to(actor).filter(pk=sound.pk).exists():
        raise Http404
    permit(reuse_refusal(actor, sound))
    return begin_draft(actor, recipe={"segments": [], "music": {"sound": str(sound.pk)}})


# --- Lending --------------------------------------------------------------------------------------


@transaction.atomic
def lend_sound(owner: User, sound: Sound, *, is_open: bool) -> Sound:
    """Let others use the sound of one's video, or nobody new from now on: videos that have it
    already keep it (`withdraw_sound` takes it out of them). `PermissionDenied` for others'."""
    _own(owner, sound)
    sound.is_open = is_open
    sound.save(update_fields=["is_open"])
    Video.objects.filter(own_sound=sound).update(lends_sound=is_open)
    ports.card_changed("sound", sound.pk)
    return sound


@transaction.atomic
def withdraw_sound(owner: User, sound: Sound) -> None:
    """Take one's sound out of every video that others made with it: nobody can choose it from now
    on, and a job silences it where it plays. Consent that cannot be taken back is none."""
    lend_sound(owner, sound, is_open=False)
    enqueue("videos.withdraw_sound", sound_id=str(sound.pk))


def silence_uses(sound_id: UUID | str, *, for_good: bool = False) -> None:
    """The job behind them: take the sound out of everybody else's videos, a hundred at a time;
    who made them is told. The row goes too where its video is gone; safe to run twice."""
    sound = Sound.objects.filter(pk=sound_id).first()
    if sound is None:
        return
    uses = Video.objects.filter(sound=sound).exclude(author=sound.owner_id if sound.video else None)
    while batch := list(uses.order_by("pk")[:SILENCED_AT_ONCE]):
        for video in batch:
            _silence(video, sound)
    if for_good or (sound.is_original and sound.video_id is None):
        _remove(sound)


@transaction.atomic
def _silence(video: Video, sound: Sound) -> None:
    """Without the music; what was prepared with it is prepared anew, the picture copied."""
    held = Video.objects.select_for_update().filter(pk=video.pk, sound=sound).first()
    if held is None:
        return
    held.sound, held.sound_start_ms = None, 0
    held.recipe = {**held.recipe, "music": None} if held.recipe else held.recipe
    held.recipe_version += 1
    if held.state == Video.State.SCHEDULED:
        held.state = Video.State.PROCESSING
    held.save(update_fields=["sound", "sound_start_ms", "recipe", "recipe_version", "state"])
    if held.is_published:
        sound.count_use(-1)
    if held.state in (Video.State.PUBLISHED, Video.State.PROCESSING):
        enqueue("videos.process_video", video_id=str(held.pk))
    event = {"type": "video.silenced", "video": str(held.pk), "sound": sound.name}
    live.tell_user(held.author_id, event)


@transaction.atomic
def _remove(sound: Sound) -> None:
    names = [name for name in (sound.file, sound.cover) if name]
    key = sound.pk
    sound.delete()
    ports.card_changed("sound", key)
    enqueue("videos.delete_files", names=names)


def let_go_of_own_sound(video: Video) -> None:
    """The film it was lifted out of is replaced: it goes, unless somebody made a video with it.

    Call it in the transaction that replaces."""
    own = Sound.objects.filter(video=video).select_related("contains").first()
    if own is None or own.use_count:
        return
    if own.contains is not None:
        own.contains.count_use(-1)
    _remove(own)


def _own(owner: User, sound: Sound) -> None:
    if not sound.is_original or sound.owner_id != owner.pk:
        raise PermissionDenied


# --- Lifting --------------------------------------------------------------------------------------


def lift_sound(video_id: UUID | str) -> None:
    """Make the sound of a published video a sound of its own; safe to run twice.

    Not where the sound is somebody else's: under music, and in a duet or stitch. Not silence.
    """
    video = Video.objects.published().with_parts().filter(pk=video_id).first()
    if video is None or video.sound_id or video.is_made_of_parent:
        return
    film = video.playable_files.get("720")
    if film is None:
        return
    with tempfile.TemporaryDirectory(prefix="medley-sound-") as name, local_file(film) as path:
        try:
            heard = hear(path, Path(name))
        except BadSound:  # a film without a sound track
            return
        if not heard.is_silent:
            _keep_lifted(video, heard, Path(name))


def _keep_lifted(video: Video, heard: Heard, folder: Path) -> None:
    contained = recognise(heard.fingerprint, other_than=_own_sound_id(video))
    with transaction.atomic():
        if not Video.objects.select_for_update().filter(pk=video.pk).exists():
            return
        sound, _is_new = Sound.objects.get_or_create(
            video=video,
            defaults={
                "kind": Sound.Kind.ORIGINAL,
                "owner": video.author,
                "is_open": video.lends_sound,
                "duration_ms": round(heard.seconds * 1000),
            },
        )
        sound.file = keep(folder / heard.file, f"sounds/{sound.pk}/{heard.file}")
        sound.duration_ms, sound.peaks = round(heard.seconds * 1000), heard.peaks
        newly_contained = contained if contained and sound.contains_id != contained.pk else None
        sound.contains = contained
        sound.save()
        remember(sound, heard.fingerprint)
        if newly_contained:
            newly_contained.count_use(1)
        if contained and contained.removed_at:
            enqueue("videos.resound", sound_id=str(contained.pk))


def _own_sound_id(video: Video) -> UUID | None:
    return Sound.objects.filter(video=video).values_list("pk", flat=True).first()
