"""A group's own page: its members and what the viewer may do to each."""

from typing import Any

from accounts.models import User
from chat.models import Membership
from chat.pages.faces import FACES, group_card


def group_info(user: User, membership: Membership) -> dict[str, Any]:
    """The group's face, its members with what the viewer may do to each, and who is invited."""
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
        "card": group_card(group),
        "membership": membership,
        "members": [m for m in members if m["membership"].is_active],
        "invited": [m for m in members if not m["membership"].is_active],
    }


def _rank(membership: Membership) -> int:
    return [Membership.Role.OWNER, Membership.Role.ADMIN, Membership.Role.MEMBER].index(
        Membership.Role(membership.role)
    )
