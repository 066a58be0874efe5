"""How much a video is for somebody, by what they liked before: the ranking that is evaluated.

Plain Python over a few thousand pairs: half a millisecond, wherever it is asked.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

HISTORY = 100  # likes that count, the newest

# By item, the nearest others and their weights. Any keys: rows of a file, ids of videos.
Neighbours = Mapping[Any, Sequence[tuple[Any, float]]]


@dataclass(slots=True)
class Relevance:
    """`score` in the kernel's own unit; `because` is the liked item that gave most of it."""

    score: float = 0.0
    because: Any = None
    most: float = 0.0

    def add(self, weight: float, item: Hashable) -> None:
        self.score += weight
        if weight > self.most:
            self.most, self.because = weight, item


def freshness(place: int, fading: float | None) -> float:
    """What the like at `place` (0 the newest) counts: half at `fading`; all alike where None."""
    return 1.0 if fading is None else 1.0 / (1.0 + place / fading)


def relevance(
    liked: Sequence[Any], neighbours: Neighbours, fading: float | None
) -> dict[Any, Relevance]:
    """Everything near to what somebody `liked` (newest first) that is not among it."""
    known = set(liked)
    found: dict[Any, Relevance] = {}
    for place, item in enumerate(liked[:HISTORY]):
        counts = freshness(place, fading)
        for other, weight in neighbours.get(item, ()):
            if other in known:
                continue
            if (relevant := found.get(other)) is None:
                relevant = found[other] = Relevance()
            relevant.add(weight * counts, item)
    return found


def best(relevant: Mapping[Any, Relevance], count: int) -> list[Any]:
    """The `count` with the largest scores above 0, best first."""
    good = [(each.score, item) for item, each in relevant.items() if each.score > 0]
    good.sort(key=lambda pair: -pair[0])
    return [item for _score, item in good[:count]]
