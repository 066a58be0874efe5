"""A conversation's own page: its face, its members and what the viewer may do to each."""

from typing import Any

from accounts.models import User
from chat import rights
from chat.models import Membership
from chat.pages.faces import FACES, card_of


def info(user: User, membership: Membership) -> dict[str, Any]:
    """The face, the members with what the viewer may do to each, and who is invited."""
    group = membership.conversation
    memberships = list(
        group.memberships.current().select_related("user").order_by("joined_at")[: 4 * FACES]
    )
    membership.conversation = group
    members: list[dict[str, Any]] = [
        {
            "membership": other,
            "card": other.user.card(),
            "is_me": other.user_id == user.pk,
            "is_removable": membership.may_remove(other),
        }
        for other in sorted(memberships, key=_rank)
    ]
    return {
        "group": group,
        "card": card_of(group, _other(user, members)),
        "membership": membership,
        "members": [m for m in members if m["membership"].is_active],
        "invited": [m for m in members if not m["membership"].is_active],
    }


def _other(user: User, members: list[dict[str, Any]]) -> User | None:
    others = [member["membership"].user for member in members if not member["is_me"]]
    return others[0] if others else None


def _rank(membership: Membership) -> int:
    return -rights.RANKS[membership.role]
