"""Who runs a group: roles given and taken, ownership handed over, rights decided (R24)."""

from collections.abc import Mapping

from accounts.models import User
from accounts.notifications import notify
from chat import rights
from chat.actions.group_line import holding_group, member_of, running_group, say
from chat.models import Conversation, Membership
from chat.refusals import invalid, refused
from chat.rights import Right, Role

# An owner is made by handing over.
GIVEN = frozenset({Role.ADMIN, Role.MODERATOR, Role.MEMBER})


def give_role(actor: User, conversation: Conversation, person: User, *, role: str) -> Membership:
    """Promote or demote somebody below oneself, to a role below one's own, with a system line.

    Admins give up to moderator, the owner up to admin. The same role again changes nothing. Raises
    `Refused` (group.only, role.missing), `ValidationError` (role.unknown), `Http404`.
    """
    if role not in GIVEN:
        raise invalid("role.unknown")
    with holding_group(actor, conversation) as (line, membership):
        theirs = member_of(line, person)
        if not membership.may_give_role(theirs, role):
            raise refused("role.missing")
        if role != theirs.role:
            line.change_membership(theirs, role=role)
            say(line, f"role.{role}", actor, people=[theirs.user])
            notify("chat.role", theirs.user_id, actor=actor.pk, about=conversation.pk, role=role)
    return theirs


def hand_over(actor: User, conversation: Conversation, person: User) -> Membership:
    """Make another member the owner; the actor stays as an admin.

    Raises `Refused` (group.only, role.missing), `Http404`.
    """
    with holding_group(actor, conversation) as (line, membership):
        theirs = member_of(line, person)
        if not membership.may_hand_over(theirs):
            raise refused("role.missing")
        # First the one, then the other: the database allows one owner at a time.
        line.change_membership(membership, role=Role.ADMIN)
        line.change_membership(theirs, role=Role.OWNER)
        say(line, "owner.changed", actor, people=[theirs.user])
        about = conversation.pk
        notify("chat.role", theirs.user_id, actor=actor.pk, about=about, role=Role.OWNER.value)
    return theirs


def set_rights(
    actor: User, conversation: Conversation, *, lowest: Mapping[str, str]
) -> Conversation:
    """Decide which roles have which rights: `{right: lowest role}`; rights not named stay.

    Raises `Refused` (group.only, role.missing), `ValidationError` (rights.unknown).
    """
    if any(right not in Right.values or role not in GIVEN for right, role in lowest.items()):
        raise invalid("rights.unknown")
    with running_group(actor, conversation) as line:
        decided = {**(line.conversation.rights or {}), **lowest}
        own = {right: role for right, role in decided.items() if role != rights.LOWEST[right]}
        if own != (line.conversation.rights or {}):
            line.change_conversation(rights=own or None)
            say(line, "rights.changed", actor)
    return line.conversation
