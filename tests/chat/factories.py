"""How chat tests make conversations and messages."""

from typing import Any
from uuid import UUID, uuid4

from accounts.models import User
from chat import actions
from chat.drafts import Stored
from chat.models import Conversation


def make_group(owner: User, *members: User, title: str = "Friday film") -> Conversation:
    """A group of friends, by the verbs."""
    return actions.create_group(owner, title=title, members=members)


def say(
    author: User, conversation: Conversation | UUID, body: str = "hello", **options: Any
) -> Stored:
    """One message, under a client_id of its own."""
    options.setdefault("client_id", uuid4())
    return actions.send_message(author, conversation, body=body, **options)
