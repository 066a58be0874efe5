"""What others see of somebody reading and typing: hints, not numbered."""

from accounts.models import User
from chat.models import Conversation


def mark_read(user: User, conversation: Conversation, *, seq: int) -> int:
    """Remember that `user` read up to `seq` (never back, never past the end); answer the place.

    Tells the others, except from a request that has not been accepted (R12).
    """
    raise NotImplementedError


def note_typing(user: User, conversation: Conversation) -> None:
    """Tell the others that `user` is typing; nobody in a request (R12), nobody blocked (R15)."""
    raise NotImplementedError
