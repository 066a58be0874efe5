"""Reactions: one person's one emoji on one message."""

from accounts.models import User
from chat.models import Conversation, Message

# What the picker offers first; any single emoji is accepted.
EMOJI = ("❤️", "😂", "😮", "😢", "🔥", "👏", "👍", "👎")


def add_reaction(actor: User, conversation: Conversation, *, seq: int, emoji: str) -> Message:
    """React to a message; the same emoji twice is once. `ValidationError` (emoji.unknown)."""
    raise NotImplementedError


def remove_reaction(actor: User, conversation: Conversation, *, seq: int, emoji: str) -> Message:
    """Take a reaction back; one that is not there is fine."""
    raise NotImplementedError
