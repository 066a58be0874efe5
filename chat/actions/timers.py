"""Disappearing messages: how long what is said stays, and deleting what has had its time."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import User
from chat import events
from chat.actions.group_line import say
from chat.actions.messages import let_go
from chat.line import Line, changing
from chat.models import Conversation, Media, Membership, Message
from chat.refusals import invalid, refused
from chat.rights import Right
from chat.timing import TIMERS

TOGETHER = 200  # messages emptied while a line is held: some 50 ms
CONVERSATIONS = 500  # looked at in one run


def set_timer(actor: User, conversation: Conversation, *, seconds: int) -> Conversation:
    """Let what is said from now on disappear after `seconds` (one of TIMERS; 0: never), with a
    system line; what was said before stays as it was said. The same timer again changes nothing.

    Raises `ValidationError` (timer.unknown), `Refused` (role.missing, whatever bars the actor from
    writing), `Http404`.
    """
    policy.permit(policy.may_use_messages(actor.person))
    if seconds not in TIMERS or isinstance(seconds, bool):
        raise invalid("timer.unknown")
    with changing(conversation.pk) as line:
        _permit(actor, line)
        if seconds != line.conversation.timer_seconds:
            line.change_conversation(timer_seconds=seconds)
            say(line, TIMERS[seconds], actor)
    return line.conversation


def _permit(actor: User, line: Line) -> None:
    membership = line.conversation.memberships.active().filter(user=actor).first()
    if membership is None:
        raise Http404
    membership.conversation = line.conversation
    if line.conversation.is_request:  # R12: nothing but the one message reaches them
        raise policy.waiting_request().error()
    if membership.send_refusal:
        raise refused(membership.send_refusal)
    if not membership.may(Right.TIMER):
        raise refused("role.missing")


def empty_expired(now: datetime | None = None) -> int:
    """Delete what is in messages whose time is up; answers how many. Their places stay, and each
    takes a number, so that clients drop it (`message.expired`). Safe to run twice, side by side,
    and beside the writer: what is to be done is read while the conversation's line is held.
    """
    now = now or timezone.now()
    due = Message.objects.to_empty(now).values_list("conversation", flat=True)
    return sum(_empty_in(key, now) for key in due.order_by().distinct()[:CONVERSATIONS])


def _empty_in(conversation_id: UUID, now: datetime) -> int:
    count = 0
    while emptied := _empty_some(conversation_id, now):
        count += emptied
    return count


def _empty_some(conversation_id: UUID, now: datetime) -> int:
    with changing(conversation_id) as line:
        due = line.conversation.messages.to_empty(now).order_by("seq")
        messages = list(due[:TOGETHER])
        for message in messages:
            _empty(line, message, now)
        if messages:
            Message.objects.bulk_update(messages, [*_NOTHING, *_MARKED])
            _delete_what_hangs(messages)
            for message in messages:
                let_go(line, message)
            _count_as_read(line.conversation, messages[-1].seq)
    return len(messages)


# It also counts as unsent, wherever somebody asks what can still be done with it.
_MARKED = ("unsent_at", "expired_at", "revision")
# What is left of a message: its place, author and times.
_NOTHING: dict[str, Any] = {
    "body": "",
    "digest": "",
    "mentions": [],
    "reply_to": None,
    "replies": None,
    "edited_at": None,
    "origin": None,
    "hops": None,
    "media": None,
    "reaction_counts": None,
    "reply_count": None,
}


def _empty(line: Line, message: Message, now: datetime) -> None:
    for name, value in _NOTHING.items():
        setattr(message, name, value)
    message.unsent_at = message.expired_at = now
    message.revision = line.number()
    line.tell(events.expired_event(message))


def _delete_what_hangs(messages: list[Message]) -> None:
    """Everything that would go with the rows: earlier words, shares, media, reactions, reminders,
    whatever else points at a message. So a new kind cannot be forgotten here."""
    # Their rows tell where the files are, until those are swept away.
    Media.objects.filter(message__in=messages).update(ends_at=timezone.now())
    for relation in Message._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            rows = relation.related_model._base_manager
            rows.filter(**{f"{relation.field.name}__in": messages}).delete()


def _count_as_read(conversation: Conversation, last: int) -> None:
    """Nobody can read any more what they had not: it must not stand as unread for ever."""
    left = Message.objects.filter(
        conversation=conversation.pk, seq__gt=models.OuterRef("read_seq"), expired_at__isnull=True
    )
    first = Subquery(left.order_by("seq").values("seq")[:1])
    behind = Membership.objects.filter(conversation=conversation.pk, read_seq__lt=last)
    behind.update(read_seq=Coalesce(first - 1, conversation.last_seq))
