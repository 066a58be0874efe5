"""Cards follow their object: what is shared changes or goes, and every conversation that has it
learns of it, those who are offline by its number."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from accounts.outbox import enqueue
from chat import events, parts, sharing
from chat.line import Line, changing
from chat.models import Attachment, Message

CONVERSATIONS = 100  # a job's; what is left is another job's
MESSAGES = 200  # of one conversation while its line is held


def card_changed(kind: str, object_id: UUID) -> None:
    """Have what shows this thing renewed, if anything does (CARD_OBSERVERS): one query, and a job
    written with the change."""
    if sharing.is_shareable(kind) and _showing(kind, object_id).exists():
        enqueue("chat.renew_cards", kind=kind, object_id=str(object_id))


def renew_cards(kind: str, object_id: UUID | str, after: str = "") -> None:
    """Number the messages that show the thing anew, conversation by conversation, and tell how it
    looks now. Twice is harmless: the second tells the same again."""
    conversations = _showing(kind, object_id).order_by("message__conversation_id")
    if after:
        conversations = conversations.filter(message__conversation_id__gt=after)
    keys = conversations.values_list("message__conversation_id", flat=True).distinct()
    batch: list[UUID] = list(keys[:CONVERSATIONS])
    for conversation_id in batch:
        _renew(kind, object_id, conversation_id)
    if len(batch) == CONVERSATIONS:
        enqueue("chat.renew_cards", kind=kind, object_id=str(object_id), after=str(batch[-1]))


def _showing(kind: str, object_id: UUID | str) -> Any:
    shown = Attachment.objects.filter(
        content_type=sharing.content_type_of(kind), object_id=object_id
    )
    return shown.filter(message__unsent_at__isnull=True)


def _renew(kind: str, object_id: UUID | str, conversation_id: UUID) -> None:
    shown = _showing(kind, object_id).filter(message__conversation=conversation_id)
    keys = list(shown.order_by("message__seq").values_list("message", flat=True))
    for start in range(0, len(keys), MESSAGES):
        with changing(conversation_id) as line:
            present = Message.objects.with_parts().filter(pk__in=keys[start : start + MESSAGES])
            _tell(line, list(present.order_by("seq")))


def _tell(line: Line, messages: Iterable[Message]) -> None:
    """The events are those of one moment: what is told is read once, behind the lock."""
    messages = list(messages)
    hanging = parts.read(messages)
    for message in messages:
        message.revision = line.number()
        line.tell(events.share_event(message, hanging[message.pk].get("share")))
    Message.objects.bulk_update(messages, ["revision"])
