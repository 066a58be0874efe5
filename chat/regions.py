"""What of chat is off in a region (R45): all conversations, or those of one kind."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from accounts.policy.regions import CHANNELS, GROUPS, MESSAGES
from accounts.regions.asking import kept_from
from chat.models import Conversation

_BY_KIND: dict[str, str] = {
    Conversation.Kind.GROUP: GROUPS,
    Conversation.Kind.CHANNEL: CHANNELS,
}


def feature_of(kind: str) -> str:
    """What conversations of this kind belong to."""
    return _BY_KIND.get(kind, MESSAGES)


def narrowed(feature: str, arguments: Mapping[str, Any], off: frozenset[str]) -> str:
    """An address inside of one conversation, by what kind that is (`REGION_NARROWERS`); one query,
    where groups or channels are off and messages are not."""
    key = arguments.get("conversation_id") or arguments.get("pk")
    if feature != MESSAGES or key is None or off.isdisjoint((GROUPS, CHANNELS)):
        return feature
    kinds = Conversation.objects.filter(pk=key).values_list("kind", flat=True)
    return feature_of(next(iter(kinds), ""))


def kept_from_saying() -> Q:
    """Rows with an `author` and a `conversation` in which they may not say anything from where they
    are, by their account."""
    apart = (
        Q(conversation__kind=kind) & kept_from(feature, "author__")
        for kind, feature in _BY_KIND.items()
    )
    found = kept_from(MESSAGES, "author__")
    for one in apart:
        found |= one
    return found
