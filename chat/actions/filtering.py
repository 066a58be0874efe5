"""A group's list of words, and what moderators do with the messages that it holds back."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404

from accounts.filtering.words import clean_list
from accounts.models import User
from chat.actions.group_line import holding_group, running_group
from chat.models import Conversation, HeldMessage, WordFilter
from chat.refusals import invalid, refused
from chat.writing.drafts import Draft, Stored, draft_message
from chat.writing.storing import store


def set_words(
    actor: User,
    conversation: Conversation,
    *,
    words: Iterable[str] | None = None,
    action: str | None = None,
) -> WordFilter:
    """Decide which words and phrases members cannot say (R26), and whether such a message is
    refused or waits for a moderator. None leaves either as it is; no words end it.

    Raises `Refused` (group.only, role.missing), `ValidationError` (filter.too_many,
    filter.word_too_long, filter.action).
    """
    cleaned = None if words is None else clean_list(words)
    if action is not None and action not in WordFilter.Action.values:
        raise invalid("filter.action")
    with running_group(actor, conversation) as line:
        kept = WordFilter.objects.of(line.conversation)
        kept.words = kept.words if cleaned is None else cleaned
        kept.action = action or kept.action
        kept.version += 1
        kept.save()
        line.change_conversation(words_version=kept.version if kept.words else 0)
    return kept


def answer_held(
    actor: User, conversation: Conversation, held_id: UUID, *, approve: bool
) -> Stored | None:
    """Let a message that waits be said now, as its author's, or turn it away without a word.

    Raises `Refused` (role.missing, and what its author may not do any more), `Http404`.
    """
    with holding_group(actor, conversation) as (line, membership):
        if not membership.may_moderate():
            raise refused("role.missing")
        held = HeldMessage.objects.filter(pk=held_id, conversation=conversation).first()
        if held is None:
            raise Http404
        held.delete()
        if not approve:
            return None
        said = store([_as_said(held)], {line.conversation.pk: line})[0]
        if isinstance(said, Exception):
            raise said
    assert isinstance(said, Stored)
    return said


def _as_said(held: HeldMessage) -> Draft:
    draft = draft_message(
        held.author_id,
        held.conversation_id,
        body=held.body,
        client_id=held.client_id or held.pk,
        reply_to=held.reply_to,
        thread=held.thread,
        mentions=held.mentions,
    )
    draft.is_read = True
    return draft
