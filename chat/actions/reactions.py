"""Reactions: one person's one emoji on one message."""

from uuid import UUID

from accounts import policy
from accounts.models import User
from chat import writer
from chat.models import Conversation, Message
from chat.writing.drafts import Reacting, draft_reaction

# What the picker offers first; any single emoji is accepted.
EMOJI = ("❤️", "😂", "😮", "😢", "🔥", "👏", "👍", "👎")


def add_reaction(
    actor: User, conversation: Conversation | UUID, *, seq: int, emoji: str
) -> Message:
    """React to a message; the same emoji twice is once. Answers with the message and its parts.

    Raises `ValidationError` (emoji.unknown), `Refused` (message.unsent, member.silenced,
    group.frozen, policy.*), `Http404` where the actor takes no part or may not see the message,
    `Unavailable`. Waits for the writer: not
    inside `atomic()`.
    """
    return _save(actor, draft_reaction(actor.pk, _key(conversation), seq, emoji, adds=True))


def remove_reaction(
    actor: User, conversation: Conversation | UUID, *, seq: int, emoji: str
) -> Message:
    """Take a reaction back, as any member may; one that is not there is fine.

    Raises as `add_reaction`.
    """
    return _save(actor, draft_reaction(actor.pk, _key(conversation), seq, emoji, adds=False))


def _key(conversation: Conversation | UUID) -> UUID:
    return conversation.pk if isinstance(conversation, Conversation) else conversation


def _save(actor: User, reacting: Reacting) -> Message:
    policy.permit(policy.may_use_messages(actor.person))
    return writer.save(reacting).message
