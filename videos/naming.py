"""Whom comments name, for many at once."""

from collections.abc import Iterable
from typing import Any

from accounts.linking.naming import people_of
from videos.models import Comment


def with_names(comments: Iterable[Comment]) -> list[Any]:
    """The comments, each with `named`: the cards of those it names, for `caption`. One query, and
    none where nobody is named."""
    found: list[Any] = list(comments)
    cards = people_of((comment.body, comment.mentions) for comment in found)
    for comment, named in zip(found, cards, strict=True):
        comment.named = named
    return found
