"""Links to single messages: who said what, for those who may read it."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from chat.models import Message


def cards(keys: set[str], viewer: Any) -> dict[str, dict[str, Any]]:
    """By "<conversation>/<seq>"; of blocked people nothing (R15), and nothing for "anybody"."""
    from chat.pages.faces import blocked_ids, deleted_card
    from chat.pages.preview import preview_of

    if viewer is None:
        return {}
    named = Q()
    for key in keys:
        conversation, _slash, seq = key.partition("/")
        named |= Q(conversation=UUID(conversation), seq=int(seq))
    said = Message.objects.visible_to(viewer).filter(notice__isnull=True, unsent_at__isnull=True)
    hidden = blocked_ids(viewer)
    return {
        f"{message.conversation_id}/{message.seq}": {
            "kind": "message",
            "id": str(message.pk),
            "title": message.author.name if message.author else deleted_card()["name"],
            "detail": message.conversation.title,
            "words": preview_of(message, viewer, hidden),
            "face": message.author.card() if message.author else deleted_card(),
        }
        for message in said.filter(named).select_related("conversation").with_parts()
        if message.author_id not in hidden
    }
