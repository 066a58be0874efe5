"""What is made of the clips of a video: an edit as data. Knows no models and no files."""

from videos.recipes.filters import FILTERS, Filter
from videos.recipes.parsing import parse
from videos.recipes.recipe import (
    PLAIN_FILTER,
    SPEEDS,
    TEXT_STYLES,
    Layout,
    LayoutKind,
    Music,
    Recipe,
    Segment,
    Text,
    of_clips,
)

__all__ = [
    "FILTERS",
    "PLAIN_FILTER",
    "SPEEDS",
    "TEXT_STYLES",
    "Filter",
    "Layout",
    "LayoutKind",
    "Music",
    "Recipe",
    "Segment",
    "Text",
    "of_clips",
    "parse",
]
