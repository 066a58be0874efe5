"""Who has listened to which voice message: known to that person's own devices, to nobody else."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models

from chat.models.media import Media
from chat.models.message import Message


class Heard(models.Model):
    """One voice message that one person has listened to; a row comes only then."""

    # The constraint leads with it.
    listener = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    message = models.ForeignKey(Message, models.CASCADE, related_name="hearings")

    class Meta:
        constraints = [models.UniqueConstraint("listener", "message", name="heard_once")]

    def __str__(self) -> str:
        return f"{self.message_id} by {self.listener_id}"


def waits_to_be_heard(message: Message, listener: Any) -> bool:
    """Whether it is a voice message of somebody else; whether it was heard is another question."""
    kinds = [card["kind"] for card in message.media or ()]
    return kinds == [Media.Kind.VOICE] and message.author_id != listener.pk


def references(messages: Iterable[Message], viewer: Any = None) -> dict[UUID, bool]:
    """Of others' voice messages, by id: whether `viewer` has listened to them (a reader of
    chat/parts.py). One query, and none without such."""
    voices = [m.pk for m in messages if viewer is not None and waits_to_be_heard(m, viewer)]
    if not voices:
        return {}
    rows = Heard.objects.filter(listener=viewer, message__in=voices)
    heard = set(rows.values_list("message", flat=True))
    return {message_id: message_id in heard for message_id in voices}
