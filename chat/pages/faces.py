"""Whose face stands for whom, and between whom a block stands."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Block, User
from accounts.reading import Prepared
from chat.models import Conversation

FACES = 64  # as many members as a page tells of; a group holds 1,024


Card = dict[str, Any]

_blocks = Prepared(
    lambda viewer: Block.objects.filter(Q(blocker=viewer) | Q(blocked=viewer)).values_list(
        "blocker_id", "blocked_id"
    )
)


def deleted_card() -> Card:
    """The face of somebody whose account is gone (R46)."""
    return {
        "id": "",
        "username": "",
        "name": _("Deleted user"),
        "avatar": "",
        "hue": 0,
        "initials": "?",
    }


def group_card(conversation: Conversation) -> Card:
    """The face of a group: its picture, else the initials of its name."""
    words = conversation.title.split()
    initials = "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
    return {
        "id": str(conversation.pk),
        "username": "",
        "name": conversation.title,
        "avatar": conversation.picture_url,
        "hue": conversation.pk.int % 12,
        "initials": initials or "?",
    }


def blocked_ids(user: User) -> frozenset[UUID]:
    """Everybody between whom and the person stands a block, either way (R15)."""
    return frozenset({person for pair in _blocks(user) for person in pair} - {user.pk})


def card_of(conversation: Conversation, other: User | None) -> Card:
    """Whose face stands for a conversation: the other person's, or the group's."""
    if not conversation.is_direct:
        return group_card(conversation)
    return other.card() if other else deleted_card()
