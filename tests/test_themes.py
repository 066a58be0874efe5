"""A conversation's colours can be read, in both themes, wherever iris can."""

import re
from pathlib import Path

import pytest

from tests.test_look import COLOUR, GROUNDS, PAIRS, luminance

THEMES = (Path(__file__).resolve().parent.parent / "static/css/themes.css").read_text()
BLOCK = re.compile(r'\[data-colour="(\w+)"\] \{(.*?)\n  \}', re.S)
COLOURS = {
    name: {
        token: {"light": tuple(map(float, light.split())), "dark": tuple(map(float, dark.split()))}
        for token, light, dark in COLOUR.findall(block)
    }
    for name, block in BLOCK.findall(THEMES)
}
WORDS = [
    *(("iris", ground) for ground in GROUNDS),
    ("on-iris", "iris"),
    ("on-iris-soft", "iris-soft"),
]


def test_every_colour_that_can_be_chosen_is_drawn():
    from chat.models import Colour, Wallpaper

    assert {"", *COLOURS} == set(Colour.values)
    papers = re.findall(r'\[data-wallpaper="(\w+)"\]', THEMES)
    assert {"", *papers} == set(Wallpaper.values)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", COLOURS)
@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_can_be_read(name, theme, words, ground):
    known = PAIRS | COLOURS[name]
    low, high = sorted((luminance(known[words][theme]), luminance(known[ground][theme])))

    assert (high + 0.05) / (low + 0.05) >= 4.5
