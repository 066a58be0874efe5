"""What one person calls another in a conversation, laid over the cards that only they see."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chat.pages.messages import Shown

Card = dict[str, Any]
Names = Mapping[str, str] | None


def named(card: Card, names: Names) -> Card:
    """The card under the nickname that the viewer gave, if they gave one."""
    name = names and names.get(card["id"])
    return {**card, "name": name} if name else card


def lay_over(messages: "Iterable[Shown]", names: Names) -> None:
    """Let messages and what they quote stand under nicknames."""
    for item in messages if names else ():
        item.author = named(item.author, names)
        if item.quote:
            item.quote = named(item.quote, names)
