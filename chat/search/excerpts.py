"""The piece of a message in which the words that were looked for stand, and where in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.words import words_in
from chat.search.words import INSIDE

LENGTH = 140  # code points
BEFORE = 40  # of them at most before the first word found


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`hits` are [start, end] in code points of `text`, apart and in order."""

    text: str
    hits: list[tuple[int, int]]

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it was looked for."""
        pieces, at = [], 0
        for start, end in self.hits:
            pieces += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        return [piece for piece in [*pieces, (self.text[at:], False)] if piece[0]]


def excerpt_of(said: str, wanted: Sequence[str]) -> Excerpt:
    """Around the first word that is wanted, on one line."""
    line = " ".join(said.split())
    places = _places(line, wanted)
    start = _start(line, places[0][0] if places else 0)
    end = min(len(line), start + LENGTH)
    lead, tail = ("…" if start else ""), ("…" if end < len(line) else "")
    shift = len(lead) - start
    hits = [(a + shift, b + shift) for a, b in places if a >= start and b <= end]
    return Excerpt(lead + line[start:end] + tail, hits)


def holds(said: str, wanted: Sequence[str]) -> bool:
    """Whether each wanted word is the beginning of one that is said, or in its middle."""
    present = [word.folded for word in words_in(said)]
    return all(any(_is_in(each, word) for word in present) for each in wanted)


def _is_in(wanted: str, word: str) -> bool:
    return word.startswith(wanted) or (len(wanted) >= INSIDE and wanted in word)


def _places(line: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Where wanted words stand; what overlaps is one place."""
    places: list[tuple[int, int]] = []
    for word in words_in(line):
        if not any(_is_in(each, word.folded) for each in wanted):
            continue
        if places and word.start <= places[-1][1]:
            places[-1] = (places[-1][0], max(word.end, places[-1][1]))
        else:
            places.append((word.start, word.end))
    return places


def _start(line: str, first: int) -> int:
    """A little before the first place, at the beginning of a word."""
    if first <= BEFORE:
        return 0
    space = line.find(" ", first - BEFORE, first)
    return space + 1 if space >= 0 else first
