"""Words as they are looked up: folded, and cut where writing knows no spaces.

A word is looked up by its beginning. Writing without spaces (Han, Kana, Thai and their neighbours)
is cut into overlapping pairs, so that any part of it is found.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 40  # characters of a word that count

# Kana, Han with its extensions, Thai, Lao, Khmer, Burmese.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
# Vowel signs and accents that are characters of their own belong to the word they stand in.
_MARKS = "".join(c for c in map(chr, range(0x300, 0x11000)) if unicodedata.category(c)[0] == "M")
_RUNS = re.compile(f"([{_UNSPACED}]+)|[^\\W_{_UNSPACED}](?:[^\\W_{_UNSPACED}]|[{_MARKS}])*")


class Word(NamedTuple):
    """A word as it is looked up, and where it stands in what was written."""

    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """Without case and accents: `Crème` and `creme` are one word."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(each for each in apart if not unicodedata.combining(each)).casefold()


def words_in(text: str) -> Iterator[Word]:
    """The words of a text in their order."""
    for run in _RUNS.finditer(text):
        if run.group(1):
            yield from _pairs(run.group(), run.start())
        elif folded := _bare(fold(run.group())):
            yield Word(folded[:LONGEST], run.start(), run.end())


def _bare(folded: str) -> str:
    """Without what folding brought in between: the stroke of a fraction, say."""
    if folded.isascii() and folded.isalnum():
        return folded
    return "".join(c for c in folded if c.isalnum() or unicodedata.category(c)[0] == "M")


def _pairs(run: str, start: int) -> Iterator[Word]:
    """Each two neighbours, and the last alone."""
    for place in range(len(run)):
        pair = run[place : place + 2]
        yield Word(fold(pair), start + place, start + place + len(pair))


def wanted_in(text: str) -> list[str]:
    """What somebody types to be found, each once; of unspaced writing only whole pairs."""
    found = list(words_in(text))
    pairs = {word.start + 1 for word in found if is_unspaced(text[word.start])}
    return list(
        dict.fromkeys(
            word.folded
            for word in found
            if not (word.end - word.start == 1 and word.start in pairs)
        )
    )


def is_unspaced(character: str) -> bool:
    """Whether it belongs to a writing without spaces."""
    return re.match(f"[{_UNSPACED}]", character) is not None
