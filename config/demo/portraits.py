"""Drawn faces for the demo people: flat shapes, one recipe a person, the same at every start."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

SIZE = 320
SCALE = 3  # drawn larger and shrunk, for smooth edges


@dataclass(frozen=True, slots=True)
class Portrait:
    """Colours as `#rrggbb`; `hair` is one of the styles below; extras are drawn last."""

    backdrop: str
    skin: str
    hair_colour: str
    clothes: str
    hair: str = "short"
    glasses: bool = False
    beard: bool = False
    earrings: str = ""


def draw(portrait: Portrait) -> bytes:
    """The portrait as a square PNG of 320 pixels."""
    canvas = Image.new("RGB", (SIZE * SCALE, SIZE * SCALE), portrait.backdrop)
    pen = _Pen(ImageDraw.Draw(canvas))
    _behind(pen, portrait)
    _body(pen, portrait)
    _front(pen, portrait)
    _features(pen, portrait)
    file = io.BytesIO()
    canvas.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


class _Pen:
    """Draws in a space of 0 to 100, whatever the canvas."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self.draw = draw
        self.unit = SIZE * SCALE / 100

    def _box(self, x: float, y: float, rx: float, ry: float) -> list[float]:
        return [value * self.unit for value in (x - rx, y - ry, x + rx, y + ry)]

    def oval(self, x: float, y: float, rx: float, ry: float, colour: str) -> None:
        self.draw.ellipse(self._box(x, y, rx, ry), fill=colour)

    def half(self, x: float, y: float, rx: float, ry: float, colour: str, turn: int = 180) -> None:
        self.draw.pieslice(self._box(x, y, rx, ry), turn, turn + 180, fill=colour)

    def block(
        self, x: float, y: float, rx: float, ry: float, colour: str, round_: float = 4
    ) -> None:
        self.draw.rounded_rectangle(self._box(x, y, rx, ry), round_ * self.unit, fill=colour)

    def arc(
        self, x: float, y: float, rx: float, ry: float, span: tuple[int, int], colour: str
    ) -> None:
        self.draw.arc(self._box(x, y, rx, ry), *span, fill=colour, width=int(1.5 * self.unit))

    def ring(self, x: float, y: float, radius: float, colour: str) -> None:
        self.draw.ellipse(
            self._box(x, y, radius, radius), outline=colour, width=int(1.3 * self.unit)
        )


def _shade(colour: str, factor: float) -> str:
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{max(0, min(255, round(part * factor))):02x}" for part in parts)


def _behind(pen: _Pen, who: Portrait) -> None:
    if who.hair == "long":
        pen.block(50, 56, 25, 28, who.hair_colour, 20)
    elif who.hair == "bob":
        pen.block(50, 46, 24, 22, who.hair_colour, 18)
    elif who.hair == "curly":
        for x, y in ((28, 40), (26, 52), (72, 40), (74, 52), (34, 27), (50, 22), (66, 27)):
            pen.oval(x, y, 12, 12, who.hair_colour)
    elif who.hair == "bun":
        pen.oval(50, 15, 10, 10, who.hair_colour)
    elif who.hair == "scarf":
        pen.block(50, 58, 27, 34, who.hair_colour, 22)


def _body(pen: _Pen, who: Portrait) -> None:
    pen.oval(50, 104, 36, 30, who.clothes)
    pen.block(50, 70, 8.5, 12, _shade(who.skin, 0.9), 8)
    pen.half(50, 77, 11, 8, _shade(who.skin, 0.9), turn=0)
    if who.hair != "scarf":
        for x in (31, 69):
            pen.oval(x, 48, 4, 5.5, _shade(who.skin, 0.94))
    pen.block(50, 47, 19, 24, who.skin, 17)
    if who.beard:
        pen.half(50, 55, 19, 17, who.hair_colour, turn=0)
        pen.oval(50, 54, 13, 6, who.skin)


def _front(pen: _Pen, who: Portrait) -> None:
    if who.hair == "scarf":
        pen.half(50, 44, 24, 27, who.hair_colour)
        pen.block(50, 78, 20, 10, who.hair_colour, 10)
        pen.half(50, 46, 17, 17, who.skin)
    elif who.hair == "buzz":
        pen.half(50, 38, 19.5, 17, who.hair_colour)
    elif who.hair == "quiff":
        pen.half(50, 36, 20, 15, who.hair_colour)
        pen.oval(58, 23, 14, 8, who.hair_colour)
    elif who.hair == "curly":
        for x, y in ((35, 30), (44, 26), (56, 26), (65, 30)):
            pen.oval(x, y, 8, 7, who.hair_colour)
    elif who.hair in {"long", "bob"}:
        pen.half(50, 40, 22, 21, who.hair_colour)
        pen.oval(60, 40, 13, 7, who.skin)
    elif who.hair == "bald":
        pen.oval(44, 30, 6, 3, _shade(who.skin, 1.06))
    else:
        pen.half(50, 37, 20, 18, who.hair_colour)
        pen.oval(50, 39, 15, 4, who.skin)


def _features(pen: _Pen, who: Portrait) -> None:
    ink = "#2a2130"
    for x in (42, 58):
        pen.oval(x, 48, 1.9, 2.3, ink)
        pen.arc(x, 44, 4, 3, (205, 335), _shade(who.hair_colour, 0.8))
        pen.oval(x + (-4 if x < 50 else 4), 55, 3.4, 2, _shade(who.skin, 0.93))
    pen.arc(50, 52, 2.4, 3, (20, 160), _shade(who.skin, 0.75))
    pen.half(50, 58.5, 5.4, 4.4, "#ffffff", turn=0)
    pen.arc(50, 58.2, 5.6, 4.6, (0, 180), _shade(who.skin, 0.55))
    if who.glasses:
        for x in (42, 58):
            pen.ring(x, 48.5, 6.4, ink)
        pen.draw.line([48.2 * pen.unit, 48 * pen.unit, 51.8 * pen.unit, 48 * pen.unit], ink, 10)
    if who.earrings:
        for ear in (30.5, 69.5):
            pen.oval(ear, 54.5, 1.8, 1.8, who.earrings)
