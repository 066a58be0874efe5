"""Drawn pictures of what the demo shops sell: a flat shape on a coloured ground, as photographed
from above, the same at every start."""

import io
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

SIZE = 720
SCALE = 2  # drawn larger and shrunk, for smooth edges

Shape = Callable[[ImageDraw.ImageDraw, str], None]
Points = Sequence[tuple[float, float]]


def draw(shape: str, colour: str, backdrop: str) -> bytes:
    """The thing as a square PNG; colours as `#rrggbb`."""
    canvas = Image.new("RGB", (SIZE * SCALE, SIZE * SCALE), backdrop)
    pen = ImageDraw.Draw(canvas)
    _oval(pen, (50, 88), (34, 4), _shade(backdrop, 0.9))
    SHAPES[shape](pen, colour)
    file = io.BytesIO()
    canvas.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


def _scaled(points: Points) -> Points:
    unit = SIZE * SCALE / 100
    return [(x * unit, y * unit) for x, y in points]


def _fill(pen: ImageDraw.ImageDraw, points: Points, colour: str) -> None:
    pen.polygon(_scaled(points), fill=colour)


def _oval(
    pen: ImageDraw.ImageDraw, middle: tuple[float, float], radii: tuple[float, float], colour: str
) -> None:
    (x, y), (rx, ry) = middle, radii
    pen.ellipse(_scaled([(x - rx, y - ry), (x + rx, y + ry)]), fill=colour)


def _block(pen: ImageDraw.ImageDraw, corners: Points, colour: str, rounded: float = 2) -> None:
    pen.rounded_rectangle(_scaled(corners), rounded * SIZE * SCALE / 100, fill=colour)


def _shade(colour: str, factor: float) -> str:
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{max(0, min(255, round(part * factor))):02x}" for part in parts)


def _shirt(pen: ImageDraw.ImageDraw, colour: str) -> None:
    sleeves = [(30, 22), (8, 42), (18, 54), (32, 44), (68, 44), (82, 54), (92, 42), (70, 22)]
    _fill(pen, sleeves, _shade(colour, 0.92))
    _fill(pen, [(30, 22), (42, 18), (58, 18), (70, 22), (70, 86), (30, 86)], colour)
    _fill(pen, [(42, 18), (50, 30), (58, 18)], _shade(colour, 0.7))
    for y in (38, 50, 62, 74):
        _oval(pen, (50, y), (1.2, 1.2), _shade(colour, 0.55))


def _bag(pen: ImageDraw.ImageDraw, colour: str) -> None:
    unit = SIZE * SCALE / 100
    pen.arc(_scaled([(34, 12), (66, 60)]), 180, 360, fill=_shade(colour, 0.7), width=int(3 * unit))
    _fill(pen, [(22, 36), (78, 36), (84, 86), (16, 86)], colour)
    _block(pen, [(40, 54), (60, 68)], _shade(colour, 0.82))


def _mug(pen: ImageDraw.ImageDraw, colour: str) -> None:
    unit = SIZE * SCALE / 100
    pen.arc(_scaled([(58, 40), (86, 70)]), 270, 90, fill=_shade(colour, 0.85), width=int(5 * unit))
    _block(pen, [(24, 28), (70, 86)], colour, 7)
    _oval(pen, (47, 30), (23, 5), _shade(colour, 0.6))


def _print(pen: ImageDraw.ImageDraw, colour: str) -> None:
    _block(pen, [(20, 10), (80, 88)], "#fffdf6", 1)
    _oval(pen, (50, 38), (20, 20), colour)
    _fill(pen, [(24, 82), (42, 52), (58, 70), (66, 60), (76, 82)], _shade(colour, 0.6))


def _cards(pen: ImageDraw.ImageDraw, colour: str) -> None:
    for place, factor in enumerate((0.7, 0.85, 1.0)):
        x = 14 + place * 12
        _block(pen, [(x, 22 + place * 8), (x + 48, 58 + place * 8)], _shade(colour, factor), 2)
    _oval(pen, (62, 56), (9, 9), "#fffdf6")


def _scarf(pen: ImageDraw.ImageDraw, colour: str) -> None:
    _block(pen, [(36, 10), (50, 86)], _shade(colour, 0.82), 2)
    _block(pen, [(46, 14), (64, 80)], colour, 2)
    for y in (24, 38, 52, 66):
        _block(pen, [(46, y), (64, y + 4)], _shade(colour, 0.65), 0.5)


SHAPES: dict[str, Shape] = {
    "bag": _bag,
    "cards": _cards,
    "mug": _mug,
    "print": _print,
    "scarf": _scarf,
    "shirt": _shirt,
}
