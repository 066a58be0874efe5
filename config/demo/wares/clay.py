"""Things of clay, drawn."""

from config.demo.studio import CREAM, INK, LEAF, Sheet, shade


def mug(sheet: Sheet, colour: str) -> None:
    sheet.part(
        shade(colour, 0.9), lambda pen: pen.arc((58, 40), (86, 72), 270, 90, 5), stuff="clay"
    )
    body = [(23, 29), (23, 29), (71, 29), (71, 29), (70.5, 80), (68, 90), (26, 90), (23.5, 80)]
    sheet.part(colour, lambda pen: pen.smooth(*body), light="round", stuff="clay")
    glaze = [(23, 29), (23, 29), (71, 29), (71, 29), (71, 50), (66, 56), (58, 44), (48, 60)]
    glaze += [(38, 42), (30, 58), (23, 48)]
    sheet.part(shade(colour, 1.12), lambda pen: pen.smooth(*glaze), light="round")
    sheet.part(shade(colour, 0.8), lambda pen: pen.oval((47, 29.5), (24, 5.4)))
    sheet.part("#3a2116", lambda pen: pen.oval((47, 31), (21, 3.9)), light="ball")


def bowl(sheet: Sheet, colour: str) -> None:
    body = [(10, 46), (10, 46), (90, 46), (90, 46), (88, 70), (66, 86), (34, 86), (12, 70)]
    sheet.part(colour, lambda pen: pen.smooth(*body), light="round", stuff="clay")
    sheet.part(shade(colour, 0.82), lambda pen: pen.block((37, 82.6), (63, 87), 1), light="round")
    sheet.part(shade(colour, 0.78), lambda pen: pen.oval((50, 47), (39.5, 10.5)), stuff="clay")
    sheet.part("#f3ead6", lambda pen: pen.oval((50, 49), (34, 7.6)))
    for x, y, fruit in (
        *((36, 45, "#c23b4b"), (45, 48, "#7a2740"), (56, 45, "#e2703a")),
        *((64, 49, "#c23b4b"), (51, 52, "#4a5fa8"), (41, 52, "#4a5fa8")),
    ):
        sheet.part(fruit, lambda pen, at=(x, y): pen.oval(at, (4, 3.4)), light="ball")


def vase(sheet: Sheet, colour: str) -> None:
    for tip, side in (((36, 6), -1), ((54, 2), 1), ((66, 14), 1)):
        sheet.part(LEAF, lambda pen, tip=tip: pen.line(0.8, (50, 48), (50, 36), tip))
        x, y = tip
        for step in range(4):
            dot = (x - side * 2.2 * step, y + 5 * step)
            sheet.part("#e3b04b", lambda pen, at=dot: pen.oval(at, (2.4, 2.4)), light="ball")
    body = [(43, 39), (57, 39), (57, 39), (56, 48), (74, 54), (78, 78), (66, 91), (62, 91)]
    body += [(38, 91), (34, 91), (22, 78), (26, 54), (44, 48), (43, 39)]
    sheet.part(colour, lambda pen: pen.smooth(*body), light="round", stuff="clay")
    sheet.part(shade(colour, 0.66), lambda pen: pen.oval((50, 41), (6.6, 1.7)))
    sheet.part(CREAM, lambda pen: pen.block((26.6, 69.4), (73.4, 70.6), 0), light="round")


def candle(sheet: Sheet, colour: str) -> None:
    sheet.part("#f6ecd2", lambda pen: pen.block((44, 26), (56, 70), 1), light="round")
    sheet.part(INK, lambda pen: pen.line(0.5, (50, 27), (50.6, 22)))
    sheet.part("#f5b041", lambda pen: pen.smooth((50.6, 10), (54, 19), (50.6, 24), (47.4, 19)))
    sheet.part("#fff3c4", lambda pen: pen.smooth((50.6, 15), (52.2, 20), (50.6, 23), (49, 20)))
    sheet.part(shade(colour, 0.9), lambda pen: pen.arc((66, 62), (86, 82), 200, 130, 3.4))
    cup = [(37, 60), (37, 60), (63, 60), (63, 60), (64, 78), (84, 78), (76, 91), (70, 91)]
    cup += [(30, 91), (24, 91), (16, 78), (36, 78)]
    sheet.part(colour, lambda pen: pen.smooth(*cup), light="round", stuff="clay")
