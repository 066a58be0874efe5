"""Things of linen, drawn."""

from config.demo.studio import BRASS, CREAM, WOOD, Sheet, held, shade


def shirt(sheet: Sheet, colour: str) -> None:
    dark = shade(colour, 0.74)
    sheet.part(WOOD, lambda pen: pen.line(1.4, (34, 20), (50, 13), (66, 20)))
    sheet.part(BRASS, lambda pen: pen.arc((46, 3), (54, 13), 180, 90, 0.8))
    for side in (-1, 1):
        sleeve = [(50 + side * x, y) for x, y in ((19, 17), (30, 23), (42, 48), (31, 54), (20, 40))]
        sheet.part(shade(colour, 0.93), lambda pen, at=sleeve: pen.smooth(*held(at)), stuff="cloth")
    body = [(38, 16), (31, 17), (29, 30), (30, 60), (28, 90), (50, 92), (72, 90), (70, 60)]
    body += [(71, 30), (69, 17), (62, 16), (50, 22)]
    sheet.part(colour, lambda pen: pen.smooth(*held(body)), stuff="cloth")
    sheet.part(dark, lambda pen: pen.smooth((40, 15), (60, 15), (57, 20), (50, 25), (43, 20)))
    for side in (-1, 1):
        wing = [(50 + side * x, y) for x, y in ((1, 26), (11, 13), (15, 17), (9, 31))]
        sheet.part(shade(colour, 1.06), lambda pen, at=wing: pen.smooth(*held(at)), stuff="cloth")
    sheet.part(dark, lambda pen: pen.line(0.35, (52.4, 27), (52.4, 91)))
    pocket = [(56, 36), (66, 36), (66, 47), (61, 50), (56, 47)]
    sheet.part(shade(colour, 0.97), lambda pen: pen.sharp(*pocket), stuff="cloth")
    sheet.part(dark, lambda pen: pen.line(0.3, (56, 36), (56, 47), (61, 50), (66, 47), (66, 36)))
    for y in (33, 45, 57, 69, 81):
        sheet.part(shade(colour, 0.6), lambda pen, y=y: pen.oval((50, y), (1, 1)), light="ball")


def bag(sheet: Sheet, colour: str) -> None:
    for low, tone in ((7, 0.72), (10, 0.9)):
        strap = shade(colour, tone)
        sheet.part(
            strap, lambda pen, y=low: pen.arc((34, y), (66, y + 56), 180, 360, 2.6), stuff="cloth"
        )
    body = [(22, 36), (78, 36), (83, 88), (79, 91), (21, 91), (17, 88)]
    sheet.part(colour, lambda pen: pen.smooth(*held(body)), stuff="cloth")
    sheet.part(
        shade(colour, 0.86), lambda pen: pen.sharp((22, 36), (78, 36), (78.3, 40), (21.7, 40))
    )
    for x in (35, 65):
        sheet.part(shade(colour, 0.9), lambda pen, x=x: pen.block((x - 2, 34), (x + 2, 44), 0.4))
    sheet.part(CREAM, lambda pen: pen.block((43, 58), (57, 68), 0.6), stuff="paper")
    sheet.part("#d9482b", lambda pen: pen.line(0.8, (46, 61), (46, 65)))
    sheet.part("#d9482b", lambda pen: pen.line(0.8, (46, 61), (50, 65), (54, 61), (54, 65)))


def scarf(sheet: Sheet, colour: str) -> None:
    for number in range(9):
        x = 33.5 + number * 2.3
        sheet.part(shade(colour, 0.8), lambda pen, x=x: pen.line(0.5, (x, 78), (x - 1, 90)))
    under = [(30, 14), (56, 12), (55, 80), (32, 80)]
    sheet.part(shade(colour, 0.86), lambda pen: pen.smooth(*held(under)), stuff="cloth")
    over = [(40, 10), (72, 13), (74, 68), (70, 70), (47, 70), (44, 66)]
    sheet.part(colour, lambda pen: pen.smooth(*held(over)), stuff="cloth")
    for y in (54, 58, 62):
        sheet.part(CREAM, lambda pen, y=y: pen.line(1.1, (46, y), (73, y)), stuff="cloth")
    for number in range(13):
        x = 47 + number * 2
        sheet.part(colour, lambda pen, x=x: pen.line(0.5, (x, 69), (x + 0.6, 80)))


def apron(sheet: Sheet, colour: str) -> None:
    strap = shade(colour, 0.75)
    sheet.part(strap, lambda pen: pen.arc((38, 4), (62, 44), 180, 360, 1.8))
    for side in (-1, 1):
        ends = [(50 + side * x, y) for x, y in ((27, 46), (38, 52), (40, 68))]
        sheet.part(strap, lambda pen, at=ends: pen.line(1.6, *at))
    body = [(37, 20), (63, 20), (66, 40), (78, 46), (77, 90), (23, 90), (22, 46), (34, 40)]
    sheet.part(colour, lambda pen: pen.smooth(*held(held(body))), stuff="cloth")
    sheet.part(shade(colour, 0.92), lambda pen: pen.block((33, 58), (67, 78), 1.5), stuff="cloth")
    sheet.part(strap, lambda pen: pen.line(0.4, (50, 58), (50, 78)))
    for at in ((34, 59.5), (66, 59.5)):
        sheet.part(BRASS, lambda pen, at=at: pen.oval(at, (0.9, 0.9)), light="ball")
    sheet.part(WOOD, lambda pen: pen.line(1.8, (58, 50), (61, 72)))
    sheet.part(shade(WOOD, 1.1), lambda pen: pen.oval((57.4, 47), (3, 4.4)), light="ball")
    sheet.part(shade(colour, 0.92), lambda pen: pen.block((51, 59), (66.6, 77), 1), stuff="cloth")
