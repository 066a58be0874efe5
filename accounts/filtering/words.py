"""Lists of words and phrases, and whether one of them is in a text, however it is dressed up.

A word is found as a whole word; with `*` behind it also as the beginning of one. Writing without
spaces (Han, Kana, Thai and their neighbours) is searched for it anywhere. Case, accents, full-width
letters and characters that nobody sees make no difference, nor do letters of other alphabets and
digits that look alike, or letters with something between them ("s p a m").
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.text import clean_name
from accounts.words import fold, is_unspaced

MOST_WORDS = 200
WORD_LENGTH = 60  # characters of a word or phrase

# What looks like a Latin letter: Cyrillic and Greek, digits and signs inside of words.
_ALIKE = str.maketrans(
    {
        **dict(zip("аеёіїјкмнорстухѕһԁԛԝв", "aeeiijkmhopctyxshdqwb", strict=True)),
        **dict(zip("αβεικνορτυχω", "abeiknoptuxw", strict=True)),
        **dict(zip("013457@$!|", "oleastasil", strict=True)),
    }
)
_LETTERS_APART = re.compile(r"(?<!\w)\w(?:[\s.\-_*·]{1,2}\w){2,}(?!\w)")
_SIGNS_INSIDE = re.compile(r"(?<=\w)[@$!|](?=\w)|(?<!\w)[@$](?=\w)")
_WORDS = re.compile(r"\w+")


class Filter:
    """One list, ready to be asked. Make it with `compiled`."""

    def __init__(self, words: Iterable[str]) -> None:
        self.whole: set[str] = set()
        self.beginnings: list[str] = []
        self.phrases: list[str] = []
        self.anywhere: list[str] = []
        for word in words:
            self._add(word)

    def _add(self, word: str) -> None:
        plain = _bare(word)
        tokens = _WORDS.findall(plain)
        if not tokens:
            return
        if any(map(is_unspaced, plain)):
            self.anywhere.append("".join(tokens))
        elif len(tokens) > 1:
            self.phrases.append(f" {' '.join(tokens)} ")
        elif word.rstrip().endswith("*"):
            self.beginnings.append(tokens[0])
        else:
            self.whole.add(tokens[0])

    def finds(self, text: str) -> bool:
        """Whether something on the list is in the text."""
        return any(self._is_in(tokens) for tokens in _readings(text))

    def _is_in(self, tokens: list[str]) -> bool:
        if not self.whole.isdisjoint(tokens):
            return True
        if any(token.startswith(word) for word in self.beginnings for token in tokens):
            return True
        line = f" {' '.join(tokens)} "
        if any(phrase in line for phrase in self.phrases):
            return True
        closed = "".join(tokens)
        return any(word in closed for word in self.anywhere)


@lru_cache(1024)
def compiled(words: tuple[str, ...]) -> Filter:
    """The list's filter; the same list, the same filter."""
    return Filter(words)


def _readings(text: str) -> Iterator[list[str]]:
    """The words of a text as they stand, and as they look."""
    plain = _bare(text)
    yield _WORDS.findall(plain)
    looks = _SIGNS_INSIDE.sub(lambda sign: sign.group().translate(_ALIKE), plain)
    words = [_as_it_looks(word) for word in _WORDS.findall(looks)]
    apart = [re.sub(r"[\W_]+", "", run) for run in _LETTERS_APART.findall(looks)]
    yield [*words, *apart, *map(_as_it_looks, apart)]


def _as_it_looks(word: str) -> str:
    """A word of digits stays a number, and one of another alphabet itself, unless every letter of
    it looks Latin."""
    latin = word.translate(_ALIKE)
    return latin if latin.isascii() and not word.isdigit() else word


def _bare(text: str) -> str:
    """Folded, without what nobody sees: joiners, soft hyphens, marks of direction."""
    if text.isascii():
        return text.lower()
    return fold("".join(c for c in text if unicodedata.category(c) != "Cf"))


def plain_words(text: str) -> list[str]:
    """The words of a text, folded, without signs between them."""
    return _WORDS.findall(_bare(text))


def clean_list(words: Iterable[str]) -> list[str]:
    """The words as they are kept: in lower case, each once, those without a letter left out.

    Raises `ValidationError` (filter.too_many, filter.word_too_long).
    """
    cleaned = dict.fromkeys(clean_name(word).casefold() for word in words)
    kept = [word for word in cleaned if _WORDS.search(word)]
    if len(kept) > MOST_WORDS:
        raise ValidationError(_("A list holds at most 200 words."), code="filter.too_many")
    if any(len(word) > WORD_LENGTH for word in kept):
        raise ValidationError(
            _("A word or phrase holds at most 60 characters."), code="filter.word_too_long"
        )
    return kept
