"""Reads a recipe from JSON: every wrong field is named, by its path, with a code and a sentence."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings

from accounts.text import clean_lines
from videos.recipes.fields import Fields, Wrongs
from videos.recipes.filters import FILTERS
from videos.recipes.recipe import (
    PLAIN_FILTER,
    SPEEDS,
    TEXT_STYLES,
    Layout,
    LayoutKind,
    Music,
    Recipe,
    Segment,
    Text,
)

T = TypeVar("T")

SEGMENTS = 20
TEXTS = 20
TEXT_LENGTH = 120
TEXT_SIZES = (0.02, 0.25)
SHORTEST_MS = 100
STITCH_MS = 5000
FADE_MS = 10_000
# A clip may be as long as a video; a sound of the library longer.
SOUND_MS = 30 * 60 * 1000


def parse(value: Any, *, may_be_empty: bool = False) -> Recipe:
    """The recipe that `value` (what `json.loads` gives) describes; a draft's may have no segments.

    Raises `ValidationError` with all that is wrong, by paths such as `segments.0.speed`. It looks
    at the shape alone: whether clips, sounds and videos are there is for the caller to ask.
    """
    wrongs = Wrongs()
    recipe = _recipe(value, wrongs)
    if not (recipe.segments or wrongs or may_be_empty):
        wrongs.note("segments", "recipe.empty")
    if not wrongs and recipe.milliseconds > _longest():
        wrongs.note("segments", "recipe.too_long")
    wrongs.raise_if_any()
    return recipe


def _longest() -> int:
    return settings.VIDEO_MAX_SECONDS * 1000


def _recipe(value: Any, wrongs: Wrongs) -> Recipe:
    known = ("segments", "filter", "texts", "music", "volume", "cover_ms", "layout")
    fields = Fields(value, "", wrongs, known)
    segments = tuple(_segment(*item, wrongs) for item in fields.objects("segments", SEGMENTS))
    return Recipe(
        segments=segments,
        filter=fields.choice("filter", FILTERS, PLAIN_FILTER),
        texts=tuple(_text(*item, wrongs) for item in fields.objects("texts", TEXTS)),
        music=_maybe(fields, "music", _music, wrongs),
        volume=fields.number("volume", 0, 1, 1),
        cover_ms=_cover(fields),
        layout=_maybe(fields, "layout", _layout, wrongs),
    )


def _maybe(
    fields: Fields, name: str, read: Callable[[Any, str, Wrongs], T], wrongs: Wrongs
) -> T | None:
    value = fields.raw(name)
    return None if value is None else read(value, fields.path(name), wrongs)


def _cover(fields: Fields) -> int | None:
    return None if fields.raw("cover_ms") is None else fields.whole("cover_ms", 0, _longest())


def _segment(value: Any, path: str, wrongs: Wrongs) -> Segment:
    fields = Fields(value, path, wrongs, ("clip", "in_ms", "out_ms", "speed"))
    # A clip may be longer than what is left of it.
    segment = Segment(
        clip=fields.identifier("clip"),
        in_ms=fields.whole("in_ms", 0, SOUND_MS, 0),
        out_ms=fields.whole("out_ms", 0, SOUND_MS),
        speed=fields.choice("speed", SPEEDS, 1),
    )
    if not wrongs and segment.milliseconds < SHORTEST_MS:
        fields.note("out_ms", "recipe.too_short")
    return segment


def _text(value: Any, path: str, wrongs: Wrongs) -> Text:
    known = ("text", "from_ms", "to_ms", "x", "y", "size", "colour", "style")
    fields = Fields(value, path, wrongs, known)
    text = Text(
        text=_words(fields),
        from_ms=fields.whole("from_ms", 0, _longest(), 0),
        to_ms=fields.whole("to_ms", 0, _longest()),
        x=fields.number("x", 0, 1, 0.5),
        y=fields.number("y", 0, 1, 0.5),
        size=fields.number("size", *TEXT_SIZES, 0.06),
        colour=fields.colour("colour", "#ffffff"),
        style=fields.choice("style", TEXT_STYLES, "plain"),
    )
    if not wrongs and text.to_ms - text.from_ms < SHORTEST_MS:
        fields.note("to_ms", "recipe.too_short")
    return text


def _words(fields: Fields) -> str:
    words = clean_lines(fields.words("text"))
    if len(words) > TEXT_LENGTH:
        fields.note("text", "recipe.text_too_long")
    return words


def _music(value: Any, path: str, wrongs: Wrongs) -> Music:
    known = ("sound", "start_ms", "volume", "fade_in_ms", "fade_out_ms")
    fields = Fields(value, path, wrongs, known)
    return Music(
        sound=fields.identifier("sound"),
        start_ms=fields.whole("start_ms", 0, SOUND_MS, 0),
        volume=fields.number("volume", 0, 1, 1),
        fade_in_ms=fields.whole("fade_in_ms", 0, FADE_MS, 0),
        fade_out_ms=fields.whole("fade_out_ms", 0, FADE_MS, 0),
    )


def _layout(value: Any, path: str, wrongs: Wrongs) -> Layout:
    fields = Fields(value, path, wrongs, ("kind", "video", "in_ms", "out_ms"))
    kind = LayoutKind(fields.choice("kind", list(LayoutKind), LayoutKind.DUET))
    video = fields.identifier("video")
    if kind == LayoutKind.DUET:
        return Layout(kind, video)
    start = fields.whole("in_ms", 0, _longest(), 0)
    end = fields.whole("out_ms", 0, _longest())
    if not wrongs and not SHORTEST_MS <= end - start <= STITCH_MS:
        fields.note("out_ms", "recipe.range")
    return Layout(kind, video, start, end)
