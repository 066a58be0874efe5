"""Conversations, who takes part in them, and what was said."""

from chat.models.charter import Charter
from chat.models.conversation import Conversation, direct_key
from chat.models.joining import Ban, Invite, JoinRequest
from chat.models.membership import Membership
from chat.models.message import Attachment, Edit, Message, Reaction

__all__ = [
    "Attachment",
    "Ban",
    "Charter",
    "Conversation",
    "Edit",
    "Invite",
    "JoinRequest",
    "Membership",
    "Message",
    "Reaction",
    "direct_key",
]
