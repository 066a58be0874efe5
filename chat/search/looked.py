"""What an engine is asked to look for, where, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from accounts.models import User
from chat.search.words import INSIDE

# What stands before each word; marks begin with an underscore, words never.
_KEY = "(^| )[0-9a-f]{8}"


class Hit(NamedTuple):
    """A message that was found; newest first means by `said_at`, then by `id`."""

    said_at: datetime
    id: int
    message_id: UUID


class Place(NamedTuple):
    """A conversation that is searched, and from where on."""

    conversation_id: UUID
    from_seq: int
    active_at: datetime


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked for: `words` by their beginning, or (`is_inside`) in the middle of others;
    `marks` whole; `hidden` people's messages left out; between two moments, and before a hit of the
    page before."""

    user: User
    words: Sequence[str]
    marks: Sequence[str]
    hidden: frozenset[UUID] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    before: Hit | None = None
    limit: int = 20
    is_inside: bool = False

    @property
    def patterns(self) -> list[str]:
        """Regular expressions, the same to PostgreSQL and Python, of which words and marks all are
        in `Searchable.words`: folded words hold no character that means anything in them."""
        words = [f"{_KEY}{inside_of(word)}" for word in self.words]
        return words + [f"{_KEY}{mark}( |$)" for mark in self.marks]


def inside_of(word: str) -> str:
    """Where a word may stand: anywhere in another, short ones at its beginning."""
    return f"(?!_)[^ ]*{word}" if len(word) >= INSIDE else word
