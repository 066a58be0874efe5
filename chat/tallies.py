"""Reactions to a channel's posts: counted on the message, and nobody is told who reacted (R27).

`Message.reaction_counts` is `{emoji: count}` from the first reaction on; elsewhere it stays empty.
Whoever asks for messages is told which of the reactions are their own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from chat.models import Message, Reaction

Counts = Mapping[str, int]
Own = Mapping[UUID, set[str]]  # by message: the emoji one gave


def own_of(messages: Iterable[Message], viewer: Any) -> Own:
    """What the viewer gave to those of these that are counted: one query, and none without such."""
    counted = [message.pk for message in messages if message.reaction_counts]
    if not counted or viewer is None:
        return {}
    given: dict[UUID, set[str]] = {}
    rows = Reaction.objects.filter(user=viewer, message__in=counted)
    for message_id, emoji in rows.values_list("message", "emoji"):
        given.setdefault(message_id, set()).add(emoji)
    return given


def ordered(counts: Counts) -> list[tuple[str, int]]:
    """The most frequent first."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def cards(
    counts: Counts, own: Iterable[str] = (), viewer_id: UUID | None = None
) -> list[dict[str, Any]]:
    """`[{emoji, count, users}]`, where `users` names nobody but the viewer."""
    mine = set(own)
    return [
        {"emoji": emoji, "count": count, "users": [str(viewer_id)] if emoji in mine else []}
        for emoji, count in ordered(counts)
    ]


def reply_counts(messages: Iterable[Message], viewer: Any) -> dict[UUID, int]:
    """How many followers' replies each of a channel's posts has (a reader of chat/parts.py)."""
    return {message.pk: message.reply_count for message in messages if message.reply_count}


def changed(counts: Counts | None, added: Iterable[str], gone: Iterable[str]) -> dict[str, int]:
    """The counts once these came and those went."""
    after = Counter(counts or {})
    after.update(added)
    after.subtract(gone)
    return {emoji: count for emoji, count in after.items() if count > 0}
