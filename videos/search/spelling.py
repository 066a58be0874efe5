"""Mends a slip of the finger: a letter too many, too few, another, or two swapped.

Symmetric deletion (Garbe, 2012): two words are one slip apart if they are the same after at most
one letter is taken out of each. Every term keeps those remainders as keys, so that a lookup is one
index scan over a dozen of them.
"""

from collections.abc import Iterable, Sequence

from django.db import models

from videos.models import Term, TermKey

SHORTEST, LONGEST = 4, 24  # letters: shorter words are one slip from everything


def keys_of(word: str) -> set[str]:
    """The word and what is left of it without any one letter."""
    if not SHORTEST <= len(word) <= LONGEST:
        return set()
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def mended(words: Sequence[str]) -> list[str] | None:
    """The words, with those that nobody uses replaced by the most used one a slip away; None where
    there is nothing to mend."""
    better = [_better(word) or word for word in words]
    return better if better != list(words) else None


def _better(word: str) -> str | None:
    keys = keys_of(word)
    if not keys or Term.objects.filter(word__startswith=word).exists():
        return None
    near = Term.objects.filter(keys__key__in=keys).order_by("-count", "word").distinct()
    return next((term.word for term in near[:50] if is_one_slip(word, term.word)), None)


def is_one_slip(one: str, other: str) -> bool:
    """One letter added, left out, changed, or two neighbours swapped. Keys alone let through what
    is two changes apart in different places."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    a, b = one[start:], other[start:]
    is_swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or is_swapped


def learn(words: Iterable[str]) -> None:
    """Know these words from now on, or that they are used once more each."""
    counted: dict[str, int] = {}
    for word in words:
        counted[word] = counted.get(word, 0) + 1
    known = set(Term.objects.filter(word__in=counted).values_list("word", flat=True))
    for word in sorted(known):
        Term.objects.filter(word=word).update(count=models.F("count") + counted[word])
    new = sorted(set(counted) - known)
    Term.objects.bulk_create(
        [Term(word=word, count=counted[word]) for word in new], ignore_conflicts=True
    )
    terms = Term.objects.filter(word__in=new, keys=None)
    TermKey.objects.bulk_create(
        TermKey(key=key, term=term) for term in terms for key in sorted(keys_of(term.word))
    )
