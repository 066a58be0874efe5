"""The people of a group, a part at a time, with what the viewer may do to each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Value, When
from django.utils import timezone

from chat import rights
from chat.models import Membership
from chat.pages.faces import Card
from chat.rights import Role

MEMBERS = 50


@dataclass(frozen=True, slots=True)
class Member:
    """One of them; `roles` are those the viewer may give, as (value, name)."""

    membership: Membership
    card: Card
    is_me: bool
    roles: list[tuple[str, str]]
    is_silenced: bool
    is_silenceable: bool
    is_removable: bool
    is_heir: bool

    @property
    def has_verbs(self) -> bool:
        """Whether there is anything to do to them."""
        return not self.is_me


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A part of the list: `next` is the number of the following one, 0 at the end."""

    members: list[Member]
    words: str
    next: int


def member_page(viewer: Membership, *, words: str = "", number: int = 1) -> MemberPage:
    """The `number`th part: those who run it first, then the longest-standing; one query."""
    rank = Case(*[When(role=role, then=Value(rank)) for role, rank in rights.RANKS.items()])
    members = viewer.conversation.memberships.active().shown_to(viewer).named(words)
    ordered = members.select_related("user").order_by(rank.desc(), "joined_at", "pk")
    start = (max(number, 1) - 1) * MEMBERS
    found = list(ordered[start : start + MEMBERS + 1])
    shown = [member_for(viewer, each) for each in found[:MEMBERS]]
    return MemberPage(shown, words, number + 1 if len(found) > MEMBERS else 0)


def member_for(viewer: Membership, other: Membership) -> Member:
    """What a row says of `other`, and what `viewer` may do to them."""
    return Member(
        membership=other,
        card=other.user.card(),
        is_me=other.user_id == viewer.user_id,
        roles=_roles(viewer, other),
        is_silenced=other.is_silenced(timezone.now()),
        is_silenceable=viewer.may_silence(other),
        is_removable=viewer.may_remove(other),
        is_heir=viewer.may_hand_over(other),
    )


def _roles(viewer: Membership, other: Membership) -> list[tuple[str, str]]:
    wanted: list[Any] = [Role.ADMIN, Role.MODERATOR, Role.MEMBER]
    return [
        (role.value, str(role.label))
        for role in wanted
        if role != other.role and viewer.may_give_role(other, role)
    ]
