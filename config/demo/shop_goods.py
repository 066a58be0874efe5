"""What the demo shops sell: linen and clay, prints, coffee, keepsakes of the cinema."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Colour, backdrop, and how it is looked at (`config.demo.goods.draw`).
Look = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Good:
    """Something for sale: one of `looks` for each photo, `stock` of each variant in turn."""

    key: str
    shape: str
    title: str
    category: str
    price: str
    words: str
    looks: tuple[Look, ...]
    options: Mapping[str, list[str]] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    stock: tuple[int, ...] = (12,)
    before: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """A shop: `sign` is what its picture shows."""

    owner: str
    slug: str
    name: str
    about: str
    country: str
    sign: tuple[str, str, str, str]
    goods: tuple[Good, ...]


LINEN = {"Material": "100 % linen", "Made in": "Lisbon"}
CLAY = {"Material": "Speckled stoneware", "Dishwasher": "yes", "Made in": "Lisbon"}
PAPER = {"Paper": "300 g/m²", "Print": "Risograph, two colours"}


def _looks(colour: str, backdrop: str, warm: str) -> tuple[Look, ...]:
    """As a whole, from near by, and at home."""
    return (colour, backdrop, "front"), (colour, backdrop, "close"), (colour, warm, "home")


MEI = (
    Good(
        *("shirt", "shirt", "Linen shirt", "tops", "49.00"),
        "Cut wide, washed soft. It wrinkles, and it is meant to.\n\nMei wears M at 1.68 m.",
        (*_looks("#e8ded0", "#8fb8a8", "#dfe3d4"), ("#d9795d", "#f3e3d3", "front")),
        {"Size": ["S", "M", "L"], "Colour": ["sand", "brick"]},
        LINEN,
        (8, 3, 12, 0, 5, 9),
        "59.00",
    ),
    Good(
        *("tote", "bag", "Market bag", "bags", "24.00"),
        "Carries a week of vegetables, or one cat.",
        (*_looks("#d7b98a", "#cfd9e8", "#e9e2d4"), ("#6f8f72", "#f4ead9", "front")),
        {"Colour": ["natural", "moss"]},
        LINEN,
        (20, 4),
    ),
    Good(
        *("scarf", "scarf", "Summer scarf", "hats", "32.00"),
        "Thin enough for July.",
        _looks("#c98aa3", "#f6efe6", "#dfe6e4"),
        details=LINEN,
        stock=(4,),
    ),
    Good(
        *("mug", "mug", "Two-sip mug", "ceramics", "18.50"),
        "For espresso and for ink.",
        (*_looks("#d7ccb9", "#7c93b5", "#c9d3c4"), ("#5b6875", "#e6d9c7", "front")),
        details=CLAY | {"Holds": "90 ml"},
        stock=(6,),
    ),
    Good(
        *("apron", "apron", "Kitchen apron", "kitchen", "39.00"),
        "Two pockets, one of them deep enough for a wooden spoon and a telephone.",
        _looks("#5f7a6b", "#ead9c3", "#e4dccb"),
        details=LINEN,
        stock=(14,),
    ),
    Good(
        *("bowl", "bowl", "Breakfast bowl", "ceramics", "28.00"),
        "Holds porridge for one who is hungry. No two are the same.",
        _looks("#d9cdb9", "#a9bfae", "#dcd8e6"),
        details=CLAY | {"Holds": "600 ml"},
        stock=(9,),
        before="34.00",
    ),
    Good(
        *("vase", "vase", "Bud vase", "ceramics", "36.00"),
        "One branch is enough.",
        _looks("#b86f50", "#e6e0d2", "#cbd8cf"),
        details=CLAY,
        stock=(3,),
    ),
    Good(
        *("candle", "candle", "Chamber candlestick", "lighting", "22.00"),
        "With a handle, for the way to bed. Candle not included.",
        _looks("#c9775a", "#e9dfd0", "#cfd3df"),
        details=CLAY,
        stock=(11,),
    ),
)
LUCIA = (
    Good(
        *("mountain", "print", "Sierra at six", "prints", "28.00"),
        "Two colours, A3, numbered and signed. Impreso en Madrid.",
        (*_looks("#ef7a5a", "#d9e3da", "#e7dccb"), ("#4f86c6", "#f2e4d5", "front")),
        {"Edition": ["coral", "blue"]},
        PAPER,
        (15, 7),
    ),
    Good(
        *("cards", "cards", "Postcards, set of six 💌", "stationery", "9.00"),
        "Thick enough to arrive.",
        _looks("#f0b64e", "#dfe7f2", "#e6dccd"),
        details=PAPER,
        stock=(40,),
    ),
    Good(
        *("moon", "moon", "Luna llena", "prints", "35.00"),
        "Sold out twice. Third edition.",
        _looks("#6a58b0", "#efe7f6", "#dcd6e8"),
        details=PAPER,
        stock=(0,),
    ),
    Good(
        *("notebook", "notebook", "Notebook without lines", "stationery", "14.00"),
        "120 pages that do not tell you what to do.",
        (*_looks("#7fa88b", "#f5ead6", "#dde3d3"), ("#b4533c", "#e3dccf", "front")),
        details={"Paper": "100 g/m²", "Pages": "120"},
        stock=(25,),
    ),
    Good(
        *("bird", "bird", "Pájaro azul", "prints", "32.00"),
        "Three colours, one bird, no opinion about mornings.",
        _looks("#4f86c6", "#e8dccb", "#d6e0dd"),
        details=PAPER | {"Print": "Risograph, three colours"},
        stock=(18,),
    ),
    Good(
        *("stickers", "stickers", "Sticker sheet ✨", "stationery", "6.50"),
        "Twelve of them. They stay on bottles and come off laptops.",
        _looks("#ee6f57", "#cfe0ea", "#e9dfd3"),
        details={"Material": "Vinyl", "Size": "A6"},
        stock=(60,),
    ),
)
NOOR = (
    Good(
        *("coffee", "coffee", "قهوة الصباح · Morning coffee", "coffee-tea", "12.50"),
        "محمصة على مهل، مع لمسة من الهيل.\n\nRoasted slowly, with a touch of cardamom.",
        _looks("#2f5d62", "#ecd9b8", "#d9dccb"),
        {"الوزن · Weight": ["250 g", "1 kg"]},
        {"البلد · Origin": "Yemen, Haraz", "Roast": "medium"},
        (30, 12),
    ),
    Good(
        *("dallah", "dallah", "دلّة نحاس · Brass coffee pot", "kitchen", "64.00"),
        "صنع في فاس. Hammered in Fès; it pours without a drop beside the cup.",
        _looks("#c79a4b", "#3f5a5e", "#b9866a"),
        details={"Holds": "700 ml", "Material": "Brass, tinned inside"},
        stock=(5,),
        before="79.00",
    ),
    Good(
        *("glasses", "glasses", "Tea glasses, set of two", "kitchen", "16.00"),
        "Small, because the tea is strong. كأسان للشاي بالنعناع.",
        _looks("#b5651d", "#dcd3e6", "#d3ddd2"),
        details={"Holds": "140 ml each"},
        stock=(16,),
    ),
)
IVO = (
    Good(
        *("popcorn", "popcorn", "Popcorn tub, enamelled", "kitchen", "21.00"),
        "The one from row seven, made to last. Popcorn not included.",
        _looks("#c8372d", "#f4d9a8", "#d5dbe2"),
        details={"Holds": "2 l", "Material": "Enamelled steel"},
        stock=(13,),
    ),
    Good(
        *("lamp", "lamp", "Projector lamp", "lighting", "118.00"),
        "A tripod, a lens, a warm bulb. It throws a soft circle where a film once was.",
        _looks("#a83f3f", "#d8dccf", "#cdbfae"),
        details={"Height": "46 cm", "Bulb": "E27, included"},
        stock=(2,),
        before="139.00",
    ),
    Good(
        *("strip", "strip", "Film strip bookmarks, pair", "stationery", "7.00"),
        "Cut from reels that nobody will play again. No two pairs show the same scene.",
        _looks("#e2a13c", "#d5cfe0", "#d9e0dc"),
        details={"Film": "35 mm"},
        stock=(34,),
    ),
)

SHOPS = (
    Stand(
        *("mei", "mei-makes", "Mei Makes", "Linen and clay, a few pieces a week.", "PT"),
        ("vase", "#b86f50", "#cfdccf", "front"),
        MEI,
    ),
    Stand(
        *("lucia", "papel-grueso", "Papel Grueso", "Prints on thick paper.", "ES"),
        ("bird", "#4f86c6", "#e9f0e2", "close"),
        LUCIA,
    ),
    Stand(
        *(
            "noor",
            "qahwat-noor",
            "قهوة نور",
            "قهوة وأواني من فاس. Coffee, and what it is poured from.",
        ),
        "MA",
        ("dallah", "#c79a4b", "#3f5a5e", "front"),
        NOOR,
    ),
    Stand(
        *(
            "ivo",
            "last-reel",
            "The Last Reel",
            "What is left when the cinema closes for the night.",
        ),
        "BG",
        ("popcorn", "#c8372d", "#f4d9a8", "front"),
        IVO,
    ),
)
