"""How chat tests make conversations and messages."""

from typing import Any
from uuid import UUID, uuid4

from accounts.models import User
from chat import actions
from chat.models import Conversation
from chat.writing.drafts import Stored


def make_group(owner: User, *members: User, title: str = "Friday film") -> Conversation:
    """A group of friends, by the verbs."""
    return actions.create_group(owner, title=title, members=members)


def say(
    author: User, conversation: Conversation | UUID, body: str = "hello", **options: Any
) -> Stored:
    """One message, under a client_id of its own."""
    options.setdefault("client_id", uuid4())
    return actions.send_message(author, conversation, body=body, **options)


def ask(
    author: User, conversation: Conversation, question: str, options: list[str], **poll: Any
) -> Stored:
    """A message that is a poll; `poll` takes what chat/cards/polls.py does, and a `client_id`."""
    client_id = poll.pop("client_id", None) or uuid4()
    return actions.send_message(
        author,
        conversation,
        poll={"question": question, "options": options, **poll},
        client_id=client_id,
    )
