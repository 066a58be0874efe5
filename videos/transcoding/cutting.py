"""Lays a recipe out with the films it names: which stretch of which film, how many pictures of it,
in what frame. Positions in a recipe are parts of that frame."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path

from videos.recipes import PLAIN_FILTER, Recipe
from videos.transcoding.encodings import LARGE, fit, frame_rate, rate_number
from videos.transcoding.errors import BadVideo
from videos.transcoding.probing import Probe, probe

UPRIGHT = (720, 1280)  # duets and stitches, whatever they are made of
WHOLE = 0.05  # seconds by which a cut may miss a film's end and still be all of it


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What a recipe names, as files of this machine: clips by id, the sound, the other video."""

    clips: Mapping[str, Path]
    music: Path | None = None
    parent: Path | None = None


@dataclass(frozen=True, slots=True)
class Film:
    """A film, and what was found in it."""

    path: Path
    facts: Probe


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a film from `start`, `length` seconds of it, which becomes `frames` pictures and
    lasts `seconds`."""

    film: Film
    start: float
    length: float
    speed: float
    frames: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Cut:
    """A recipe laid out. `width` and `height` are the frame's, `rate` its pictures a second."""

    recipe: Recipe
    pieces: tuple[Piece, ...]
    width: int
    height: int
    rate: str
    beside: Film | None = None
    music: Path | None = None
    films: tuple[Film, ...] = field(default=())

    @property
    def seconds(self) -> float:
        return sum(piece.seconds for piece in self.pieces)

    @property
    def is_untouched(self) -> bool:
        """Is the picture that of one whole film, as it came?"""
        piece, recipe = self.pieces[0], self.recipe
        return (
            recipe.is_one_segment
            and recipe.filter == PLAIN_FILTER
            and not recipe.texts
            and piece.start <= WHOLE
            and piece.length >= piece.film.facts.seconds - WHOLE
        )

    @property
    def may_copy_picture(self) -> bool:
        return self.is_untouched and self.pieces[0].film.facts.conforms

    @property
    def may_copy_sound(self) -> bool:
        facts = self.pieces[0].film.facts
        return self.may_copy_picture and self.recipe.keeps_sound and facts.sound_conforms

    @property
    def work(self) -> float:
        """Seconds of film that are read and written."""
        return self.seconds + sum(piece.length for piece in self.pieces)


def lay_out(recipe: Recipe, ingredients: Ingredients) -> Cut:
    """Look into each film once and lay the recipe out; `BadVideo` for what cannot be used."""
    parent = _look(ingredients.parent) if recipe.layout and ingredients.parent else None
    films = {key: _look(path) for key, path in ingredients.clips.items()}
    stretches = list(_stretches(recipe, films, parent))
    rate = _common_rate([film.facts for film, *_rest in stretches])
    pieces = tuple(_pieces(stretches, rate_number(rate)))
    width, height = UPRIGHT if recipe.layout else _frame(pieces[0].film.facts)
    return Cut(
        recipe=recipe,
        pieces=pieces,
        width=width,
        height=height,
        rate=rate,
        beside=parent if recipe.is_duet else None,
        music=ingredients.music if recipe.music else None,
    )


def _look(path: Path) -> Film:
    return Film(path, probe(path))


def _frame(facts: Probe) -> tuple[int, int]:
    """The first film gives the shape; the others are fitted into it."""
    return fit(facts.width, facts.height, LARGE.short_edge)


def _common_rate(all_facts: list[Probe]) -> str:
    return max((frame_rate(facts.frames_per_second) for facts in all_facts), key=rate_number)


Stretch = tuple[Film, float, float, float]  # start and end in seconds, speed


def _stretches(recipe: Recipe, films: Mapping[str, Film], parent: Film | None) -> Iterator[Stretch]:
    if recipe.is_stitch and recipe.layout and parent:
        layout = recipe.layout
        yield _within(parent, layout.in_ms / 1000, layout.out_ms / 1000, 1)
    for segment in recipe.segments:
        film = films[segment.clip]
        yield _within(film, segment.in_ms / 1000, segment.out_ms / 1000, segment.speed)


def _within(film: Film, start: float, end: float, speed: float) -> Stretch:
    """What a browser measured may miss a film's end by a little; a cut beyond it is a mistake."""
    end = min(end, film.facts.seconds)
    if end <= start:
        raise BadVideo("video.cut")
    return film, start, end, speed


def _pieces(stretches: list[Stretch], rate: float) -> Iterator[Piece]:
    """Cuts fall on whole pictures of the finished video, so that picture and sound, each made for
    itself, stay together however many there are."""
    lengths = ((end - start) / speed for _film, start, end, speed in stretches)
    marks = [round(moment * rate) for moment in accumulate(lengths, initial=0.0)]
    for (film, start, end, speed), (first, after) in zip(stretches, pairwise(marks), strict=True):
        frames = max(1, after - first)
        yield Piece(film, start, end - start, speed, frames, frames / rate)
