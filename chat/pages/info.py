"""A conversation's own page: its face, its words, its members, and what waits there."""

from typing import Any

from accounts.models import User
from chat.models import Membership
from chat.pages import channels
from chat.pages.faces import FACES, card_of
from chat.pages.members import member_for, member_page
from chat.pages.timing import Timing


def info(user: User, membership: Membership, *, words: str = "", number: int = 1) -> dict[str, Any]:
    """The face, a part of the members with what the viewer may do to each, and who is invited."""
    group = membership.conversation
    if group.is_direct:
        other = group.memberships.exclude(user=user).select_related("user").first()
        return {
            "group": group,
            "card": card_of(group, other.user if other else None),
            "membership": membership,
            "timing": Timing(membership),
        }
    if group.is_channel:
        about = {"group": group, "card": card_of(group, None), "membership": membership}
        return {**about, "timing": Timing(membership), **channels.run(membership)}
    return {
        "group": group,
        "card": card_of(group, None),
        "membership": membership,
        "timing": Timing(membership),
        "charter": group.charter,
        "count": group.memberships.active().count(),
        "page": member_page(membership, words=words, number=number),
        "invited": _invited(membership) if number == 1 and not words else [],
        **_waiting(membership),
    }


def _invited(viewer: Membership) -> list[Any]:
    """Friends who were asked and have not answered."""
    group = viewer.conversation
    waiting = group.memberships.filter(state=Membership.State.INVITED).select_related("user")
    return [member_for(viewer, each) for each in waiting.order_by("joined_at")[:FACES]]


def _waiting(viewer: Membership) -> dict[str, Any]:
    """What those who run it see beside their entries: links that are open, people who wait."""
    group = viewer.conversation
    held = group.held_messages.count() if viewer.may_moderate() else 0
    if not viewer.runs_group():
        return {"held": held}
    return {
        "held": held,
        "open_links": group.invites.open().count(),
        "may_approve": viewer.may_approve(),
        "asking": group.join_requests.waiting().count(),
        "bans": group.bans.count(),
    }
