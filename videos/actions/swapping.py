"""The job that prepares a film beside the one that plays, and lets it take its place."""

import hashlib
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import ports
from accounts.models import User
from accounts.outbox import enqueue
from accounts.screening import Held, screen
from videos.actions.attempts import Stage, attempt_at
from videos.actions.films import let_clips_go
from videos.actions.keeping import delete_later, discard, keep_film, store_all
from videos.actions.processing import PASSING
from videos.actions.progress import tell_version, version_teller
from videos.actions.replacing import hold_video, let_go
from videos.actions.sounds import let_go_of_own_sound
from videos.models import Clip, Sound, Video, VideoVersion
from videos.recipes import Recipe, of_clips
from videos.screening import brought
from videos.sources import local_file
from videos.transcoding import BadVideo, Ingredients, Probe, Rendered, probe, render_recipe
from videos.workplaces import workplace

State = VideoVersion.State


def prepare_version(version_id: UUID | str) -> None:
    """The job: make what players get of the new film, then let it take the old one's place. Safe to
    run twice. What is wrong with the machine is raised, so that it is tried again."""
    version = _waiting(version_id)
    if version is None:
        return
    try:
        _prepare(version)
    except Held:
        give_up_version(version.pk, "media.held")
    except BadVideo as bad:
        if bad.code in PASSING:
            raise
        give_up_version(version.pk, bad.code)


def _waiting(version_id: UUID | str) -> VideoVersion | None:
    rows = VideoVersion.objects.select_related("video__author")
    return rows.filter(pk=version_id, state=State.PREPARING).first()


def _prepare(version: VideoVersion) -> None:
    with attempt_at(version.video, Stage.FETCH) as attempt, ExitStack() as opened:
        source = opened.enter_context(local_file(version.source))
        folder = opened.enter_context(workplace())
        attempt.enter(Stage.PROBE)
        facts = probe(source)
        recipe = of_clips([(version.pk, round(facts.seconds * 1000))])
        attempt.enter(Stage.RENDER)
        films = Ingredients(clips={str(version.pk): source})
        rendered = render_recipe(recipe, films, folder, progress=version_teller(version))
        shown = [folder / name for name in rendered.shown]
        screen(brought(version.video), shown, originals=[source])
        version.digest = _digest(folder / rendered.files[0].name)
        attempt.enter(Stage.STORE)
        kept = store_all(version.video, folder, rendered.names)
        attempt.enter(Stage.PUBLISH)
        _take_place(version, facts, recipe, rendered, kept)


def _digest(file: Path) -> str:
    with file.open("rb") as film:
        return hashlib.file_digest(film, "sha256").hexdigest()


def give_up_version(version_id: UUID | str, code: str = "video.encode_failed") -> None:
    """It cannot be shown: say why to the author. What plays goes on."""
    with transaction.atomic():
        version = _waiting(version_id)
        if version is None:
            return
        let_go(version)
        version.state, version.failure_code = State.FAILED, code
        version.source, version.upload = "", None
        version.save(update_fields=["state", "failure_code", "source", "upload"])
        tell_version(version, 0.0)


# --- In the place of the old ----------------------------------------------------------------------


@transaction.atomic
def _take_place(
    version: VideoVersion, facts: Probe, recipe: Recipe, rendered: Rendered, kept: dict[str, str]
) -> None:
    held = _held_for(version)
    if held is None:
        discard(version.video, kept.values())
        return
    _swap(held, version, facts)
    keep_film(held, rendered, kept, picture=recipe.picture_key)
    _announce(held, version)


def _held_for(version: VideoVersion) -> Video | None:
    """The video, locked; None where it is gone, or the new film was taken back meanwhile."""
    # Before the video, as whoever deletes it does: clips are let go under this lock.
    User.objects.select_for_update().filter(pk=version.video.author_id).first()
    held = hold_video(version.video_id)
    if held is None or not held.is_published or _waiting(version.pk) is None:
        return None
    return held


def _swap(held: Video, version: VideoVersion, facts: Probe) -> None:
    """The new film is the video's only clip, as it is; the old one is past."""
    _retire(held)
    now = timezone.now()
    held.recipe, held.recipe_version = {}, held.recipe_version + 1
    held.revised_at = now
    _leave_sound(held)
    held.is_silenced = False  # until the new one's sound is heard as one that was taken down
    changed = ["recipe", "recipe_version", "revised_at", "sound", "sound_start_ms", "is_silenced"]
    held.save(update_fields=changed)
    length = round(facts.seconds * 1000)
    Clip.objects.create(
        pk=version.pk,
        video=held,
        source=version.source,
        upload=version.upload,
        state=Clip.State.READY,
        duration_ms=length,
        width=facts.width,
        height=facts.height,
        has_audio=facts.has_audio,
    )
    version.state, version.began_at = State.CURRENT, now
    version.duration_ms, version.width, version.height = length, facts.width, facts.height
    version.source, version.upload = "", None  # the clip has them now
    version.save()


def _retire(held: Video) -> None:
    """The old clips and their files go, an hour later; what the film was is kept on record."""
    held.versions.filter(state=State.CURRENT).update(state=State.PAST, ended_at=timezone.now())
    delete_later(let_clips_go(held.clips.select_related("video")))
    held.clips.all().delete()


def _leave_sound(held: Video) -> None:
    """The music that was chosen for the old film is not under the new one."""
    if held.sound is not None:
        held.sound.count_use(-1)
    held.sound, held.sound_start_ms = None, 0
    let_go_of_own_sound(held)


def _announce(held: Video, version: VideoVersion) -> None:
    if not Sound.objects.filter(video=held).exists():
        enqueue("videos.lift_sound", video_id=str(held.pk))
    ports.card_changed("video", held.pk)
    tell_version(version, 1.0)
