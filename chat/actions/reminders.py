"""Reminders: a message that comes back to one person at a time they chose."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import User
from chat.cards.own import reminder_cards, tell_own
from chat.models import Conversation, Message, Reminder
from chat.models.reminder import LIMIT
from chat.refusals import refused
from chat.timing import moment_ahead

TOGETHER = 200  # told in one run


def remind(
    actor: User, conversation: Conversation, *, seq: int, remind_at: datetime | str
) -> Reminder:
    """Remind `actor` of a message at `remind_at`, at most a year ahead; a message that waits
    already gets the new time. Nobody else learns of it.

    Raises `ValidationError` (time.malformed, reminder.past, reminder.too_far), `Refused`
    (reminder.too_many), `Http404` where they may not see the message.
    """
    policy.permit(policy.may_use_messages(actor.person))
    moment = moment_ahead(remind_at, "reminder")
    visible = Message.objects.visible_to(actor).filter(notice__isnull=True, unsent_at__isnull=True)
    message = visible.filter(conversation=conversation, seq=seq).first()
    if message is None:
        raise Http404
    own = Reminder.objects.filter(user=actor)
    if not own.filter(message=message).exists() and own.count() >= LIMIT:
        raise refused("reminder.too_many")
    reminder, _is_new = Reminder.objects.update_or_create(
        user=actor, message=message, defaults={"remind_at": moment, "reminded_at": None}
    )
    return _told(actor, reminder)


def move_reminder(actor: User, reminder_id: UUID, *, remind_at: datetime | str) -> Reminder:
    """Another time, also for one that came already ("again in an hour").

    Raises as `remind`, `Http404` where it is not the actor's.
    """
    reminder = _own(actor, reminder_id)
    reminder.remind_at, reminder.reminded_at = moment_ahead(remind_at, "reminder"), None
    reminder.save(update_fields=["remind_at", "reminded_at"])
    return _told(actor, reminder)


def finish_reminder(actor: User, reminder_id: UUID) -> None:
    """Done with it, or no longer wanted. Raises `Http404` where it is not the actor's."""
    _own(actor, reminder_id).delete()
    tell_own(actor.pk, "reminder.gone", id=str(reminder_id))


def remind_due(now: datetime | None = None) -> int:
    """Tell people of what they wanted to be reminded of; answers of how many. Each is told of once,
    whoever else does the same; those whose message they may not see any more go."""
    now = now or timezone.now()
    due = Reminder.objects.due(now).select_related("user")[:TOGETHER]
    return sum(_remind(reminder, now) for reminder in due)


@transaction.atomic
def _remind(reminder: Reminder, now: datetime) -> bool:
    if not Reminder.objects.due(now).filter(pk=reminder.pk).update(reminded_at=now):
        return False
    visible = Reminder.objects.of(reminder.user).filter(pk=reminder.pk)
    cards = reminder_cards(reminder.user, visible)
    if not cards:
        reminder.delete()
        return False
    tell_own(reminder.user_id, "reminder.due", reminder=cards[0])
    return True


def _own(actor: User, reminder_id: UUID) -> Reminder:
    policy.permit(policy.may_use_messages(actor.person))
    reminder = Reminder.objects.of(actor).filter(pk=reminder_id).first()
    if reminder is None:
        raise Http404
    return reminder


def _told(actor: User, reminder: Reminder) -> Reminder:
    """The reminder as lists have it, once the person's devices have heard of it."""
    fresh = Reminder.objects.of(actor).get(pk=reminder.pk)
    tell_own(actor.pk, "reminder.changed", reminder=reminder_cards(actor, [fresh])[0])
    return fresh
