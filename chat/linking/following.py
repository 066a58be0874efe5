"""Cards follow what they show: a page of ours or somebody else's changes or goes, and every
conversation that links to it learns of it, those who are offline by its number."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from accounts.linking import blocking
from accounts.outbox import enqueue
from chat import events
from chat.following import CONVERSATIONS, MESSAGES
from chat.line import changing
from chat.linking.shown import references
from chat.models import Message, MessageLink


def card_changed(kind: str, object_id: UUID) -> None:
    """Have what links to this thing of ours renewed (CARD_OBSERVERS): one query, and a job where
    there is any."""
    _follow({"kind": kind, "key": str(object_id)})


def link_changed(card_id: UUID) -> None:
    """The same of a card of somebody else's address (LINK_OBSERVERS)."""
    _follow({"card": str(card_id)})


def renew_links(where: Mapping[str, str], after: str = "") -> None:
    """Number the messages that link there anew, conversation by conversation, and tell what they
    show now. Twice is harmless: the second tells the same again."""
    blocking.forget()  # they may be shown no more
    links = _linking(where).order_by("message__conversation")
    if after:
        links = links.filter(message__conversation__gt=after)
    found = links.values_list("message__conversation", flat=True).distinct()
    batch: list[UUID] = list(found[:CONVERSATIONS])
    for conversation_id in batch:
        _renew(where, conversation_id)
    if len(batch) == CONVERSATIONS:
        enqueue("chat.renew_links", where=dict(where), after=str(batch[-1]))


def _follow(where: dict[str, str]) -> None:
    if _linking(where).exists():
        enqueue("chat.renew_links", where=where)


def _linking(where: Mapping[str, str]) -> Any:
    return MessageLink.objects.shown().filter(**where)


def _renew(where: Mapping[str, str], conversation_id: UUID) -> None:
    links = _linking(where).filter(message__conversation=conversation_id)
    keys = list(links.order_by("message__seq").values_list("message", flat=True))
    for start in range(0, len(keys), MESSAGES):
        with changing(conversation_id) as line:
            present = Message.objects.filter(pk__in=keys[start : start + MESSAGES])
            messages = list(present.order_by("seq"))
            shown = references(messages)
            for message in messages:
                message.revision = line.number()
                line.tell(events.links_event(message, shown.get(message.pk, [])))
            Message.objects.bulk_update(messages, ["revision"])
