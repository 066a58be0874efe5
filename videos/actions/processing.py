"""The jobs that make of clips and a recipe what players get. Each may be run twice, and after a
worker's death at any moment: names hold hashes, rows change last, under a lock."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction

from accounts import audit, ports
from accounts.models import User
from accounts.notifications import withdraw
from accounts.outbox import enqueue
from accounts.screening import Held, screen
from videos.actions.attempts import Stage, attempt_at
from videos.actions.clips import refuse_clips
from videos.actions.keeping import discard, keep_extras, keep_film, store_all
from videos.actions.progress import tell_progress, teller
from videos.actions.publishing import fail, settle
from videos.actions.silencing import pass_on
from videos.models import Rendition, Video
from videos.recipes import Recipe
from videos.screening import brought
from videos.sources import local_file
from videos.sourcing import ingredients_of, recipe_of
from videos.transcoding import (
    BadVideo,
    Extras,
    Rendered,
    make_extras,
    render_recipe,
)
from videos.transcoding.encodings import ENCODINGS
from videos.workplaces import workplace

# Of these the machine is to blame, not the file: another try may end better.
PASSING = {"video.encode_failed"}


def process_video(video_id: UUID | str) -> None:
    """Make the renditions and publish, or let it wait for its time.

    What is wrong with the file is noted on the video (`failed`, with its code); what is wrong with
    the machine is raised, so that the job is tried again.
    """
    video = Video.objects.with_parts().filter(pk=video_id).first()
    if video is None or not _is_wanted(video):
        return
    tell_progress(video, 0.0)
    try:
        if _is_made(video):
            _settle(video)
        else:
            _prepare(video)
    except Held:
        give_up_video(video.pk, "media.held")
        refuse_clips(video, "media.held")
    except ValidationError:  # a recipe as it was understood once
        give_up_video(video.pk, "video.cut")
    except BadVideo as bad:
        if bad.code in PASSING:
            raise
        give_up_video(video.pk, bad.code)


def give_up_video(video_id: UUID | str, code: str = "video.encode_failed") -> None:
    """It cannot be prepared: say so to its author. What plays already goes on as it was."""
    video = Video.objects.filter(pk=video_id, state=Video.State.PROCESSING).first()
    if video is not None:
        fail(video, code)


@transaction.atomic
def retry_video(actor: User, video: Video) -> Video:
    """Prepare a failed video once more; nothing happens to one in another state.

    Its author may, and staff: `PermissionDenied` for others.
    """
    if not actor.is_staff and video.author_id != actor.pk:
        raise PermissionDenied
    failed = Video.objects.filter(pk=video.pk, state=Video.State.FAILED)
    if failed.exclude(failure_code="media.held").update(
        state=Video.State.PROCESSING, failure_code=""
    ):
        withdraw("videos.failed", video.author_id, about=video.pk)
        enqueue("videos.process_video", video_id=str(video.pk))
    if actor.pk != video.author_id:
        audit.record(actor, "video.retried", kind="video", object_id=video.pk)
    video.refresh_from_db()
    return video


def make_extras_of(video_id: UUID | str) -> None:
    """Make what a prepared video gets besides, once it plays: strip, preview, stream, 360."""
    video = Video.objects.with_parts().filter(pk=video_id).first()
    if video is None or video.has_extras or "720" not in video.playable_files:
        return
    with attempt_at(video, Stage.EXTRAS) as attempt, ExitStack() as opened:
        films = opened.enter_context(_local(video.playable_files))
        folder = opened.enter_context(workplace())
        extras = make_extras(films, folder, cover_ms=(video.recipe or {}).get("cover_ms"))
        attempt.enter(Stage.STORE)
        kept = store_all(video, folder, extras.names)
        _keep_extras(video, extras, kept)


# --- Preparing ------------------------------------------------------------------------------------


def _is_wanted(video: Video) -> bool:
    """Posted and not prepared yet; or out already, and changed since."""
    if video.state == Video.State.PROCESSING:
        return True
    return video.is_published and video.rendered_version < video.recipe_version


def _is_made(video: Video) -> bool:
    """Is what it plays of this recipe, and whole? Then it was taken back and posted again."""
    if video.rendered_version < video.recipe_version:
        return False
    return all(_is_whole(one) for one in video.renditions.all())


def _is_whole(rendition: Rendition) -> bool:
    name = rendition.file
    return rendition.kind not in ENCODINGS or (
        default_storage.exists(name) and default_storage.size(name) == rendition.size
    )


def _prepare(video: Video) -> None:
    with attempt_at(video, Stage.FETCH) as attempt, ExitStack() as opened:
        recipe = recipe_of(video)
        ingredients = opened.enter_context(ingredients_of(video, recipe))
        pictures = opened.enter_context(_local(_same_pictures(video, recipe)))
        folder = opened.enter_context(workplace())
        attempt.enter(Stage.RENDER)
        tell = teller(video)
        rendered = render_recipe(recipe, ingredients, folder, pictures=pictures, progress=tell)
        originals = ingredients.clips.values()
        screen(brought(video), [folder / name for name in rendered.shown], originals=originals)
        attempt.enter(Stage.STORE)
        kept = store_all(video, folder, rendered.names)
        attempt.enter(Stage.PUBLISH)
        _finish(video, recipe, rendered, kept)


@contextmanager
def _local(names: Mapping[str, str]) -> Iterator[dict[str, Path]]:
    """Stored files, by kind, as files of this machine."""
    with ExitStack() as opened:
        yield {kind: opened.enter_context(local_file(name)) for kind, name in names.items()}


def _same_pictures(video: Video, recipe: Recipe) -> dict[str, str]:
    """Renditions whose picture is the one that the recipe wants: only the sound has changed."""
    made = {one.file for one in video.renditions.all() if one.picture == recipe.picture_key}
    same = {kind: file for kind, file in video.playable_files.items() if file in made}
    return same if "720" in same else {}


# --- What is kept of it ---------------------------------------------------------------------------


@transaction.atomic
def _finish(video: Video, recipe: Recipe, rendered: Rendered, kept: dict[str, str]) -> None:
    held = _hold(video)
    if held is None or not _is_wanted(held):
        discard(video, kept.values())
        return
    keep_film(held, rendered, kept, picture=recipe.picture_key)
    settle(held)
    pass_on(held)


@transaction.atomic
def _settle(video: Video) -> None:
    held = _hold(video)
    if held is not None and _is_wanted(held):
        settle(held)


@transaction.atomic
def _keep_extras(video: Video, extras: Extras, kept: dict[str, str]) -> None:
    held = _hold(video)
    if held is None:
        discard(video, kept.values())
        return
    keep_extras(held, extras, kept)
    ports.card_changed("video", held.pk)


def _hold(video: Video) -> Video | None:
    """The row, locked; None where it is gone or wants another recipe by now."""
    rows = Video.objects.select_for_update(of=("self",)).select_related("author")
    return rows.filter(pk=video.pk, recipe_version=video.recipe_version).first()
