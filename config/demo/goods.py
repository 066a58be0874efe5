"""Drawn pictures of what the demo shops sell, as if photographed: the same at every start."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from config.demo.studio import Point, Sheet, beside, nearer, photograph
from config.demo.wares import clay, cloth, pantry, paper, props

Make = Callable[[Sheet, str], None]


@dataclass(frozen=True, slots=True)
class Ware:
    """How a thing is drawn, whether it `stands`, and which point of it is worth a closer look."""

    make: Make
    stands: bool
    detail: Point


def draw(shape: str, colour: str, backdrop: str, view: str = "front") -> bytes:
    """The thing as a square PNG: its `front`, `close` by, or at `home` among other things; colours
    as `#rrggbb`."""
    ware, thing = WARES[shape], _made(shape, colour)
    if view == "close":
        return photograph(nearer(thing, ware.detail, 2.1), backdrop, stands=False)
    if view == "home":
        thing = _at_home(thing, stands=ware.stands)
    return photograph(thing, backdrop, stands=ware.stands, window=view == "home")


@lru_cache(maxsize=1)  # its views are asked for in turn
def _made(shape: str, colour: str) -> Sheet:
    thing = Sheet(seed=sum(shape.encode()))
    WARES[shape].make(thing, colour)
    return thing


def _at_home(thing: Sheet, *, stands: bool) -> Sheet:
    """Smaller, beside a plant and two books; or lying beside a cup and a twig."""
    if stands:
        return beside(
            (props.plant(), 0.72, (77, 84)), (props.books(), 0.5, (72, 91)), (thing, 0.7, (38, 88))
        )
    cup = props.cup_from_above()
    return beside((props.twig(), 0.7, (84, 52)), (thing, 0.72, (42, 88)), (cup, 0.24, (84, 86)))


WARES: dict[str, Ware] = {
    "apron": Ware(cloth.apron, False, (50, 62)),
    "bag": Ware(cloth.bag, True, (50, 62)),
    "bird": Ware(paper.bird, False, (54, 40)),
    "bowl": Ware(clay.bowl, True, (46, 50)),
    "candle": Ware(clay.candle, True, (52, 62)),
    "cards": Ware(paper.cards, False, (62, 62)),
    "coffee": Ware(pantry.coffee, True, (50, 54)),
    "dallah": Ware(pantry.dallah, True, (48, 44)),
    "glasses": Ware(pantry.glasses, True, (62, 58)),
    "lamp": Ware(pantry.lamp, True, (38, 36)),
    "moon": Ware(paper.moon, False, (50, 40)),
    "mug": Ware(clay.mug, True, (46, 42)),
    "notebook": Ware(paper.notebook, False, (52, 34)),
    "popcorn": Ware(pantry.popcorn, True, (50, 36)),
    "print": Ware(paper.mountain, False, (50, 50)),
    "scarf": Ware(cloth.scarf, False, (60, 62)),
    "shirt": Ware(cloth.shirt, False, (52, 30)),
    "stickers": Ware(paper.stickers, False, (44, 36)),
    "strip": Ware(pantry.strip, False, (62, 44)),
    "vase": Ware(clay.vase, True, (50, 60)),
}
