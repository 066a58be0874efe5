"""The files that a video's recipe names, on this machine for as long as they are read."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from videos.models import Clip, Sound, Video
from videos.recipes import Recipe, of_clips, parse
from videos.sources import local_file
from videos.transcoding import BadVideo, Ingredients


def recipe_of(video: Video) -> Recipe:
    """What is to be made of it, without what moderators took down; where no cuts are named, all its
    clips as they are.

    `BadVideo` where there is nothing to make it of.
    """
    recipe = parse(video.recipe, may_be_empty=True) if video.recipe else Recipe(())
    if recipe.segments:
        return _permitted(video, recipe)
    clips = Clip.objects.filter(video=video, state=Clip.State.READY)
    whole = of_clips((clip.pk, clip.duration_ms or _unmeasured()) for clip in clips)
    if not whole.segments:
        raise BadVideo("video.corrupt")
    return _permitted(video, replace(recipe, segments=whole.segments))


def _permitted(video: Video, recipe: Recipe) -> Recipe:
    """Silenced where a sound was taken down: the music, or the film's own."""
    if not video.is_silenced:
        return recipe
    removed = Sound.objects.removed()
    if recipe.music and removed.filter(pk=recipe.music.sound).exists():
        recipe = replace(recipe, music=None)
    if removed.filter(video=video).exists():
        recipe = replace(recipe, volume=0.0)
    return recipe


def _unmeasured() -> int:
    """Longer than any clip: it is cut to what there is."""
    return (settings.VIDEO_MAX_SECONDS + 1) * 1000


@contextmanager
def ingredients_of(video: Video, recipe: Recipe) -> Iterator[Ingredients]:
    """`BadVideo` where something is gone that the recipe names."""
    with ExitStack() as opened:

        def local(name: str) -> Path:
            return opened.enter_context(local_file(name))

        yield Ingredients(
            clips={key: local(name) for key, name in _clips(video, recipe).items()},
            music=local(_music(recipe)) if recipe.music else None,
            parent=local(_parent(recipe)) if recipe.layout else None,
        )


def _clips(video: Video, recipe: Recipe) -> dict[str, str]:
    wanted = {segment.clip for segment in recipe.segments}
    clips = Clip.objects.filter(video=video, pk__in=wanted, state=Clip.State.READY)
    found = {str(clip.pk): clip.source for clip in clips}
    if wanted - found.keys():
        raise BadVideo("video.clip_gone")
    return found


def _music(recipe: Recipe) -> str:
    sound = Sound.objects.filter(pk=recipe.music.sound).first() if recipe.music else None
    if sound is None or not sound.file:
        raise BadVideo("video.sound_gone")
    return sound.file


def _parent(recipe: Recipe) -> str:
    """The best rendition of the other video: what anybody who may watch it gets."""
    videos = Video.objects.published().with_parts()
    parent = videos.filter(pk=recipe.layout.video).first() if recipe.layout else None
    film = parent.playable_files.get("720") if parent else None
    if film is None:
        raise BadVideo("video.parent_gone")
    return film
