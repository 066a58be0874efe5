"""Taking down what moderators of Medley decided on, and putting it back: nothing is deleted.

Who decided, and why, is the decision's to say (accounts/moderation/); each may be repeated.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from chat import threads
from chat.actions.messages import change, let_go_of_place
from chat.actions.replies import count_replies
from chat.line import changing
from chat.models import Conversation, Message, Reply, TakenDown
from chat.notifications.telling import untell_of_message

FIELDS = ("body", "mentions", "unsent_at", "taken_down_at")


def take_down_message(message_id: UUID) -> None:
    """Nobody reads it any more: a trace stays in its place, in `/changes/` too, so that whoever was
    away loses it as well. One that was taken back already needs none."""
    conversation_id = _where(message_id)
    if conversation_id is None:
        return
    with changing(conversation_id) as line:
        message = Message.objects.with_parts().filter(pk=message_id, unsent_at=None).first()
        if message is None:
            return
        TakenDown.objects.create(message=message, body=message.body, mentions=message.mentions)
        untell_of_message(message)
        message.body, message.mentions = "", []
        message.unsent_at = message.taken_down_at = timezone.now()
        change(line, message, *FIELDS)
        let_go_of_place(line, message)


def put_back_message(message_id: UUID) -> None:
    """As it was, in its place; pinned it is no more, and one that disappeared meanwhile stays
    away."""
    conversation_id = _where(message_id)
    if conversation_id is None:
        return
    with changing(conversation_id) as line:
        messages = Message.objects.with_parts().filter(Q(expired_at=None), pk=message_id)
        message = messages.filter(taken_down_at__isnull=False).first()
        kept = TakenDown.objects.filter(message=message_id).first()
        if message is None or kept is None:
            return
        message.body, message.mentions = kept.body, kept.mentions
        message.unsent_at = message.taken_down_at = None
        kept.delete()
        change(line, message, *FIELDS)
        if message.thread is not None:
            threads.recount(line, message.thread)


def _where(message_id: UUID) -> UUID | None:
    """Its conversation, where both are there."""
    messages = Message.objects.filter(pk=message_id, notice__isnull=True)
    found = messages.values_list("conversation", flat=True).first()
    is_there = found is not None and Conversation.objects.filter(pk=found).exists()
    return found if is_there else None


# --- Replies in channels --------------------------------------------------------------------------


@transaction.atomic
def take_down_reply(reply_id: UUID) -> None:
    """It is gone for everybody."""
    _mark_reply(reply_id, is_down=True)


@transaction.atomic
def put_back_reply(reply_id: UUID) -> None:
    """It is there again, unless its author or a host took it away."""
    _mark_reply(reply_id, is_down=False)


def _mark_reply(reply_id: UUID, *, is_down: bool) -> None:
    replies = Reply.objects.select_for_update(of=("self",)).select_related("post")
    said = replies.filter(pk=reply_id, taken_down_at__isnull=is_down).first()
    if said is None:
        return
    said.taken_down_at = timezone.now() if is_down else None
    said.save(update_fields=["taken_down_at"])
    if said.removed_at is None:
        count_replies(said.post, -1 if is_down else 1)


# --- Conversations --------------------------------------------------------------------------------


def close_conversation(conversation_id: UUID) -> None:
    """Nobody writes in it or comes in; what was said can be read by who could."""
    _close(conversation_id, is_closed=True)


def open_conversation(conversation_id: UUID) -> None:
    """It is open again."""
    _close(conversation_id, is_closed=False)


def _close(conversation_id: UUID, *, is_closed: bool) -> None:
    try:
        with changing(conversation_id) as line:
            if line.conversation.is_closed != is_closed:
                line.change_conversation(closed_at=timezone.now() if is_closed else None)
    except Http404:  # it went meanwhile
        return
