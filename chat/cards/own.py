"""What only one person has in a conversation (scheduled messages, reminders, words not sent yet),
as their own clients are told: plain JSON values, the same for REST and the socket."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.text import Truncator

from accounts import live
from accounts.models import User
from chat.cards import Card, moment
from chat.models import KeptWords, Membership, Message, Reminder, ScheduledMessage
from chat.refusals import sentence

EXCERPT = 120


def scheduled_card(scheduled: ScheduledMessage) -> Card:
    """What it will say and when; `refusal` is why it was not sent (`{code, detail}`, or None)."""
    code = scheduled.refusal
    return {
        "id": str(scheduled.pk),
        "conversation": str(scheduled.conversation_id),
        "client_id": str(scheduled.client_id),
        "body": scheduled.body,
        "reply_to": scheduled.reply_to,
        "thread": scheduled.thread,
        "mentions": scheduled.mentions,
        "share": None,
        "media": [],
        "poll": None,
        **scheduled.hanging,
        "send_at": moment(scheduled.send_at),
        "refusal": {"code": code, "detail": sentence(code)} if code else None,
    }


def reminder_cards(user: User, reminders: Iterable[Reminder]) -> list[Card]:
    """Each with where it leads and a line of what was said; three queries, however many.

    `reminders` are of `Reminder.objects.of(user)`.
    """
    reminders = list(reminders)
    titles = _titles(user, {reminder.message.conversation_id for reminder in reminders})
    heard = _heard(user, {reminder.message.author_id for reminder in reminders})
    return [
        {
            "id": str(reminder.pk),
            "conversation": str(reminder.message.conversation_id),
            "title": titles.get(reminder.message.conversation_id, ""),
            "seq": reminder.message.seq,
            "author": reminder.message.author.card() if reminder.message.author else None,
            "words": _words(reminder.message) if reminder.message.author_id in heard else "",
            "remind_at": moment(reminder.remind_at),
            "reminded_at": moment(reminder.reminded_at),
        }
        for reminder in reminders
    ]


def _words(message: Message) -> str:
    """One line of what was said; nothing where something else hangs on it, or nothing is left."""
    return Truncator(" ".join(message.body.split())).chars(EXCERPT)


def _heard(user: User, authors: set[UUID | None]) -> set[UUID]:
    """Those of them between whom and the person no block stands (R15)."""
    people = User.objects.unblocked_for(user).filter(pk__in=authors - {None})
    return set(people.values_list("pk", flat=True)) if authors else set()


def _titles(user: User, conversations: set[UUID]) -> dict[UUID, str]:
    if not conversations:
        return {}
    mine = Membership.objects.current().filter(user=user, conversation__in=conversations)
    rows = mine.select_related("conversation").with_others(user)
    return {row.conversation_id: row.title for row in rows}


def words_card(conversation_id: UUID, kept: KeptWords) -> Card:
    """What somebody began to write; `body` is empty once it was sent or given up."""
    return {
        "conversation": str(conversation_id),
        "body": kept.body,
        "reply_to": kept.reply_to,
        "mentions": kept.mentions,
        "edited_at": moment(kept.edited_at),
    }


def tell_own(user_id: UUID, kind: str, **said: object) -> None:
    """After the commit, let the person's own devices hear of it; nobody else does."""
    live.tell_user(user_id, {"type": kind, **said})
