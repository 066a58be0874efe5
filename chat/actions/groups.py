"""Groups: made, named, entered by invitation, and left."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import policy
from accounts.errors import Refused
from accounts.ids import uuid7
from accounts.models import User, relations_of
from accounts.notifications import forget, notify
from accounts.text import clean_name, validate_name
from chat.actions.adding import enter_all
from chat.actions.group_line import holding_group, member_of, say
from chat.actions.joining import admit, knock, lets_in
from chat.actions.moderating import put_out
from chat.line import Line, changing
from chat.models import Charter, Conversation, Membership
from chat.refusals import invalid, refused

Role, State = Membership.Role, Membership.State
TITLE_LIMIT = 80


def create_group(
    actor: User,
    *,
    title: str,
    members: Iterable[User],
    picture: str = "",
    key: UUID | None = None,
) -> Conversation:
    """A group owned by `actor`; each of `members` joins or is invited as R20 says.

    `key` is its id: where the actor made a group under it before, that one is the answer.

    Those who cannot be added are listed in `conversation.not_added` (list of `NotAdded`). Raises
    `Refused` where the actor may not chat (R2) or nobody of `members` can be added, and
    `ValidationError` (name.blank, title.too_long).
    """
    policy.permit(policy.may_write(actor.person))
    if key and (made := Conversation.objects.filter(pk=key, creator=actor).first()):
        made.not_added = []
        return made
    people = list({person.pk: person for person in members if person.pk != actor.pk}.values())
    relations = relations_of(actor, [person.pk for person in people])
    with transaction.atomic():
        group = Conversation.objects.create(
            pk=key or uuid7(),
            kind=Conversation.Kind.GROUP,
            title=clean_title(title),
            picture=picture,
            creator=actor,
        )
        with changing(group.pk) as line:
            founder = Membership(conversation=line.conversation, user=actor, role=Role.OWNER)
            line.admit(founder)
            if line.conversation.is_minors:
                Charter.objects.create(conversation=line.conversation, approves_joins=True)
            added = enter_all(line, founder, people, relations)
            joined = [entry.user for entry in added.joined]
            say(line, "group.created", actor, people=joined, title=line.conversation.title)
        not_added = added.not_added
        if people and len(not_added) == len(people):
            raise Refused(not_added[0].code, not_added[0].detail)
    line.conversation.not_added = not_added
    return line.conversation


def rename(actor: User, conversation: Conversation, *, title: str) -> Conversation:
    """Give the group another name, with a system line; the same name changes nothing.

    Raises `Refused` (group.only, role.missing), `ValidationError` (name.blank, title.too_long).
    """
    title = clean_title(title)
    with holding_group(actor, conversation, or_channel=True) as (line, membership):
        if not membership.may_rename():
            raise refused("role.missing")
        if title != line.conversation.title:
            line.change_conversation(title=title)
            say(line, "group.renamed", actor, title=title)
    return line.conversation


def enter_group(line: Line, membership: Membership) -> None:
    """Let somebody who was invited in: there must still be room (R21).

    Where whoever joins is approved, and the host is not the one to approve, they wait.
    """
    active = line.conversation.memberships.active().select_related("user")
    host = active.filter(user=membership.invited_by_id).first()
    if lets_in(line, host):
        admit(line, membership)
        say(line, "member.joined", membership.user)
        return
    membership.state, membership.ended_at = State.ENDED, timezone.now()
    membership.save(update_fields=["state", "ended_at"])
    knock(line, membership.user, added_by=membership.invited_by)


def remove_member(actor: User, conversation: Conversation, person: User) -> None:
    """End somebody's membership: nothing more reaches them (R28). An invitation is withdrawn.

    Raises `Refused` (group.only, role.missing), `Http404`.
    """
    with holding_group(actor, conversation) as (line, membership):
        theirs = member_of(line, person)
        if not membership.may_remove(theirs):
            raise refused("role.missing")
        put_out(line, actor, theirs, notice="member.removed")


def leave(actor: User, conversation: Conversation) -> None:
    """Leave quietly; an owner hands over to the longest-standing admin, then member (R24).

    Raises `Refused` (group.only; channel.last_host), `Http404`.
    """
    from chat.actions import channels

    if conversation.is_channel:
        channels.leave_channel(actor, conversation)
        return
    with holding_group(actor, conversation) as (line, membership):
        part_with(line, membership)


def part_with(line: Line, membership: Membership) -> None:
    """End somebody's part on the line that is held, as they wish; an owner is inherited from."""
    was_owner = membership.role == Role.OWNER
    membership.role = Role.MEMBER
    line.dismiss(membership, timezone.now())
    forget(membership.user_id, [line.conversation.pk])
    heir = _heir(line.conversation) if was_owner else None
    if heir is not None:
        line.change_membership(heir, role=Role.OWNER)
        notify("chat.role", heir.user_id, about=line.conversation.pk, role="heir")
        # Nobody reads that somebody left; that somebody else runs the group now, they must.
        say(line, "owner.changed", heir.user, people=[heir.user])


def _heir(conversation: Conversation) -> Membership | None:
    members = conversation.memberships.active().select_related("user").order_by("joined_at", "pk")
    return members.filter(role=Role.ADMIN).first() or members.first()


def clean_title(title: str) -> str:
    """One visible line of up to 80 code points: `ValidationError` (name.blank, title.too_long)."""
    if not isinstance(title, str):
        raise invalid("frame.malformed")
    title = clean_name(title)
    validate_name(title)
    if len(title) > TITLE_LIMIT:
        raise invalid("title.too_long")
    return title
