"""What a person decided about a conversation for themselves, as only their own clients see it."""

from typing import Any

from chat.models import Membership
from chat.moments import moment

Card = dict[str, Any]


def place_card(membership: Membership) -> Card:
    """Where and how their list shows it."""
    conversation = membership.conversation
    return {
        "pinned": membership.is_pinned,
        "archived": membership.is_archived(conversation.last_seq),
        "marked_unread": membership.is_marked_unread,
        "muted": membership.is_muted,
        "mentioned": membership.is_mentioned,
    }


def settings_card(membership: Membership) -> Card:
    """All of it: `muted_until` is null while it is heard; `nicknames` and `hushed` by user id."""
    return {
        **place_card(membership),
        "muted_until": moment(membership.muted_until) if membership.is_muted else None,
        "notify": membership.notify,
        "shows_reading": membership.shows_reading,
        "shows_typing": membership.shows_typing,
        "colour": membership.colour,
        "wallpaper": membership.wallpaper,
        "nicknames": membership.nicknames or {},
        "hushed": membership.hushed or [],
    }
