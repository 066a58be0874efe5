"""What stands or lies beside a thing in a picture of it at home."""

from config.demo.studio import CREAM, LEAF, WOOD, Sheet, shade


def plant() -> Sheet:
    sheet = Sheet(5)
    for x, y, side in ((40, 16, -1), (60, 12, 1), (30, 34, -1), (70, 30, 1), (50, 4, 1)):
        leaf = shade(LEAF, 0.86 + 0.05 * side)
        sheet.part(leaf, lambda pen, x=x, y=y: pen.line(1.2, (50, 66), (x, y + 8)))
        sheet.part(
            leaf,
            lambda pen, x=x, y=y, side=side: pen.smooth(
                (x, y - 6), (x + 9 * side, y + 2), (x + 4 * side, y + 22), (x - 5 * side, y + 10)
            ),
        )
    pot = shade(WOOD, 1.3)
    sheet.part(pot, lambda pen: pen.sharp((34, 62), (66, 62), (61, 92), (39, 92)), light="round")
    sheet.part(shade(pot, 1.06), lambda pen: pen.block((32, 60), (68, 67), 1), light="round")
    return sheet


def books() -> Sheet:
    sheet = Sheet(6)
    for y, left, right, colour in ((80, 16, 84, "#b4533c"), (88, 20, 80, "#3f5a73")):
        sheet.part(colour, lambda pen, y=y, a=left, b=right: pen.block((a, y), (b, y + 8), 1))
        sheet.part(CREAM, lambda pen, y=y, b=right: pen.block((b - 3, y + 1), (b, y + 7), 0))
    return sheet


def twig() -> Sheet:
    sheet = Sheet(7)
    sheet.part(LEAF, lambda pen: pen.line(1, (50, 96), (46, 50), (54, 6)))
    for number in range(7):
        y, side = 12 + 11 * number, 1 if number % 2 else -1
        sheet.part(
            shade(LEAF, 0.92 + 0.04 * (number % 3)),
            lambda pen, y=y, side=side: pen.smooth(
                (50, y + 8),
                (50 + 14 * side, y - 6),
                (50 + 30 * side, y - 4),
                (50 + 16 * side, y + 7),
            ),
        )
    return sheet


def cup_from_above() -> Sheet:
    sheet = Sheet(8)
    sheet.part("#e9e2d6", lambda pen: pen.oval((50, 50), (46, 46)), stuff="clay")
    sheet.part("#d9d0c1", lambda pen: pen.oval((50, 50), (30, 30)))
    sheet.part("#4a2c1d", lambda pen: pen.oval((50, 50), (26, 26)), light="ball")
    return sheet
