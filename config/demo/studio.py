"""The table, the wall and the window light in which the demo's goods are photographed.

Everything is measured in hundredths of the picture's side, from its left upper corner.
"""

import io
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from PIL.Image import Resampling, Transform

SIDE = 1080
SCALE = 2  # shapes are drawn larger and shrunk, for smooth edges
Point = tuple[float, float]
Paint = Callable[..., None]  # of a `Pen`; loops bind more by default values
CREAM, INK, BRASS, LEAF, WOOD = "#fffaf0", "#2b2732", "#c79a4b", "#6f8f62", "#a9825a"


def shade(colour: str, factor: float) -> str:
    """The colour darker (below 1) or lighter."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{max(0, min(255, round(part * factor))):02x}" for part in parts)


def held(points: Sequence[Point]) -> list[Point]:
    """Every corner twice, so that a smooth shape keeps near to it."""
    return [point for point in points for _ in (0, 1)]


class Pen:
    """Draws shapes into one mask: what is drawn is there, the rest is not."""

    def __init__(self) -> None:
        self.mask = Image.new("L", (SIDE * SCALE, SIDE * SCALE))
        self.draw = ImageDraw.Draw(self.mask)
        self.unit = SIDE * SCALE / 100

    def _at(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.unit, y * self.unit) for x, y in points]

    def sharp(self, *points: Point) -> None:
        """A shape with corners."""
        self.draw.polygon(self._at(points), fill=255)

    def smooth(self, *points: Point) -> None:
        """A shape whose corners are cut off until there are none (Chaikin's)."""
        for _ in range(4):
            ring = [*points, points[0]]
            points = tuple(
                (a[0] * (1 - t) + b[0] * t, a[1] * (1 - t) + b[1] * t)
                for a, b in pairwise(ring)
                for t in (0.25, 0.75)
            )
        self.sharp(*points)

    def oval(self, middle: Point, radii: Point) -> None:
        """An ellipse."""
        (x, y), (rx, ry) = middle, radii
        self.draw.ellipse(self._at([(x - rx, y - ry), (x + rx, y + ry)]), fill=255)

    def block(self, corner: Point, opposite: Point, rounded: float = 2) -> None:
        """A rectangle with rounded corners."""
        box = self._at([corner, opposite])
        self.draw.rounded_rectangle(box, rounded * self.unit, fill=255)

    def line(self, wide: float, *points: Point) -> None:
        """A stroke with round joints and ends."""
        width = round(wide * self.unit)
        self.draw.line(self._at(points), fill=255, width=width, joint="curve")
        for point in (points[0], points[-1]):
            self.oval(point, (wide / 2, wide / 2))

    def arc(self, corner: Point, opposite: Point, begin: int, end: int, wide: float) -> None:
        """A part of an ellipse's edge, in degrees clockwise from three o'clock."""
        box = self._at([corner, opposite])
        self.draw.arc(box, begin, end, fill=255, width=round(wide * self.unit))


class Sheet:
    """A clear square on which a thing is put together, part by part."""

    def __init__(self, seed: int) -> None:
        self.picture = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
        self.chance = np.random.default_rng(seed)

    def part(self, colour: str, paint: Paint, *, light: str = "flat", stuff: str = "") -> None:
        """Add what `paint` draws: lit as something `flat`, `round` (a cup) or a `ball`, made of
        `cloth`, `clay`, `paper`, `metal` or anything smooth."""
        pen = Pen()
        paint(pen)
        drawn = pen.mask.getbbox()
        if drawn is None:
            return
        left, top, right, foot = (
            *(edge // SCALE for edge in drawn[:2]),
            *(edge // SCALE + 1 for edge in drawn[2:]),
        )
        box = (left * SCALE, top * SCALE, right * SCALE, foot * SCALE)
        size = (right - left, foot - top)
        mask = pen.mask.crop(box).resize(size, Resampling.BOX)
        bright = LIGHTS[light](*size) * STUFFS.get(stuff, _smooth)(self.chance, *size)
        self.picture.alpha_composite(_lit(colour, bright, mask), (left, top))


def _lit(colour: str, bright: np.ndarray, mask: Image.Image) -> Image.Image:
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float32)
    lit = np.clip(bright[..., None] * rgb, 0, 255).astype(np.uint8)
    picture = Image.fromarray(lit).convert("RGBA")
    picture.putalpha(mask)
    return picture


# --- How light falls, and what things are made of: one factor for each point ----------------------


def _flat(width: int, height: int) -> np.ndarray:
    down = np.linspace(1.04, 0.94, height)[:, None]
    return down * np.linspace(1.02, 0.97, width)[None, :]


def _round(width: int, height: int) -> np.ndarray:
    x = np.linspace(-1, 1, width)[None, :]
    side = 0.62 + 0.5 * np.sqrt(np.clip(1 - (x + 0.25) ** 2 / 1.7, 0, 1))
    glint = 0.16 * np.exp(-(((x + 0.5) / 0.12) ** 2))
    return (side + glint) * np.ones((height, 1))


def _ball(width: int, height: int) -> np.ndarray:
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    away = (x + 0.35) ** 2 + (y + 0.4) ** 2
    return 1.14 - 0.26 * away + 0.2 * np.exp(-away / 0.05)


def _smooth(_chance: np.random.Generator, _width: int, _height: int) -> np.ndarray:
    return np.ones((1, 1))


def _cloth(chance: np.random.Generator, width: int, height: int) -> np.ndarray:
    """Threads both ways, and soft folds that run down."""
    weave = 1 + chance.normal(0, 0.015, (1, width)) + chance.normal(0, 0.015, (height, 1))
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    folds = sum(
        0.028 * np.sin(chance.uniform(5, 17) * x + chance.uniform(-3, 3) * y + chance.uniform(0, 6))
        for _ in range(4)
    )
    return weave * (1 + folds)


def _clay(chance: np.random.Generator, width: int, height: int) -> np.ndarray:
    """Speckles, as in stoneware."""
    dots = Image.fromarray((chance.random((height, width)) < 0.0009).astype(np.uint8) * 255)
    spread = dots.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(0.8))
    return 1 - 0.32 * np.asarray(spread) / 255 + chance.normal(0, 0.008, (height, width))


def _paper(chance: np.random.Generator, width: int, height: int) -> np.ndarray:
    """A fine grain, as a risograph leaves it."""
    return 1 + chance.normal(0, 0.022, (height, width))


def _metal(chance: np.random.Generator, width: int, height: int) -> np.ndarray:
    """Brushed along, with a bright band."""
    brushed = 1 + chance.normal(0, 0.02, (height, 1))
    x = np.linspace(0, 1, width)[None, :]
    return brushed * (0.92 + 0.3 * np.exp(-(((x - 0.34) / 0.1) ** 2)))


LIGHTS = {"flat": _flat, "round": _round, "ball": _ball}
STUFFS = {"cloth": _cloth, "clay": _clay, "paper": _paper, "metal": _metal}


# --- The photograph -------------------------------------------------------------------------------


def photograph(thing: Sheet, backdrop: str, *, stands: bool, window: bool = False) -> bytes:
    """The thing before a ground of this colour, as a PNG: standing on it, or lying and seen from
    above; with `window`, light falls in through panes."""
    ground = _cove(backdrop) if stands else _tabletop(backdrop)
    if window:
        ground = _by_the_window(ground)
    _cast(ground, thing.picture, stands=stands)
    ground.paste(thing.picture, (0, 0), thing.picture)
    file = io.BytesIO()
    ground.save(file, "PNG", compress_level=1)
    return file.getvalue()


def _cove(colour: str) -> Image.Image:
    """A wall that runs into the table without an edge."""
    y = np.linspace(0, 1, SIDE)[:, None]
    x = np.linspace(-1, 1, SIDE)[None, :]
    wall = 1.05 - 0.1 * y - 0.05 * x**2
    table = 0.075 / (1 + np.exp(-(y - 0.72) * 38))
    return _toned(colour, wall + table)


def _tabletop(colour: str) -> Image.Image:
    x, y = np.meshgrid(np.linspace(-1, 1, SIDE), np.linspace(-1, 1, SIDE))
    return _toned(colour, 1.05 - 0.06 * ((x + 0.4) ** 2 + (y + 0.5) ** 2))


def _toned(colour: str, bright: np.ndarray) -> Image.Image:
    return _lit(colour, bright, Image.new("L", (SIDE, SIDE), 255)).convert("RGB")


def _by_the_window(ground: Image.Image) -> Image.Image:
    """Two panes of sun lie aslant on it, a twig before them."""
    pen = Pen()
    for left in (14, 44):
        pen.sharp((left, -5), (left + 24, -5), (left + 46, 105), (left + 18, 105))
    panes = pen.mask.resize((SIDE, SIDE)).filter(ImageFilter.GaussianBlur(9))
    twig = Pen()
    twig.line(0.8, (80, 0), (64, 30), (60, 62))
    for x, y, aside in ((76, 8, 5), (66, 18, -6), (70, 26, 6), (58, 38, -6), (67, 46, 6)):
        twig.smooth((x, y), (x + aside, y - 3), (x + 2 * aside, y + 6), (x + aside, y + 7))
    leaves = twig.mask.resize((SIDE, SIDE)).filter(ImageFilter.GaussianBlur(7))
    sun = ImageChops.subtract(panes, leaves)
    bright = ground.point(lambda value: min(255, round(value * 1.13) + 6))
    dim = ground.point(lambda value: round(value * 0.96))
    return Image.composite(bright, dim, sun)


def _cast(ground: Image.Image, thing: Image.Image, *, stands: bool) -> None:
    alpha = thing.getchannel("A")
    shadows = _standing(alpha) if stands else _lying(alpha)
    for shadow, strength in shadows:
        dark = ground.point(lambda value, by=strength: round(value * (1 - by)))
        ground.paste(dark, (0, 0), shadow)


def _lying(alpha: Image.Image) -> list[tuple[Image.Image, float]]:
    def moved(x: int, y: int) -> Image.Image:
        return alpha.transform(alpha.size, Transform.AFFINE, (1, 0, -x, 0, 1, -y))

    near = moved(4, 7).filter(ImageFilter.GaussianBlur(5))
    far = moved(16, 26).filter(ImageFilter.GaussianBlur(26))
    return [(far, 0.26), (near, 0.22)]


def _standing(alpha: Image.Image) -> list[tuple[Image.Image, float]]:
    """Where it touches the table, and its shape thrown to the right."""
    left, _, right, foot = alpha.getbbox() or (0, 0, SIDE, SIDE)
    squash, lean = 3.4, 2.2
    thrown = alpha.transform(
        alpha.size,
        Transform.AFFINE,
        (1, lean, -lean * foot, 0, squash, foot * (1 - squash)),
        Resampling.BILINEAR,
    )
    touch = Image.new("L", alpha.size)
    middle, half = (left + right) / 2, (right - left) * 0.46
    ImageDraw.Draw(touch).ellipse((middle - half, foot - 16, middle + half, foot + 14), fill=255)
    return [
        (thrown.filter(ImageFilter.GaussianBlur(17)), 0.2),
        (touch.filter(ImageFilter.GaussianBlur(11)), 0.36),
    ]


def nearer(thing: Sheet, middle: Point, times: float) -> Sheet:
    """The same thing seen so many times larger, with this point in the middle."""
    seen = Sheet(0)
    x, y = (part * SIDE / 100 for part in middle)
    half = SIDE / 2 / times
    box = (x - half, y - half, x + half, y + half)
    seen.picture = thing.picture.transform((SIDE, SIDE), Transform.EXTENT, box, Resampling.BICUBIC)
    return seen


def beside(*things: tuple[Sheet, float, Point]) -> Sheet:
    """Several on one sheet, the farthest first: each so many times its size, its foot (the middle
    of its lower edge) there."""
    all_of_them = Sheet(0)
    for thing, times, (x, y) in things:
        box = thing.picture.getbbox() or (0, 0, SIDE, SIDE)
        alone = thing.picture.crop(box)
        size = (round(alone.width * times), round(alone.height * times))
        small = alone.resize(size, Resampling.LANCZOS)
        at = (round(x * SIDE / 100 - size[0] / 2), round(y * SIDE / 100 - size[1]))
        all_of_them.picture.paste(small, at, small)
    return all_of_them
