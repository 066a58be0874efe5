"""Draws the layers of a paper theatre: skies, hills, woods, small things; ffmpeg moves them."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 720, 1280
SCALE = 2  # drawn larger and shrunk, for smooth edges
Point = tuple[float, float]
CLEAR = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Layer:
    """A picture, and where its left upper corner is at `t` seconds, as ffmpeg expressions."""

    picture: Image.Image
    x: str = "0"
    y: str = "0"


def _draw(size: tuple[float, float], paint: Callable[[ImageDraw.ImageDraw], None]) -> Image.Image:
    """A transparent picture of this size; `paint` draws with everything `SCALE` times as large."""
    width, height = round(size[0]), round(size[1])
    large = Image.new("RGBA", (width * SCALE, height * SCALE), CLEAR)
    paint(ImageDraw.Draw(large))
    return large.resize((width, height), Image.Resampling.LANCZOS)


def _chance(seed: int) -> random.Random:
    """The same scene at every start."""
    return random.Random(seed)  # noqa: S311  (decoration)


def _soft(picture: Image.Image, colour: str, radius: float, strength: float = 1) -> Image.Image:
    """The picture's shape in one colour with soft edges (blurring colours would let in black)."""
    edge = picture.getchannel("A").filter(ImageFilter.GaussianBlur(radius))
    soft = Image.new("RGBA", picture.size, colour)
    soft.putalpha(edge.point(lambda alpha: round(alpha * strength)))
    return soft


def _large(points: Sequence[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


# --- Far away -------------------------------------------------------------------------------------


def sky(*colours: str) -> Layer:
    """A background that runs through the colours from top to bottom."""
    column = Image.new("RGB", (1, HEIGHT))
    step = HEIGHT / (len(colours) - 1)
    for place, (above, below) in enumerate(pairwise(colours)):
        top, end = round(place * step), round((place + 1) * step)
        mask = Image.linear_gradient("L").resize((1, end - top))
        blend = Image.composite(
            Image.new("RGB", mask.size, below), Image.new("RGB", mask.size, above), mask
        )
        column.paste(blend, (0, top))
    return Layer(column.resize((WIDTH, HEIGHT)))


def disc(radius: int, colour: str, x: str, y: str, *, glow: int = 0) -> Layer:
    """A sun or moon around (x, y), with a soft halo `glow` pixels wide."""
    edge = radius + 2 * glow
    picture = _draw(
        (2 * edge, 2 * edge),
        lambda draw: draw.circle((edge * SCALE, edge * SCALE), (radius + glow / 2) * SCALE, colour),
    )
    if glow:
        halo = _soft(picture, colour, glow / 2, strength=0.55)
        body = disc(radius, colour, x, y).picture
        halo.alpha_composite(body, (2 * glow, 2 * glow))
        picture = halo
    return Layer(picture, f"({x})-{edge}", f"({y})-{edge}")


def clouds(colour: str, seed: int, *, speed: float, top: int, seconds: float) -> Layer:
    """A band of round clouds that drifts to the left at `speed` pixels a second."""
    chance, width = _chance(seed), WIDTH + abs(speed) * seconds

    def paint(draw: ImageDraw.ImageDraw) -> None:
        for x in range(110, round(width), 340):
            foot = chance.randint(110, 240)
            corners = _large([(x - 105, foot - 34), (x + 105, foot)])
            draw.rounded_rectangle([*corners[0], *corners[1]], 17 * SCALE, fill=colour)
            for _ in range(5):
                radius = chance.randint(24, 46)
                centre = (x + chance.randint(-60, 60), foot - radius)
                draw.circle(_large([centre])[0], radius * SCALE, fill=colour)

    return Layer(_draw((width, 320), paint), f"-{speed}*t", str(top))


# --- The ground -----------------------------------------------------------------------------------


def ridge(seed: int, *, rough: float, wave: float) -> Callable[[float], float]:
    """A smooth skyline: height in pixels above its base for every x; up to about `rough`."""
    chance = _chance(seed)
    parts = [(rough / n, wave / n, chance.uniform(0, 7)) for n in (1, 2.3, 4.1)]
    return lambda x: sum(high * math.sin(x / long + turn) for high, long, turn in parts)


def hills(
    colour: str, seed: int, *, base: float, speed: float, seconds: float, rough: float = 60
) -> Layer:
    """A range of hills from `base` (its mean height on the screen) to the bottom, passing by."""
    width, skyline = WIDTH + speed * seconds, ridge(seed, rough=rough, wave=170)
    top = base - 2 * rough

    def paint(draw: ImageDraw.ImageDraw) -> None:
        line = [(x, base - skyline(x) - top) for x in range(0, round(width) + 6, 4)]
        draw.polygon(_large([*line, (width, HEIGHT), (0, HEIGHT)]), fill=colour)

    return Layer(_draw((width, HEIGHT - top), paint), f"-{speed}*t", str(round(top)))


def pines(
    colour: str, seed: int, *, base: float, tall: int, speed: float, seconds: float, gap: int = 46
) -> Layer:
    """A wood of pines standing on `base`, passing by."""
    chance, width, top = _chance(seed), WIDTH + speed * seconds, base - 1.5 * tall

    def tree(draw: ImageDraw.ImageDraw, x: float, height: float) -> None:
        foot = base - top + chance.randint(0, 20)
        for storey in range(4):
            half = height * (0.08 + 0.055 * storey)
            peak = foot - height * (1 - 0.21 * storey)
            low = peak + height * 0.4
            draw.polygon(_large([(x, peak), (x + half, low), (x - half, low)]), fill=colour)

    def paint(draw: ImageDraw.ImageDraw) -> None:
        for x in range(-20, round(width) + 40, gap):
            tree(draw, x + chance.randint(-14, 14), tall * chance.uniform(0.7, 1.25))
        draw.rectangle(_large([(0, base - top - 30), (width, HEIGHT)]), fill=colour)

    return Layer(_draw((width, HEIGHT - top), paint), f"-{speed}*t", str(round(top)))


def roofs(colour: str, light: str, seed: int, *, base: int, speed: float, seconds: float) -> Layer:
    """A street of gabled houses, some windows lit."""
    chance, width, top = _chance(seed), WIDTH + speed * seconds, base - 220

    def house(draw: ImageDraw.ImageDraw, x: int, wide: int) -> None:
        eaves = 220 - chance.randint(0, 90)
        gable = [(x, eaves), (x + wide / 2, eaves - wide * 0.42), (x + wide, eaves)]
        draw.polygon(_large([*gable, (x + wide, HEIGHT), (x, HEIGHT)]), fill=colour)
        for row in range(8):
            for place in (0.22, 0.6):
                if chance.random() < 0.35:
                    left, high = x + wide * place, eaves + 30 + row * 74
                    corners = _large([(left, high), (left + wide * 0.18, high + 36)])
                    draw.rounded_rectangle([*corners[0], *corners[1]], 6, fill=light)

    def paint(draw: ImageDraw.ImageDraw) -> None:
        x = -30
        while x < width:
            wide = chance.randint(120, 190)
            house(draw, x, wide)
            x += wide - 4

    return Layer(_draw((width, HEIGHT - top), paint), f"-{speed}*t", str(top))


# --- Small things ---------------------------------------------------------------------------------


def dots(
    colour: str, seed: int, *, count: int, sizes: tuple[int, int], x: str = "0", y: str = "0",
    blur: float = 0, area: tuple[int, int] = (WIDTH, HEIGHT),
) -> Layer:  # fmt: skip
    """Stars, fireflies, snow or points of light out of focus, scattered over an area."""
    chance = _chance(seed)

    def paint(draw: ImageDraw.ImageDraw) -> None:
        for _ in range(count):
            centre = (chance.uniform(0, area[0]), chance.uniform(0, area[1]))
            draw.circle(_large([centre])[0], chance.uniform(*sizes) * SCALE, fill=colour)

    picture = _draw(area, paint)
    return Layer(_soft(picture, colour, blur) if blur else picture, x, y)


def shape(points: Sequence[Point], colour: str, x: str, y: str, *, size: tuple[int, int]) -> Layer:
    """One polygon in a picture of its own."""
    return Layer(_draw(size, lambda draw: draw.polygon(_large(points), fill=colour)), x, y)


def ovals(
    parts: Sequence[tuple[float, float, float, float, str]],
    x: str, y: str, *, size: tuple[int, int],
) -> Layer:  # fmt: skip
    """A thing put together of ellipses: (centre x, centre y, radius x, radius y, colour) each."""

    def paint(draw: ImageDraw.ImageDraw) -> None:
        for cx, cy, rx, ry, colour in parts:
            corners = _large([(cx - rx, cy - ry), (cx + rx, cy + ry)])
            draw.ellipse([*corners[0], *corners[1]], fill=colour)

    return Layer(_draw(size, paint), x, y)


def line(
    points: Sequence[Point], colour: str, wide: int, x: str, y: str, *, size: tuple[int, int]
) -> Layer:
    """A stroke through the points, with round joints."""

    def paint(draw: ImageDraw.ImageDraw) -> None:
        draw.line(_large(points), fill=colour, width=wide * SCALE, joint="curve")

    return Layer(_draw(size, paint), x, y)


def flapping(up: Layer, down: Layer, x: str, y: str, *, beats: float) -> list[Layer]:
    """Two pictures of one creature in turn, `beats` times a second."""
    shown = f"lt(mod(t*{beats},1),0.5)"
    return [
        Layer(up.picture, x, f"if({shown},{y},-500)"),
        Layer(down.picture, x, f"if({shown},-500,{y})"),
    ]
