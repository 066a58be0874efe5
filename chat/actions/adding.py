"""Adding people to a group (R20): all of them are asked of at once, and stored at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from accounts import policy
from accounts.errors import Refused
from accounts.models import User, relations_of
from chat.actions.group_line import holding_group, say
from chat.actions.joining import Room, knock, lets_in, newcomer_in
from chat.line import Line
from chat.models import Conversation, JoinRequest, Membership
from chat.notifications import telling
from chat.refusals import refused

Role, State = Membership.Role, Membership.State

Relations = Mapping[UUID, policy.Relation]  # of who adds, towards each


@dataclass(frozen=True, slots=True)
class NotAdded:
    """Who could not be added to a group, and why: a stable code and a sentence."""

    person: User
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Added:
    """What became of each: in `entries` an ACTIVE or INVITED `Membership` or a WAITING
    `JoinRequest`, those among `joined` and `invited` only now; else they are `not_added`."""

    entries: list[Membership | JoinRequest] = field(default_factory=list)
    joined: list[Membership] = field(default_factory=list)
    invited: list[Membership] = field(default_factory=list)
    not_added: list[NotAdded] = field(default_factory=list)


def add_members(actor: User, conversation: Conversation, people: Iterable[User]) -> Added:
    """Each joins (ACTIVE) or is invited (INVITED) by R20, where there is room (R21).

    Where whoever joins is approved, and the actor is not the one to approve, they wait in the
    queue. Somebody who is in or invited already stays as they are. Who cannot be added is told of
    in the answer (policy.R20, policy.R21, policy.unreachable, member.banned); raises `Refused`
    (policy.R2, policy.R43, group.only, role.missing), `Http404`.
    """
    people = list({person.pk: person for person in people}.values())
    relations = relations_of(actor, [person.pk for person in people])
    with holding_group(actor, conversation) as (line, membership):
        if not membership.may_add():
            raise refused("role.missing")
        added = enter_all(line, membership, people, relations)
        if added.joined:
            say(line, "member.added", actor, people=[entry.user for entry in added.joined])
    return added


def add_member(actor: User, conversation: Conversation, person: User) -> Membership | JoinRequest:
    """One person, as `add_members`; raises `Refused` where they cannot be added."""
    added = add_members(actor, conversation, [person])
    for each in added.not_added:
        raise Refused(each.code, each.detail)
    return added.entries[0]


def enter_all(line: Line, adder: Membership, people: Sequence[User], relations: Relations) -> Added:
    """Let these come in, be invited or wait on the line that is held; of these only the invited are
    told."""
    adding = _Adding(line, adder, people, relations)
    for person in people:
        try:
            adding.added.entries.append(adding.enter(person))
        except Refused as refusal:
            adding.added.not_added.append(NotAdded(person, refusal.code, refusal.detail))
    added = adding.added
    line.admit_all(added.joined, **newcomer_in(line.conversation))
    Membership.objects.store_all(added.invited)
    telling.tell_of_invitation(line.conversation, [one.user for one in added.invited], adder.user)
    return added


class _Adding:
    """What is asked once for all whom one member adds, and what became of them."""

    def __init__(
        self, line: Line, adder: Membership, people: Sequence[User], relations: Relations
    ) -> None:
        known = line.conversation.memberships.filter(user__in=people)
        self.line, self.adder, self.relations = line, adder, relations
        self.known = {membership.user_id: membership for membership in known}
        self.room = Room(line.conversation, people)
        self.added = Added()

    def enter(self, person: User) -> Membership | JoinRequest:
        """Their part or request, not stored yet; raises `Refused`."""
        membership = self.known.get(person.pk)
        if membership is not None and membership.state in {State.ACTIVE, State.INVITED}:
            return membership
        admission = policy.add_to_group(
            self.adder.user.person, person.person, self.relations[person.pk]
        )
        if isinstance(admission, policy.Refusal):
            raise admission.error()
        if self.room.bars(person):
            raise refused("member.banned")
        if admission is policy.Admission.JOINS and not lets_in(self.line, self.adder):
            return knock(self.line, person, added_by=self.adder.user)
        return self._part(
            membership or Membership(conversation=self.line.conversation), person, admission
        )

    def _part(
        self, membership: Membership, person: User, admission: policy.Admission
    ) -> Membership:
        membership.user, membership.role = person, Role.MEMBER
        membership.invited_by = self.adder.user
        if admission is policy.Admission.INVITED:
            membership.state, membership.ended_at = State.INVITED, None
            self.added.invited.append(membership)
        else:
            self.room.give(membership)
            self.added.joined.append(membership)
        return membership
