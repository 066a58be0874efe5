"""Conversations, who takes part in them, and what was said."""

from chat.models.conversation import Conversation, direct_key
from chat.models.membership import Membership
from chat.models.message import Attachment, Edit, Message, Reaction

__all__ = [
    "Attachment",
    "Conversation",
    "Edit",
    "Membership",
    "Message",
    "Reaction",
    "direct_key",
]
