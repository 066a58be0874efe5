"""Chromaprint's words for a sound, and how alike two sounds are by them.

A word is 32 bits about an eighth of a second. Measured on 28 tracks of 30 s: the same one cut out
anywhere, turned down, filtered or with another at a third of its loudness differs in 2 to 12% of
the bits, another one in 29% and more.
"""

import sys
from array import array
from collections import Counter
from collections.abc import Hashable, Iterator
from typing import Any

from django.db.models import QuerySet

SAME_BELOW = 0.25  # part of the bits that differ
LEAST_OVERLAP = 16  # words, some two seconds and the four that the first word needs
_MIX = 2_654_435_761  # Knuth's multiplicative hash: neighbouring words part
_KEPT = 4
# Only those that share the most marks are compared word by word.
CANDIDATES = 30
# What half of all songs share (silence, one held note) tells nothing.
ROWS = 50_000
ASKED_AT_ONCE = 500

Words = array


def words_of(raw: bytes) -> Words:
    """Signed 32-bit words from what ffmpeg's chromaprint muxer writes (`raw`, little-endian)."""
    words = array("i")
    words.frombytes(raw[: len(raw) // 4 * 4])
    if sys.byteorder == "big":
        words.byteswap()
    return words


def marks(words: Words) -> Iterator[tuple[int, int]]:
    """(word, place) of those that an index keeps: one in four, by the word itself."""
    return ((word, place) for place, word in enumerate(words) if _is_kept(word))


def questions(words: Words) -> dict[int, list[int]]:
    """What to ask an index of marks for: each word and those one bit away from it, with the places
    where it stands. One in four words of the same sound comes out alike to the bit, and almost half
    with one bit of difference."""
    asked: dict[int, list[int]] = {}
    for place, word in enumerate(words):
        for near in (word, *_one_bit_away(word)):
            if _is_kept(near):
                asked.setdefault(near, []).append(place)
    return asked


def likely(heard: Words, kept: QuerySet[Any], of: str) -> list[tuple[Hashable, int]]:
    """(key of a sound, how many words into it `heard` begins), by how many marks say so. `kept` are
    rows of an index of marks (word, place), whose column `of` names the sound."""
    asked = questions(heard)
    agreeing: Counter[tuple[Hashable, int]] = Counter()
    rows, words = 0, list(asked)
    for start in range(0, len(words), ASKED_AT_ONCE):
        found = kept.filter(word__in=words[start : start + ASKED_AT_ONCE])
        for word, place, key in found.values_list("word", "place", of)[: ROWS - rows]:
            rows += 1
            agreeing.update((key, place - each) for each in asked[word])
    return [key for key, _count in agreeing.most_common(CANDIDATES)]


def difference(known: Words, heard: Words, shift: int) -> float:
    """Part of the bits that differ where `heard` begins `shift` words into `known`; 1.0 where they
    hardly overlap."""
    first, last = max(0, -shift), min(len(heard), len(known) - shift)
    if last - first < LEAST_OVERLAP:
        return 1.0
    bits = sum(
        ((known[place + shift] ^ heard[place]) & 0xFFFFFFFF).bit_count()
        for place in range(first, last)
    )
    return bits / (32 * (last - first))


def _is_kept(word: int) -> bool:
    return ((word * _MIX & 0xFFFFFFFF) >> 16) % _KEPT == 0


def _one_bit_away(word: int) -> Iterator[int]:
    for bit in range(31):
        yield word ^ (1 << bit)
    yield word ^ -0x80000000
