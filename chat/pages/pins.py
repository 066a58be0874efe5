"""What a conversation keeps in sight."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from chat.models import Conversation, Message
from chat.pages.preview import preview_of


@dataclass(frozen=True, slots=True)
class Pinned:
    """One pinned message in a line."""

    seq: int
    name: str
    words: str


def pinned(user: User, conversation: Conversation) -> list[Message]:
    """The pinned messages that the person may see, with their parts, the newest pin first."""
    pins = conversation.pins or []
    if not pins:
        return []
    visible = Message.objects.visible_to(user).filter(conversation=conversation, seq__in=pins)
    found = {message.seq: message for message in visible.with_parts()}
    return [found[seq] for seq in pins if seq in found and not found[seq].is_unsent]


def pinned_lines(user: User, conversation: Conversation, hidden: frozenset[UUID]) -> list[Pinned]:
    """The same as lines; whose author a block hides are left out (R15)."""
    messages = pinned(user, conversation)
    return [
        Pinned(
            message.seq,
            message.author.name if message.author else "",
            preview_of(message, user, hidden),
        )
        for message in messages
        if message.author_id not in hidden
    ]
