"""A stretch of a conversation: before, after or around a place, and whether there is more."""

from collections.abc import Sequence
from dataclasses import dataclass

from chat.models import Message
from chat.models.message import MessageQuerySet


@dataclass(frozen=True, slots=True)
class Passage:
    """Messages from `with_parts()`, oldest first."""

    messages: list[Message]
    has_older: bool
    has_newer: bool


def before(messages: MessageQuerySet, seq: int | None, limit: int) -> Passage:
    """Up to `limit` messages before a place (None: the newest)."""
    found = list(messages.before(seq).with_parts()[: limit + 1])
    return ending(found, limit, has_newer=seq is not None)


def ending(found: Sequence[Message], limit: int, *, has_newer: bool = False) -> Passage:
    """The first `limit` of these, which come newest first and may be one more."""
    return Passage(list(found[:limit][::-1]), len(found) > limit, has_newer)


def after(messages: MessageQuerySet, seq: int, limit: int) -> Passage:
    """Up to `limit` messages after a place."""
    found = list(messages.after(seq).with_parts()[: limit + 1])
    return Passage(found[:limit], has_older=True, has_newer=len(found) > limit)


def around(messages: MessageQuerySet, seq: int, limit: int) -> Passage:
    """A place with what stands before and after it, half of `limit` each."""
    half = max(1, limit // 2)
    earlier, later = before(messages, seq, half), after(messages, seq - 1, half)
    return Passage(earlier.messages + later.messages, earlier.has_older, later.has_newer)
