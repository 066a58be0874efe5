"""Who watched what to the end, as arrays: what the kernels learn from."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from typing import NamedTuple

import numpy as np
from scipy import sparse

Key = Hashable


class Watched(NamedTuple):
    """Somebody liked what they saw; `at` in any unit that grows with time, None where unknown."""

    user: Key
    item: Key
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Parted:
    """What is learned from, and what is guessed: by user, the items to be found again."""

    known: "Interactions"
    hidden: dict[Key, set[Key]]


@dataclass(frozen=True)
class Interactions:
    """By user, what they liked: each item once, the newest first."""

    of_user: dict[Key, list[Key]]
    has_times: bool = True

    @classmethod
    def of(cls, rows: Iterable[Watched]) -> "Interactions":
        """From rows in any order; where no time is given the order within a user says nothing."""
        kept = sorted(rows, key=lambda row: (str(row.user), row.at or 0.0))
        has_times = any(row.at is not None for row in kept)
        users = groupby(kept, key=lambda row: row.user)
        return cls({user: _newest_first(group) for user, group in users}, has_times)

    @cached_property
    def items(self) -> list[Key]:
        """Every item once, in the order of the matrix's columns."""
        return list(dict.fromkeys(item for liked in self.of_user.values() for item in liked))

    @cached_property
    def popularity(self) -> dict[Key, int]:
        """How many people liked each item."""
        counted = np.asarray(self.matrix().sum(axis=0)).ravel()
        return dict(zip(self.items, counted.astype(int).tolist(), strict=True))

    def matrix(self, longest: int | None = None) -> sparse.csr_matrix:
        """Users by items, 1 where liked; of each user the newest `longest` only."""
        column = {item: number for number, item in enumerate(self.items)}
        rows, columns = [], []
        for number, liked in enumerate(self.of_user.values()):
            mine = [column[item] for item in liked[:longest]]
            columns += mine
            rows += [number] * len(mine)
        shape = (len(self.of_user), len(self.items))
        ones = np.ones(len(rows), dtype=np.float64)
        return sparse.csr_matrix((ones, (rows, columns)), shape=shape)

    def without_rare(self, fewest: int) -> "Interactions":
        """Without items that fewer people liked, and without whoever has nothing left."""
        often = {item for item, count in self.popularity.items() if count >= fewest}
        kept = {
            user: [item for item in liked if item in often] for user, liked in self.of_user.items()
        }
        return Interactions({user: liked for user, liked in kept.items() if liked}, self.has_times)

    def sample(self, people: int) -> "Interactions":
        """Every nth person, so that about so many are left."""
        step = max(1, len(self.of_user) // people)
        return Interactions(dict(islice(self.of_user.items(), 0, None, step)), self.has_times)

    def parted(self, share: float = 0.2) -> Parted:
        """Hide each user's newest `share`; without times, one of every 1/share as they come."""
        known: dict[Key, list[Key]] = {}
        hidden: dict[Key, set[Key]] = {}
        for user, liked in self.of_user.items():
            gone = set(self._hidden(liked, share))
            known[user] = [item for item in liked if item not in gone]
            if gone:
                hidden[user] = gone
        return Parted(Interactions(known, self.has_times), hidden)

    def _hidden(self, liked: Sequence[Key], share: float) -> Sequence[Key]:
        count = int(len(liked) * share)
        return liked[:count] if self.has_times else liked[:: round(1 / share)][:count]


def _newest_first(rows: Iterator[Watched]) -> list[Key]:
    """Somebody who likes a thing twice likes it as of the last time."""
    return list(dict.fromkeys(reversed([row.item for row in rows])))
