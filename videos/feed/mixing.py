"""Puts a slate together: each kind of candidate has its share, and nobody fills it alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from uuid import UUID

from videos.feed.candidates import FOLLOWED, FRESH, SIMILAR, TOGETHER, TRENDING
from videos.feed.scoring import Scored, diversity

# Of twenty places: 40% watched together, 20% followed, 15% trending, 10% similar, 15% fresh; spread
# so that what one scrolls through is mixed, whatever part of it one sees.
PLACES = (
    *(TOGETHER, FOLLOWED, TRENDING, TOGETHER, FRESH, TOGETHER, FOLLOWED, SIMILAR, TOGETHER),
    *(TRENDING, TOGETHER, FOLLOWED, FRESH, TOGETHER, SIMILAR, TOGETHER, FOLLOWED, TRENDING),
    *(FRESH, TOGETHER),
)


def share_of(source: str) -> float:
    """The part of the places that one kind has; what only fills up may have all of them."""
    return PLACES.count(source) / len(PLACES) or 1.0


def mixed(candidates: Iterable[Scored], count: int) -> list[Scored]:
    """The best `count`: each place goes to its kind, or where there is none left to any."""
    left = _by_source(candidates)
    authors: Counter[UUID] = Counter()
    slate: list[Scored] = []
    for source in islice(cycle(PLACES), count):
        queue = left.get(source) or max(left.values(), key=len, default=[])
        if not queue:
            break
        chosen = _best(queue, authors)
        queue.remove(chosen)
        authors[chosen.facts.author] += 1
        slate.append(chosen)
    return slate


def _best(queue: Sequence[Scored], authors: Counter[UUID]) -> Scored:
    """Of those in the order of their scores: an author who stands there already loses some, so
    nobody behind a score that is too low without that needs to be looked at."""
    chosen, most = queue[0], -1.0
    for each in queue:
        if each.score <= most:
            break
        if (worth := each.score * diversity(authors[each.facts.author])) > most:
            chosen, most = each, worth
    return chosen


def _by_source(candidates: Iterable[Scored]) -> dict[str, list[Scored]]:
    """Each kind's, the best first."""
    found: dict[str, list[Scored]] = {}
    for each in sorted(candidates, key=lambda each: -each.score):
        found.setdefault(each.source, []).append(each)
    return found
