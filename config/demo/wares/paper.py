"""Prints and things to write on, drawn."""

import math

from config.demo.studio import CREAM, INK, LEAF, Paint, Pen, Sheet, held, shade


def _framed(sheet: Sheet, ground: str) -> None:
    sheet.part(CREAM, lambda pen: pen.block((20, 8), (80, 92), 0.4), stuff="paper")
    sheet.part(ground, lambda pen: pen.block((24, 12), (76, 84), 0), stuff="paper")
    sheet.part(
        "#8a8390", lambda pen: pen.line(0.3, (60, 88), (63, 87), (66, 88.6), (70, 87), (75, 88))
    )
    sheet.part("#8a8390", lambda pen: pen.line(0.3, (25, 88), (32, 88)))


def _inked(sheet: Sheet, colour: str, paint: Paint) -> None:
    sheet.part(colour, paint, stuff="paper")


def mountain(sheet: Sheet, colour: str) -> None:
    _framed(sheet, "#f7ead3")
    _inked(sheet, shade(colour, 1.1), lambda pen: pen.oval((50, 40), (16, 16)))
    ridges = ((58, 0.92, 9, 0.4), (66, 0.68, 7, 1.9), (75, 0.46, 5, 3.4))
    for base, tone, high, phase in ridges:
        ridge = [(x, base - high * abs(math.sin(x / 9 + phase))) for x in range(24, 77, 2)]
        shape = [*ridge, (76, 84), (24, 84)]
        _inked(sheet, shade(colour, tone), lambda pen, at=shape: pen.sharp(*at))
    for x, y in ((33, 24), (38, 21), (64, 27)):
        bird = [(x - 2, y - 1.2), (x, y), (x + 2, y - 1.2)]
        _inked(sheet, shade(colour, 0.46), lambda pen, at=bird: pen.line(0.5, *at))


def moon(sheet: Sheet, colour: str) -> None:
    night = shade(colour, 0.42)
    _framed(sheet, night)
    _inked(sheet, "#f6e7b4", lambda pen: pen.oval((50, 38), (17, 17)))
    for x, y, size in ((45, 32, 3.4), (56, 41, 4.4), (47, 46, 2.2), (58, 30, 1.6)):
        _inked(sheet, "#e2cf94", lambda pen, at=(x, y), r=size: pen.oval(at, (r, r)))
    for star_x, star_y in sheet.chance.uniform((25, 13), (75, 62), (34, 2)):
        _inked(sheet, "#f6e7b4", lambda pen, at=(star_x, star_y): pen.oval(at, (0.35, 0.35)))
    for number, base in enumerate((66, 71, 76)):
        waves = [(x, base + 1.6 * math.sin(x / 3.2 + number)) for x in range(24, 77)]
        shape = [*waves, (76, 84), (24, 84)]
        _inked(sheet, shade(colour, 0.62 + 0.16 * number), lambda pen, at=shape: pen.sharp(*at))
    for low, half in ((69, 9), (73, 6), (77, 7.5), (80.5, 4)):
        _inked(sheet, "#f6e7b4", lambda pen, y=low, x=half: pen.line(0.7, (50 - x, y), (50 + x, y)))


def bird(sheet: Sheet, colour: str) -> None:
    _framed(sheet, "#e9f0e2")
    branch = "#5b4636"
    _inked(sheet, branch, lambda pen: pen.line(1.4, (24, 70), (46, 66), (76, 69)))
    for x, y, side in ((30, 66, -1), (64, 64, 1), (70, 71, 1), (38, 71, -1)):
        leaf = [(x, y), (x + 5 * side, y - 5), (x + 10 * side, y - 3), (x + 5 * side, y + 3)]
        _inked(sheet, LEAF, lambda pen, at=leaf: pen.smooth(*at))
    tail = [(36, 56), (28, 68), (32, 70), (43, 60)]
    _inked(sheet, shade(colour, 0.62), lambda pen: pen.smooth(*held(tail)))
    body = [(38, 58), (40, 40), (52, 26), (62, 28), (66, 38), (60, 56), (48, 65)]
    _inked(sheet, colour, lambda pen: pen.smooth(*body))
    _inked(sheet, "#f3d9a4", lambda pen: pen.smooth((52, 46), (63, 42), (60, 56), (50, 63)))
    wing = [(38, 58), (42, 42), (54, 40), (56, 50), (46, 60)]
    _inked(sheet, shade(colour, 0.72), lambda pen: pen.smooth(*wing))
    _inked(sheet, "#d98b2b", lambda pen: pen.sharp((63, 32), (70, 34.5), (63.4, 37)))
    _inked(sheet, INK, lambda pen: pen.oval((58.5, 33), (1.2, 1.2)))
    for x in (50, 53):
        _inked(sheet, "#d98b2b", lambda pen, x=x: pen.line(0.6, (x, 62), (x, 67)))


def cards(sheet: Sheet, colour: str) -> None:
    tones = (0.62, 0.8, 1.0)
    for place, tone in enumerate(tones):
        x, y = 12 + place * 11, 22 + place * 14
        sheet.part(
            CREAM, lambda pen, x=x, y=y: pen.block((x, y), (x + 54, y + 36), 0.5), stuff="paper"
        )
        inner = shade(colour, tone)
        sheet.part(
            inner,
            lambda pen, x=x, y=y: pen.block((x + 2, y + 2), (x + 52, y + 34), 0),
            stuff="paper",
        )
        sun = (x + 36 - 6 * place, y + 13)
        sheet.part("#fff1d0", lambda pen, at=sun: pen.oval(at, (6, 6)), stuff="paper")
        ridge = ((2, 28), (14, 18), (24, 26), (36, 15), (52, 27), (52, 34), (2, 34))
        hills = [(x + a, y + b) for a, b in ridge]
        sheet.part(shade(inner, 0.6), lambda pen, at=hills: pen.sharp(*at), stuff="paper")
    sheet.part("#b4533c", lambda pen: pen.line(0.7, (8, 64), (40, 60), (92, 66)))


def notebook(sheet: Sheet, colour: str) -> None:
    sheet.part("#e7dfcd", lambda pen: pen.block((26, 11), (79, 90), 1.4), stuff="paper")
    sheet.part(CREAM, lambda pen: pen.block((25, 10), (77.5, 89), 1.4), stuff="paper")
    sheet.part(colour, lambda pen: pen.block((23, 9), (76, 88), 1.6), stuff="cloth")
    sheet.part(shade(colour, 0.72), lambda pen: pen.block((23, 9), (31, 88), 1.6), stuff="cloth")
    sheet.part(CREAM, lambda pen: pen.block((42, 26), (66, 42), 0.6), stuff="paper")
    for y, right in ((31, 61), (34.5, 56), (38, 59)):
        sheet.part("#b9b0a3", lambda pen, y=y, x=right: pen.line(0.5, (46, y), (x, y)))
    sheet.part(shade(colour, 0.55), lambda pen: pen.block((68.5, 9), (70.5, 88), 0))
    sheet.part("#d9482b", lambda pen: pen.sharp((37, 87), (40, 87), (40, 97), (38.5, 95), (37, 97)))


def stickers(sheet: Sheet, colour: str) -> None:
    sheet.part("#fdfbf6", lambda pen: pen.block((20, 8), (80, 92), 2), stuff="paper")
    hues = (colour, "#f0b64e", "#4f86c6", "#6a58b0", "#35a27f", shade(colour, 0.72))
    for number in range(12):
        x, y = 31 + 19 * (number % 3), 20 + 20 * (number // 3)
        hue = hues[(number * 5) % len(hues)]
        paint = STICKERS[number % len(STICKERS)]
        sheet.part("#e6e0d4", lambda pen, x=x, y=y: pen.oval((x + 0.4, y + 0.6), (8.4, 8.4)))
        sheet.part("#ffffff", lambda pen, x=x, y=y: pen.oval((x, y), (8.4, 8.4)))
        sheet.part(hue, lambda pen, x=x, y=y, paint=paint: paint(pen, x, y), stuff="paper")


def _heart(pen: Pen, x: float, y: float) -> None:
    pen.oval((x - 2.6, y - 1.6), (3, 3))
    pen.oval((x + 2.6, y - 1.6), (3, 3))
    pen.sharp((x - 5.4, y - 0.4), (x + 5.4, y - 0.4), (x, y + 6))


def star(pen: Pen, x: float, y: float) -> None:
    turns = [(math.pi * k / 5 - math.pi / 2, 6.4 if k % 2 == 0 else 2.8) for k in range(10)]
    pen.sharp(*((x + r * math.cos(a), y + r * math.sin(a)) for a, r in turns))


def _note(pen: Pen, x: float, y: float) -> None:
    pen.oval((x - 2.4, y + 3.6), (2.4, 1.9))
    pen.line(1.1, (x - 0.6, y + 3.4), (x - 0.6, y - 4.6), (x + 4, y - 2.6))


def _sun(pen: Pen, x: float, y: float) -> None:
    pen.oval((x, y), (3.2, 3.2))
    for k in range(8):
        a = math.pi * k / 4
        near, far = ((x + r * math.cos(a), y + r * math.sin(a)) for r in (4.4, 6))
        pen.line(0.9, near, far)


STICKERS = (_heart, star, _note, _sun)
