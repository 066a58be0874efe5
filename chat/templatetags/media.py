"""How a message's media are drawn: sizes, waveforms, clocks. Keep like static/js/talk/media.js."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from django import template

register = template.Library()

WIDEST, HIGHEST, NARROWEST = 320, 360, 140  # pixels, of a picture that stands alone
WAVE_HEIGHT = 28
BAR = 3  # pixels from one bar to the next


class Size(NamedTuple):
    """In pixels."""

    width: int
    height: int


@register.filter
def fitted(card: Any) -> Size:
    """How large a picture (its card, or nothing) is shown where it stands alone; known before it
    is there."""
    width, height = (card and card["width"]) or WIDEST, (card and card["height"]) or WIDEST
    factor = min(WIDEST / width, HIGHEST / height)
    return Size(max(NARROWEST, round(width * factor)), max(NARROWEST, round(height * factor)))


@register.filter
def wave(loudness: Sequence[int]) -> str:
    """A path of upright bars around the middle."""
    middle = WAVE_HEIGHT / 2
    bars = []
    for place, loud in enumerate(loudness):
        half = max(1, loud / 100 * (middle - 1.5))
        bars.append(f"M{place * BAR + 1.5:g} {middle - half:.1f}V{middle + half:.1f}")
    return "".join(bars)


@register.filter
def wave_width(loudness: Sequence[int]) -> int:
    return len(loudness) * BAR


@register.filter
def clock(seconds: float) -> str:
    """0:07, 2:31."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


@register.filter
def suffix(name: str) -> str:
    """What kind of file a name promises, for its mark: PDF."""
    return PurePosixPath(name).suffix[1:5].upper()
