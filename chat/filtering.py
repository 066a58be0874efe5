"""What a group's list of words says to a message (chat/models/word_filter.py)."""

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from accounts.filtering.words import Filter, compiled
from chat.cards.polls import NewPoll
from chat.models import Conversation, Membership, WordFilter
from chat.writing.drafts import Draft


class Listed(NamedTuple):
    """A group's list, ready to be asked, and what it does."""

    words: Filter
    action: str


def verdict(membership: Membership, conversation: Conversation, said: str) -> str | None:
    """`refuse` or `hold` where the group's list speaks against these words, else None. Those who
    moderate it may say anything."""
    if not conversation.words_version or membership.may_moderate():
        return None
    try:
        listed = _listed(conversation.pk, conversation.words_version)
    except WordFilter.DoesNotExist:  # changed in this moment: the next message meets the new one
        return None
    return listed.action if listed.words.finds(said) else None


def said_in(draft: Draft) -> str:
    """All words of a draft: its body, and the question and answers of its poll."""
    polls = [part for part in draft.parts if isinstance(part, NewPoll)]
    return "\n".join([draft.body, *(poll.words for poll in polls)])


@lru_cache(1024)
def _listed(conversation_id: UUID, version: int) -> Listed:
    """By version, which every change raises: each process reads a list once."""
    kept = WordFilter.objects.get(pk=conversation_id, version=version)
    return Listed(compiled(tuple(kept.words)), kept.action)
