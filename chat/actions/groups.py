"""Groups: made, named, joined and left."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from chat.models import Conversation, Membership


@dataclass(frozen=True, slots=True)
class NotAdded:
    """Who could not be added to a new group, and why: a stable code and a sentence."""

    person: User
    code: str
    detail: str


def create_group(
    actor: User, *, title: str, members: Iterable[User], picture: str = ""
) -> Conversation:
    """A group owned by `actor`; each of `members` joins or is invited as R20 says.

    Those who cannot be added are listed in `conversation.not_added` (list of `NotAdded`). Raises
    `Refused` where the actor may not chat (R2) or nobody of `members` can be added, and
    `ValidationError` (name.blank, title.too_long).
    """
    raise NotImplementedError


def rename(actor: User, conversation: Conversation, *, title: str) -> Conversation:
    """Give the group another name, with a system line. `Refused` (group.only, role.missing)."""
    raise NotImplementedError


def add_member(actor: User, conversation: Conversation, person: User) -> Membership:
    """`person` joins (ACTIVE) or is invited (INVITED) by R20, where there is room (R21)."""
    raise NotImplementedError


def remove_member(actor: User, conversation: Conversation, person: User) -> None:
    """End somebody's membership: nothing more reaches them (R28). `Refused` (role.missing)."""
    raise NotImplementedError


def leave(actor: User, conversation: Conversation) -> None:
    """Leave quietly; an owner hands over to the longest-standing admin, then member (R24)."""
    raise NotImplementedError
