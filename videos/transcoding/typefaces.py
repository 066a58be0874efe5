"""Which font draws which characters; the files lie in static/fonts, where browsers get them too."""

import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from django.conf import settings
from PIL import ImageFont

WEIGHT = 700
Font = ImageFont.FreeTypeFont
Ranges = tuple[tuple[int, int], ...]

LATIN = "figtree-latin-wght-normal"
EMOJI = "twemoji-boxed"
# First and last code point of what each file holds.
FACES: dict[str, Ranges] = {
    LATIN: (
        *((0x20, 0xFF), (0x131, 0x131), (0x152, 0x153), (0x2C6, 0x2DC), (0x2010, 0x203A)),
        *((0x20AC, 0x20AC), (0x2122, 0x2122), (0x2212, 0x2215)),
    ),
    "figtree-latin-ext-wght-normal": ((0x100, 0x2BF), (0x1E00, 0x1E9F), (0x20A0, 0x20C0)),
    "noto-sans-vietnamese-wght-normal": ((0x300, 0x36F), (0x1EA0, 0x1EF9)),
    "noto-sans-greek-wght-normal": ((0x370, 0x3FF),),
    "noto-sans-cyrillic-wght-normal": ((0x400, 0x4FF), (0x2116, 0x2116)),
    "noto-sans-hebrew-hebrew-wght-normal": ((0x590, 0x5FF), (0xFB1D, 0xFB4F)),
    "noto-sans-arabic-arabic-wght-normal": ((0x600, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFEFC)),
    "noto-sans-devanagari-wght-normal": ((0x900, 0x97F), (0xA8E0, 0xA8FF)),
    EMOJI: (
        *((0x203C, 0x203C), (0x2049, 0x2049), (0x2139, 0x2139), (0x2190, 0x21FF)),
        *((0x2300, 0x23FF), (0x2460, 0x24FF), (0x25A0, 0x27BF), (0x2900, 0x2BFF)),
        *((0x3030, 0x303D), (0x3297, 0x3299), (0x1F000, 0x1FAFF)),
    ),
}
KEYCAP = "\u20e3"
# They change the character before them, or tie it to the next.
CLINGING = {"\u200c", "\u200d", "\ufe0e", "\ufe0f", KEYCAP} | {
    chr(point) for point in range(0x1F3FB, 0x1F400)
}


@dataclass(frozen=True, slots=True)
class Run:
    """Characters beside each other that one font draws."""

    words: str
    face: str

    @property
    def is_emoji(self) -> bool:
        return self.face == EMOJI


def runs(line: str) -> list[Run]:
    """A line in runs, in the order in which they stand from left to right."""
    faces: list[str] = []
    for place, character in enumerate(line):
        faces.append(_face(character, line[place + 1 : place + 3], faces))
    parts = groupby(zip(line, faces, strict=True), key=lambda each: each[1])
    found = [Run("".join(character for character, _face in part), face) for face, part in parts]
    return list(_leftwards(found)) if reads_leftwards(line) else found


def _leftwards(found: list[Run]) -> Iterator[Run]:
    """From the last to the first; the space after a run comes to stand on its left."""
    for run in reversed(found):
        words = run.words.rstrip()
        yield Run(run.words[len(words) :], run.face)
        yield Run(words, run.face)


def reads_leftwards(line: str) -> bool:
    """Does its first letter belong to a script that is read from right to left?"""
    for character in line:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _face(character: str, following: str, before: list[str]) -> str:
    if following.lstrip("\ufe0f").startswith(KEYCAP):
        return EMOJI
    if before and (character in CLINGING or character.isspace()):
        return before[-1]
    point = ord(character)
    for face, ranges in FACES.items():
        if any(first <= point <= last for first, last in ranges):
            return face
    return settings.VIDEO_FALLBACK_FONT or LATIN


@cache
def font(face: str, size: int) -> Font:
    """A face at a size in pixels, bold where it can be."""
    path = Path(face) if "/" in face else settings.BASE_DIR / "static/fonts" / f"{face}.woff2"
    found = ImageFont.truetype(str(path), size)
    with suppress(OSError):  # a font of one weight
        found.set_variation_by_axes([WEIGHT])
    return found
