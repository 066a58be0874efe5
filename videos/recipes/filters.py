"""Looks for a picture, each defined once: by steps that browsers and our renderer both know.

The browser previews them as CSS filter functions; for ffmpeg the same functions, whose matrices the
Filter Effects specification of the W3C gives, are worked out into a colour cube. So what the editor
shows is what comes out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, reduce
from math import cos, radians, sin

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Colour = tuple[float, float, float]
Step = tuple[str, float]
CUBE_SIZE = 33  # points along each edge: differences to the exact colour stay below one of 255

# The luminance weights that the specification's matrices are built of.
RED, GREEN, BLUE = 0.213, 0.715, 0.072


@dataclass(frozen=True, slots=True)
class Filter:
    """One look, by the name recipes call it."""

    name: str
    label: str | Promise
    steps: tuple[Step, ...]

    @property
    def css(self) -> str:
        """The value of the `filter` property that previews it."""
        words = (f"{name}({amount:g}{_UNITS.get(name, '')})" for name, amount in self.steps)
        return " ".join(words) or "none"

    def colour(self, colour: Colour) -> Colour:
        """What becomes of an sRGB colour, components 0 to 1."""
        return reduce(lambda so_far, step: _STEPS[step[0]](so_far, step[1]), self.steps, colour)


FILTERS = {
    each.name: each
    for each in (
        Filter("none", pgettext_lazy("look", "Plain"), ()),
        Filter(
            "warm",
            pgettext_lazy("look", "Warm"),
            (("sepia", 0.28), ("saturate", 1.3), ("brightness", 1.04)),
        ),
        Filter(
            "cool",
            pgettext_lazy("look", "Cool"),
            (("hue-rotate", -10), ("saturate", 0.85), ("brightness", 1.04), ("contrast", 1.04)),
        ),
        Filter("mono", pgettext_lazy("look", "Mono"), (("grayscale", 1),)),
        Filter("vivid", pgettext_lazy("look", "Vivid"), (("saturate", 1.55), ("contrast", 1.1))),
        Filter(
            "fade",
            pgettext_lazy("look", "Faded"),
            (("contrast", 0.8), ("brightness", 1.1), ("saturate", 0.8)),
        ),
        Filter(
            "noir",
            pgettext_lazy("look", "Noir"),
            (("grayscale", 1), ("contrast", 1.45), ("brightness", 0.9)),
        ),
        Filter(
            "dream",
            pgettext_lazy("look", "Dream"),
            (("brightness", 1.12), ("saturate", 1.2), ("contrast", 0.88), ("sepia", 0.12)),
        ),
    )
}


@cache
def cube(name: str) -> str:
    """The look as a colour cube in the .cube format, red running fastest."""
    edge = CUBE_SIZE - 1
    look = FILTERS[name]
    lines = (
        "{:.5f} {:.5f} {:.5f}".format(*look.colour((r / edge, g / edge, b / edge)))
        for b in range(CUBE_SIZE)
        for g in range(CUBE_SIZE)
        for r in range(CUBE_SIZE)
    )
    return "\n".join([f"LUT_3D_SIZE {CUBE_SIZE}", *lines, ""])


# --- The steps, as the specification defines them -------------------------------------------------


def _clamped(values: Iterator[float]) -> Colour:
    red, green, blue = (min(1.0, max(0.0, value)) for value in values)
    return red, green, blue


def _by_matrix(colour: Colour, rows: tuple[Colour, Colour, Colour]) -> Colour:
    return _clamped(sum(a * b for a, b in zip(row, colour, strict=True)) for row in rows)


def _saturate(colour: Colour, amount: float) -> Colour:
    """Between grey (0) and more than there was (above 1)."""
    rest = 1 - amount
    red, green, blue = RED * rest, GREEN * rest, BLUE * rest
    return _by_matrix(
        colour,
        (
            (red + amount, green, blue),
            (red, green + amount, blue),
            (red, green, blue + amount),
        ),
    )


def _grayscale(colour: Colour, amount: float) -> Colour:
    return _saturate(colour, 1 - amount)


def _sepia(colour: Colour, amount: float) -> Colour:
    rest = 1 - amount
    return _by_matrix(
        colour,
        (
            (0.393 + 0.607 * rest, 0.769 * (1 - rest), 0.189 * (1 - rest)),
            (0.349 * (1 - rest), 0.686 + 0.314 * rest, 0.168 * (1 - rest)),
            (0.272 * (1 - rest), 0.534 * (1 - rest), 0.131 + 0.869 * rest),
        ),
    )


def _brightness(colour: Colour, amount: float) -> Colour:
    return _clamped(value * amount for value in colour)


def _contrast(colour: Colour, amount: float) -> Colour:
    return _clamped((value - 0.5) * amount + 0.5 for value in colour)


def _hue_rotate(colour: Colour, degrees: float) -> Colour:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    rest = 1 - c
    return _by_matrix(
        colour,
        (
            (RED * rest + c - RED * s, GREEN * (rest - s), BLUE * rest + (1 - BLUE) * s),
            (RED * rest + 0.143 * s, GREEN * rest + c + 0.140 * s, BLUE * rest - 0.283 * s),
            (RED * rest - (1 - RED) * s, GREEN * (rest + s), BLUE * rest + c + BLUE * s),
        ),
    )


_UNITS = {"hue-rotate": "deg"}
_STEPS: dict[str, Callable[[Colour, float], Colour]] = {
    "saturate": _saturate,
    "grayscale": _grayscale,
    "sepia": _sepia,
    "brightness": _brightness,
    "contrast": _contrast,
    "hue-rotate": _hue_rotate,
}
