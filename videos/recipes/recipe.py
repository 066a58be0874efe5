"""The shapes of an edit. Times are whole milliseconds; places and sizes are parts of the frame."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self

SPEEDS = (0.3, 0.5, 1, 2, 3)
TEXT_STYLES = ("plain", "box", "outline")
PLAIN_FILTER = "none"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one clip, played at a speed: 2 is twice as fast."""

    clip: str
    in_ms: int
    out_ms: int
    speed: float = 1

    @property
    def milliseconds(self) -> float:
        """How long it lasts in the finished video."""
        return (self.out_ms - self.in_ms) / self.speed


@dataclass(frozen=True, slots=True)
class Text:
    """Words on the picture. `x` and `y` are their centre, `size` the height of a line, as parts of
    the frame's width and height; they wrap at nine tenths of its width."""

    text: str
    from_ms: int
    to_ms: int
    x: float = 0.5
    y: float = 0.5
    size: float = 0.06
    colour: str = "#ffffff"
    style: str = "plain"


@dataclass(frozen=True, slots=True)
class Music:
    """A sound under the whole video, from its `start_ms` on; volume 0 to 1."""

    sound: str
    start_ms: int = 0
    volume: float = 1.0
    fade_in_ms: int = 0
    fade_out_ms: int = 0


class LayoutKind(StrEnum):
    DUET = "duet"
    STITCH = "stitch"


@dataclass(frozen=True, slots=True)
class Layout:
    """Another video: beside this one (duet), or its stretch `in_ms..out_ms` before it (stitch)."""

    kind: LayoutKind
    video: str
    in_ms: int = 0
    out_ms: int = 0


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is made of the clips; `volume` is that of their own sound, 0 to 1.

    `cover_ms` is a moment of the finished video; None lets us choose.
    """

    segments: tuple[Segment, ...]
    filter: str = PLAIN_FILTER
    texts: tuple[Text, ...] = ()
    music: Music | None = None
    volume: float = 1.0
    cover_ms: int | None = None
    layout: Layout | None = None

    @property
    def milliseconds(self) -> int:
        """How long the finished video lasts, the stitched stretch included."""
        own = sum(segment.milliseconds for segment in self.segments)
        before = self.layout.out_ms - self.layout.in_ms if self.is_stitch and self.layout else 0
        return round(own + before)

    @property
    def seconds(self) -> float:
        return self.milliseconds / 1000

    @property
    def is_stitch(self) -> bool:
        return self.layout is not None and self.layout.kind == LayoutKind.STITCH

    @property
    def is_duet(self) -> bool:
        return self.layout is not None and self.layout.kind == LayoutKind.DUET

    @property
    def is_one_segment(self) -> bool:
        """Does the picture come from one stretch of one clip, at its own speed?"""
        return len(self.segments) == 1 and self.segments[0].speed == 1 and self.layout is None

    @property
    def keeps_sound(self) -> bool:
        """Is the clips' own sound heard as it is?"""
        return self.music is None and self.volume == 1

    def with_plain_sound(self) -> Self:
        """The same edit of the picture: what two recipes share that differ in their sound alone."""
        return replace(self, music=None, volume=1.0, cover_ms=None)

    @property
    def picture_key(self) -> str:
        """A name for the picture it makes, of 16 characters: equal where only the sound differs."""
        words = json.dumps(self.with_plain_sound().as_json(), sort_keys=True)
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        """As `parse` takes it and `Video.recipe` keeps it."""
        return asdict(self) | {
            "segments": [asdict(segment) for segment in self.segments],
            "texts": [asdict(text) for text in self.texts],
            "layout": _layout_json(self.layout),
        }


def _layout_json(layout: Layout | None) -> dict[str, Any] | None:
    if layout is None:
        return None
    fields = {"kind": str(layout.kind), "video": layout.video}
    if layout.kind == LayoutKind.DUET:
        return fields
    return fields | {"in_ms": layout.in_ms, "out_ms": layout.out_ms}


def of_clips(clips: Iterable[tuple[Any, int]]) -> Recipe:
    """All clips, given as (id, milliseconds), one after another and as they are."""
    return Recipe(tuple(Segment(str(key), 0, length) for key, length in clips))
