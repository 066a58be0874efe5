"""How good a ranking is: what it finds again of what was hidden."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

AT = 20


@dataclass(frozen=True, slots=True)
class Quality:
    """Each between 0 and 1, the mean over people (`coverage`: the share of items anybody gets)."""

    recall: float
    ndcg: float
    coverage: float

    def __str__(self) -> str:
        return (
            f"recall@{AT}={self.recall:.4f} ndcg@{AT}={self.ndcg:.4f} coverage={self.coverage:.4f}"
        )


def quality(
    offered: Mapping[Any, Sequence[Any]], hidden: Mapping[Any, set[Any]], items: int
) -> Quality:
    """Of lists by user, the best first, against what each liked; `items` is how many there are."""
    people = [user for user in hidden if hidden[user]]
    if not people:
        return Quality(0.0, 0.0, 0.0)
    lists = {user: list(offered.get(user, ()))[:AT] for user in people}
    recall = sum(_recall(lists[user], hidden[user]) for user in people) / len(people)
    ndcg = sum(_ndcg(lists[user], hidden[user]) for user in people) / len(people)
    shown = {item for each in lists.values() for item in each}
    return Quality(recall, ndcg, len(shown) / max(1, items))


def _recall(offered: Sequence[Any], liked: set[Any]) -> float:
    return len(liked.intersection(offered)) / len(liked)


def _ndcg(offered: Sequence[Any], liked: set[Any]) -> float:
    """Hits count 1/log2(place + 1), over the best that could have been."""
    gained = sum(1 / math.log2(place + 2) for place, item in enumerate(offered) if item in liked)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(AT, len(liked))))
    return gained / ideal
