"""The look keeps its promises: colours can be read, and the first page stays light."""

import gzip
import math
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOKENS = (ROOT / "static/css/tokens.css").read_text()
BASE = (ROOT / "templates/base.html").read_text()
FIRST_PAGE = 120 * 1024

COLOUR = re.compile(
    r"--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)",
)
PAIRS = {
    name: {"light": tuple(map(float, light.split())), "dark": tuple(map(float, dark.split()))}
    for name, light, dark in COLOUR.findall(TOKENS)
}
GROUNDS = ("paper", "surface", "raised")
WORDS = [
    *((word, ground) for word in ("ink", "ink-soft", "ink-faint", "iris") for ground in GROUNDS),
    *((word, ground) for word in ("mint", "danger", "coral-ink") for ground in GROUNDS),
    ("coral", "paper"),
    ("coral", "surface"),
    ("on-coral", "coral"),
    ("on-coral", "coral-deep"),
    ("on-iris", "iris"),
    ("on-iris-soft", "iris-soft"),
    ("on-danger", "danger"),
    ("danger", "danger-soft"),
    ("paper", "ink"),
]


def luminance(colour: tuple[float, ...]) -> float:
    """WCAG's relative luminance of an oklch colour (matrices: Ottosson, Oklab, 2020)."""
    lightness, chroma, hue = colour
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(1, max(0, part)) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, theme: str) -> float:
    low, high = sorted((luminance(PAIRS[one][theme]), luminance(PAIRS[other][theme])))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_can_be_read(words, ground, theme):
    assert contrast(words, ground, theme) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_field_can_be_seen(ground, theme):
    assert contrast("line-strong", ground, theme) >= 3


def test_the_first_page_stays_under_120_kb():
    linked = re.findall(r"{% static '((?:css|js|vendor)/[^']+)' %}", BASE)
    modules = ["js/lib/toast.js", "js/lib/http.js", "js/lib/live.js", "js/lib/outgoing.js"]

    total = sum(
        len(gzip.compress((ROOT / "static" / path).read_bytes())) for path in linked + modules
    )

    assert total < FIRST_PAGE


def test_the_look_knows_no_left_and_right():
    for sheet in (ROOT / "static/css").glob("*.css"):
        sided = re.findall(
            r"(?:margin|padding|border|text-align)(?:-|: ?)(?:left|right)\b", sheet.read_text()
        )

        assert (sheet.name, sided) == (sheet.name, [])


def test_every_behaviour_is_listed_under_its_name():
    listed = (ROOT / "static/js/behaviours.js").read_text()
    found = re.findall(r'"?([\w-]+)"?: \(\) => import\("\./behaviours/([\w-]+)\.js"\)', listed)

    names = sorted(path.stem for path in (ROOT / "static/js/behaviours").glob("*.js"))
    assert found == [(name, name) for name in names]
