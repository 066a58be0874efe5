"""Which kernel suits what people watch here: held-out watching decides, never a taste of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from videos.feed.interactions import Interactions, Parted
from videos.feed.kernels import BY_NAME, KERNELS, neighbours
from videos.feed.measures import AT, quality
from videos.feed.relevance import Neighbours, best, relevance

PEOPLE = 600  # whose hidden likes are looked for again; more would only take longer
FADINGS = (None, 20.0, 5.0)


@dataclass(frozen=True, slots=True)
class Choice:
    """A kernel by name, how fast likes fade (`relevance.freshness`), and the recall it reached."""

    kernel: str
    fading: float | None
    recall: float = 0.0


DEFAULT = Choice("balanced", 5.0)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learned: whom each item is near to, and how to read it."""

    choice: Choice
    neighbours: Neighbours

    def offers(self, liked: Sequence[Any], count: int = AT) -> list[Any]:
        """The best for somebody who `liked` these, newest first."""
        return best(relevance(liked, self.neighbours, self.choice.fading), count)


def fit(interactions: Interactions, choice: Choice | None = None) -> Fitted:
    """Learn from all of it, by the kernel that finds most of what a part of it hides."""
    choice = choice or choose(interactions)
    return Fitted(choice, neighbours(BY_NAME[choice.kernel], interactions))


def choose(interactions: Interactions) -> Choice:
    """The best of every kernel and fading; the default where there is nothing to measure by."""
    parted = interactions.parted()
    if not parted.hidden:
        return DEFAULT
    fadings = FADINGS if interactions.has_times else (None,)
    tried = [choice for kernel in KERNELS for choice in _tried(kernel.name, fadings, parted)]
    return max(tried, key=lambda choice: choice.recall)


def _tried(name: str, fadings: Sequence[float | None], parted: Parted) -> list[Choice]:
    learned = neighbours(BY_NAME[name], parted.known)
    return [Choice(name, fading, _recall(learned, fading, parted)) for fading in fadings]


def _recall(learned: Neighbours, fading: float | None, parted: Parted) -> float:
    step = max(1, len(parted.hidden) // PEOPLE)
    people = list(islice(parted.hidden, 0, None, step))
    fitted = Fitted(Choice("", fading), learned)
    offered = {user: fitted.offers(parted.known.of_user[user]) for user in people}
    hidden = {user: parted.hidden[user] for user in people}
    return quality(offered, hidden, len(parted.known.items)).recall
