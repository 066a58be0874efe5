"""What coffee, tea and films are had with, drawn."""

from config.demo.studio import BRASS, CREAM, INK, LEAF, WOOD, Sheet, held, shade
from config.demo.wares.paper import star


def coffee(sheet: Sheet, colour: str) -> None:
    body = [(26, 18), (74, 18), (78, 40), (77, 90), (23, 90), (22, 40)]
    sheet.part(colour, lambda pen: pen.smooth(*held(held(body))), light="round", stuff="paper")
    sheet.part(
        shade(colour, 0.8),
        lambda pen: pen.block((26, 10), (74, 19), 0.8),
        light="round",
        stuff="paper",
    )
    sheet.part(BRASS, lambda pen: pen.block((24, 15), (76, 17.6), 0.6), stuff="metal")
    sheet.part(CREAM, lambda pen: pen.block((32, 36), (68, 76), 1.2), stuff="paper")
    sheet.part(BRASS, lambda pen: pen.arc((41, 40), (59, 58), 90, 350, 1.2))
    sheet.part(shade(colour, 0.7), lambda pen: pen.smooth((50, 43), (56, 49), (50, 56), (44, 49)))
    sheet.part(CREAM, lambda pen: pen.line(0.6, (50, 44), (48.6, 49), (51, 55)))
    for y, half in ((63, 12), (67, 8), (71, 10)):
        sheet.part(INK, lambda pen, y=y, x=half: pen.line(0.8, (50 - x, y), (50 + x, y)))
    for bean in ((14, 90), (19, 92.5), (83, 91), (88, 93)):
        sheet.part("#4a2c1d", lambda pen, at=bean: pen.oval(at, (2.4, 1.7)), light="ball")


def dallah(sheet: Sheet, colour: str) -> None:
    dark = shade(colour, 0.72)
    spout = [(38, 40), (22, 30), (8, 32), (18, 38), (32, 54)]
    sheet.part(colour, lambda pen: pen.smooth(*held(spout)), stuff="metal")
    sheet.part(dark, lambda pen: pen.arc((56, 32), (88, 74), 270, 100, 3.2), stuff="metal")
    body = [(41, 37), (59, 37), (59, 37), (60, 54), (78, 62), (76, 84), (62, 91), (62, 91)]
    body += [(38, 91), (38, 91), (24, 84), (22, 62), (40, 54), (41, 37)]
    sheet.part(colour, lambda pen: pen.smooth(*body), light="round", stuff="metal")
    lid = [(39, 39), (39, 39), (43, 30), (50, 14), (57, 30), (61, 39), (61, 39)]
    sheet.part(colour, lambda pen: pen.smooth(*lid), light="round", stuff="metal")
    sheet.part(dark, lambda pen: pen.oval((50, 17), (2.2, 2.8)), light="ball")
    for y, half in ((39, 10), (53, 10.4), (71, 25)):
        sheet.part(
            dark, lambda pen, y=y, x=half: pen.line(1, (50 - x, y), (50 + x, y)), light="round"
        )


def glasses(sheet: Sheet, colour: str) -> None:
    for x, y, size in ((31, 84, 1.0), (66, 90, 1.12)):
        r = 15 * size
        top, foot = y - 46 * size, y
        half = [(r, top), (r * 0.7, top + 22 * size), (r * 0.8, foot)]
        glass = [(x + a, b) for a, b in half] + [(x - a, b) for a, b in reversed(half)]
        sheet.part("#dfe9e6", lambda pen, at=glass: pen.smooth(*held(at)), light="round")
        tea = [(a * 0.9 + x * 0.1, b if b > top + 4 else top + 7 * size) for a, b in glass]
        tea = [(a, min(b, foot - 3)) for a, b in tea]
        sheet.part(colour, lambda pen, at=tea: pen.smooth(*held(at)), light="round")
        sheet.part(
            BRASS, lambda pen, x=x, y=top, r=r: pen.line(0.9, (x - r + 0.6, y), (x + r - 0.6, y))
        )
        mint = [(x, top + 4), (x + 6, top - 6), (x + 11, top - 3), (x + 5, top + 5)]
        sheet.part(LEAF, lambda pen, at=mint: pen.smooth(*at))
        for step in range(3):
            at = (x - r * 0.55 + r * 0.55 * step, foot - 12 * size)
            sheet.part(BRASS, lambda pen, at=at: pen.oval(at, (0.9, 1.5)))


def popcorn(sheet: Sheet, colour: str) -> None:
    for number in range(46):
        x = 50 + 23 * float(sheet.chance.uniform(-1, 1))
        y = 14 + 0.018 * (x - 50) ** 2 + number * 0.5
        tone = ("#fff6da", "#f4d98f", "#fdedc0")[number % 3]
        sheet.part(tone, lambda pen, at=(x, y): pen.oval(at, (4.6, 4.2)), light="ball")
    tub = [(24, 38), (76, 38), (70, 91), (30, 91)]
    sheet.part("#fdf7ea", lambda pen: pen.sharp(*tub), light="round", stuff="paper")
    for number in range(4):
        a, b = 24 + 13 * number + 3, 30 + 10 * number + 2.4
        stripe = [(a, 38), (a + 6.6, 38), (b + 5, 91), (b, 91)]
        sheet.part(colour, lambda pen, at=stripe: pen.sharp(*at), stuff="paper")
    sheet.part("#fdf7ea", lambda pen: pen.oval((50, 63), (13, 11)), stuff="paper")
    sheet.part(colour, lambda pen: star(pen, 50, 63), stuff="paper")


def lamp(sheet: Sheet, colour: str) -> None:
    for side in (-1, 0, 1):
        leg = [(50, 56), (50 + side * 24, 92)]
        sheet.part(WOOD, lambda pen, at=leg: pen.line(1.8, *at))
    sheet.part(INK, lambda pen: pen.block((44, 48), (56, 58), 1.4), light="round")
    sheet.part(
        shade(colour, 0.8),
        lambda pen: pen.block((58, 20), (76, 50), 2),
        light="round",
        stuff="metal",
    )
    sheet.part(colour, lambda pen: pen.block((26, 18), (66, 52), 4), light="round", stuff="metal")
    for y in (24, 28, 32):
        sheet.part(shade(colour, 0.6), lambda pen, y=y: pen.line(0.8, (44, y), (60, y)))
    sheet.part(INK, lambda pen: pen.oval((27, 35), (6, 15)))
    sheet.part("#ffe9a8", lambda pen: pen.oval((26, 35), (4.4, 12.6)), light="ball")


def strip(sheet: Sheet, colour: str) -> None:
    for left, top, tone in ((24, 8, 0.86), (54, 16, 1.0)):
        right = left + 22
        sheet.part(INK, lambda pen, a=left, b=right, y=top: pen.block((a, y), (b, y + 74), 1))
        for number in range(5):
            y = top + 3 + 14 * number
            hue = shade(colour, tone * (0.7 + 0.12 * number))
            sheet.part(
                hue,
                lambda pen, a=left, y=y: pen.block((a + 4, y), (a + 18, y + 12), 0.8),
                light="flat",
            )
            sheet.part(
                "#fff1d0",
                lambda pen, a=left, y=y, n=number: pen.oval((a + 7 + 2 * n, y + 5), (2, 2)),
            )
            for x in (left + 1.2, left + 19.2):
                for low in (y + 1.4, y + 7.4):
                    sheet.part(
                        CREAM, lambda pen, x=x, y=low: pen.block((x, y), (x + 1.6, y + 2.6), 0.5)
                    )
