"""What our ranking has to beat: popularity, and factors by alternating least squares."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse

from videos.feed.interactions import Interactions

FACTORS, ROUNDS, TRUST, RIDGE = 32, 10, 10.0, 10.0

Offers = Mapping[Any, Sequence[Any]]


def popular(interactions: Interactions, people: Sequence[Any], count: int) -> Offers:
    """What most people liked, without what one knows."""
    order = sorted(interactions.items, key=lambda item: -interactions.popularity[item])
    return {user: _unknown(order, interactions.of_user.get(user, ()), count) for user in people}


def _unknown(order: Sequence[Any], known: Sequence[Any], count: int) -> list[Any]:
    """The first `count` of `order` that are not known."""
    left = set(known)
    return [item for item in order[: count + len(left)] if item not in left][:count]


def least_squares(interactions: Interactions, people: Sequence[Any], count: int) -> Offers:
    """Hu, Koren and Volinsky, "Collaborative Filtering for Implicit Feedback Datasets", 2008:
    a like is trusted 1 + TRUST times as much as its absence."""
    x = interactions.matrix()
    users, items = _factors(x)
    row = {user: number for number, user in enumerate(interactions.of_user)}
    offers = {}
    for user in people:
        if (number := row.get(user)) is not None:
            scores = items @ users[number]
            scores[x.indices[x.indptr[number] : x.indptr[number + 1]]] = -np.inf
            best = np.argsort(-scores, kind="stable")[:count]
            offers[user] = [interactions.items[each] for each in best]
    return offers


def _factors(x: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(7)
    users = np.zeros((x.shape[0], FACTORS))
    items = random.normal(scale=0.1, size=(x.shape[1], FACTORS))
    columns = x.T.tocsr()
    for _round in range(ROUNDS):
        users = _solved(x, items)
        items = _solved(columns, users)
    return users, items


def _solved(x: sparse.csr_matrix, others: np.ndarray) -> np.ndarray:
    """Each row's factors, given those of the columns."""
    common = others.T @ others + RIDGE * np.eye(FACTORS)
    found = np.zeros((x.shape[0], FACTORS))
    for number in range(x.shape[0]):
        liked = others[x.indices[x.indptr[number] : x.indptr[number + 1]]]
        if len(liked):
            left = common + TRUST * liked.T @ liked
            found[number] = np.linalg.solve(left, (1 + TRUST) * liked.sum(axis=0))
    return found
