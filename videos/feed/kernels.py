"""How near one video is to another by who liked both: a weight w(i->j) for each pair.

X is users by items, 1 where liked; deg(u) is how much a user liked, pop(i) how often an item was.

- co-watch: w(i->j) = sum over users of both of 1/deg(u), divided by pop(i)
- cosine: both(i, j) / sqrt(pop(i) pop(j))
- balanced, between the two: 1/sqrt(deg(u)), divided by pop(i) and by sqrt(pop(j))
- EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", 2019): P = inverse of
  (X'X + ridge I); w(i->j) = -P[i, j] / P[j, j]. Dense, so of the most liked items only.

None is best everywhere: `videos.feed.choosing` lets held-out watching decide.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from scipy import sparse

from videos.feed.interactions import Interactions, Key
from videos.feed.relevance import Neighbours

NEAREST = 100  # neighbours kept of each item
LONGEST = 500  # of one user's likes: whoever watches all day must not cost the square of it
HEAD = 4000  # items that EASE looks at: 128 MB and ten seconds of two cores
AT_ONCE = 20_000_000  # numbers of a dense block

Weights = Any  # a sparse matrix; scipy tells no types
Blocks = Iterator[tuple[int, np.ndarray]]  # first row of the block, its rows by all items


@dataclass(frozen=True, slots=True)
class Kernel:
    """A way to weigh pairs, by name."""

    name: str
    blocks: Callable[[Weights], Blocks]


def neighbours(kernel: Kernel, interactions: Interactions, nearest: int = NEAREST) -> Neighbours:
    """Of each item the `nearest` with the largest weights (EASE has some below 0, and they tell
    as much)."""
    items = interactions.items
    found: dict[Key, list[tuple[Key, float]]] = {}
    for first, block in kernel.blocks(interactions.matrix(LONGEST)):
        block[np.arange(len(block)), first + np.arange(len(block))] = 0.0
        for number, row in enumerate(block):
            if near := _nearest(row, nearest):
                found[items[first + number]] = [(items[other], weight) for other, weight in near]
    return found


def _nearest(row: np.ndarray, nearest: int) -> list[tuple[int, float]]:
    strength = np.abs(row)
    count = min(nearest, int(np.count_nonzero(strength)))
    if not count:
        return []
    best = np.argpartition(-strength, count - 1)[:count]
    best = best[np.argsort(-strength[best], kind="stable")]
    return list(zip(best.tolist(), row[best].tolist(), strict=True))


def _pairs(x: Weights, *, deg: float, of: float, other: float) -> Blocks:
    """Each pair's users, weighed by deg(u)**-deg, over pop(i)**of and pop(j)**other."""
    degree = np.maximum(np.asarray(x.sum(axis=1)).ravel(), 1.0)
    popular = np.maximum(np.asarray(x.sum(axis=0)).ravel(), 1.0)
    weighed = sparse.diags(popular**-of) @ x.T @ sparse.diags(degree**-deg)
    scaled = (x @ sparse.diags(popular**-other)).tocsr()
    rows = weighed.tocsr()
    step = max(1, AT_ONCE // max(1, x.shape[1]))
    for first in range(0, x.shape[1], step):
        yield first, (rows[first : first + step] @ scaled).toarray()


def _ease(x: Weights, *, ridge: float) -> Blocks:
    popular = np.asarray(x.sum(axis=0)).ravel()
    head = np.sort(np.argsort(-popular, kind="stable")[:HEAD])
    part = x[:, head]
    inverse = np.linalg.inv((part.T @ part).toarray() + ridge * np.eye(len(head)))
    weights = inverse / -np.diag(inverse)
    for number, item in enumerate(head.tolist()):
        row = np.zeros((1, x.shape[1]))
        row[0, head] = weights[number]
        yield item, row


KERNELS = (
    Kernel("co-watch", partial(_pairs, deg=1.0, of=1.0, other=0.0)),
    Kernel("cosine", partial(_pairs, deg=0.0, of=0.5, other=0.5)),
    Kernel("balanced", partial(_pairs, deg=0.5, of=1.0, other=0.5)),
    Kernel("ease-100", partial(_ease, ridge=100.0)),
    Kernel("ease-400", partial(_ease, ridge=400.0)),
)
BY_NAME = {kernel.name: kernel for kernel in KERNELS}
