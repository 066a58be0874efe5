"""Groups: made, named, joined and left."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.errors import Refused
from accounts.models import User, relation_between, relations_of
from accounts.text import clean_name, validate_name
from chat.drafts import Draft
from chat.line import Line, changing
from chat.models import Conversation, Membership
from chat.refusals import invalid, refused
from chat.storing import store

Role, State = Membership.Role, Membership.State
TITLE_LIMIT = 80


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
    policy.permit(policy.may_use_messages(actor.person))
    people = list({person.pk: person for person in members if person.pk != actor.pk}.values())
    relations = relations_of(actor, [person.pk for person in people])
    with transaction.atomic():
        group = Conversation.objects.create(
            kind=Conversation.Kind.GROUP, title=clean_title(title), picture=picture, creator=actor
        )
        with changing(group.pk) as line:
            line.admit(Membership(conversation=group, user=actor, role=Role.OWNER))
            not_added = _add_all(line, actor, people, relations)
        if people and len(not_added) == len(people):
            raise Refused(not_added[0].code, not_added[0].detail)
    line.conversation.not_added = not_added
    return line.conversation


def _add_all(line: Line, actor: User, people: list[User], relations: dict) -> list[NotAdded]:
    not_added, added = [], []
    for person in people:
        try:
            membership = _add(line, actor, person, relations[person.pk])
        except Refused as refusal:
            not_added.append(NotAdded(person, refusal.code, refusal.detail))
        else:
            added += [person] if membership.is_active else []
    say(line, "group.created", actor, people=added, title=line.conversation.title)
    return not_added


@contextmanager
def _group(actor: User, conversation: Conversation) -> Iterator[tuple[Line, Membership]]:
    """Hold a group's line, with the actor's part in it: `Http404`, `Refused` (group.only)."""
    policy.permit(policy.may_use_messages(actor.person))
    with changing(conversation.pk) as line:
        active = line.conversation.memberships.active().select_related("user", "conversation")
        membership = active.filter(user=actor).first()
        if membership is None:
            raise Http404
        if line.conversation.is_direct:
            raise refused("group.only")
        yield line, membership


def rename(actor: User, conversation: Conversation, *, title: str) -> Conversation:
    """Give the group another name, with a system line; the same name changes nothing.

    Raises `Refused` (group.only, role.missing), `ValidationError` (name.blank, title.too_long).
    """
    title = clean_title(title)
    with _group(actor, conversation) as (line, membership):
        if not membership.may_rename():
            raise refused("role.missing")
        if title != line.conversation.title:
            line.change_conversation(title=title)
            say(line, "group.renamed", actor, title=title)
    return line.conversation


def add_member(actor: User, conversation: Conversation, person: User) -> Membership:
    """`person` joins (ACTIVE) or is invited (INVITED) by R20, where there is room (R21).

    Somebody who is in or invited already stays as they are. Raises `Refused` (policy.R20,
    policy.R21, policy.unreachable, group.only, role.missing), `Http404`.
    """
    relation = relation_between(actor, person)
    with _group(actor, conversation) as (line, membership):
        if not membership.may_add():
            raise refused("role.missing")
        before = line.conversation.revision
        added = _add(line, actor, person, relation)
        if line.conversation.revision > before:
            say(line, "member.added", actor, people=[person])
    return added


def _add(line: Line, actor: User, person: User, relation: policy.Relation) -> Membership:
    membership = line.conversation.memberships.filter(user=person).first()
    if membership is not None and membership.state in {State.ACTIVE, State.INVITED}:
        return membership
    admission = policy.add_to_group(actor.person, person.person, relation)
    if isinstance(admission, policy.Refusal):
        raise admission.error()
    membership = membership or Membership(conversation=line.conversation, user=person)
    membership.user, membership.role, membership.invited_by = person, Role.MEMBER, actor
    if admission is policy.Admission.INVITED:
        membership.state, membership.ended_at = State.INVITED, None
        membership.save()
    else:
        _admit(line, membership)
    return membership


def enter_group(line: Line, membership: Membership) -> None:
    """Let somebody who was invited in: there must still be room (R21)."""
    _admit(line, membership)
    say(line, "member.joined", membership.user)


def _admit(line: Line, membership: Membership) -> None:
    """The last place goes to one: the count is taken while the line is held (R21)."""
    members = line.conversation.memberships.active()
    has_minor = membership.user.person.is_minor or members.has_minor()
    capacity = policy.group_capacity(has_minor=has_minor)
    if members.count() >= capacity:
        raise policy.group_full(capacity).error()
    last = line.conversation.last_seq
    from_seq = 0 if line.conversation.shows_history else last
    line.admit(membership, from_seq=from_seq, read_seq=last, joined_at=timezone.now())


def remove_member(actor: User, conversation: Conversation, person: User) -> None:
    """End somebody's membership: nothing more reaches them (R28). An invitation is withdrawn.

    Raises `Refused` (group.only, role.missing), `Http404`.
    """
    with _group(actor, conversation) as (line, membership):
        current = line.conversation.memberships.current().select_related("user")
        theirs = current.filter(user=person).first()
        if theirs is None:
            raise Http404
        if not membership.may_remove(theirs):
            raise refused("role.missing")
        if theirs.is_active:
            say(line, "member.removed", actor, people=[person])
            line.dismiss(theirs, timezone.now())
        else:
            theirs.state, theirs.ended_at = State.ENDED, timezone.now()
            theirs.save(update_fields=["state", "ended_at"])


def leave(actor: User, conversation: Conversation) -> None:
    """Leave quietly; an owner hands over to the longest-standing admin, then member (R24).

    Raises `Refused` (group.only), `Http404`.
    """
    with _group(actor, conversation) as (line, membership):
        was_owner = membership.role == Role.OWNER
        membership.role = Role.MEMBER
        line.dismiss(membership, timezone.now())
        heir = _heir(line.conversation) if was_owner else None
        if heir is not None:
            line.change_membership(heir, role=Role.OWNER)


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


def say(
    line: Line, code: str, actor: User, *, people: Iterable[User] = (), title: str = ""
) -> None:
    """Add a system line ("Ana added Ben") to the line that is held."""
    notice = {
        "code": code,
        "actor": actor.card(),
        "people": [person.card() for person in people],
        "title": title,
    }
    draft = Draft(line.conversation.pk, notice=notice)
    outcome = store([draft], {line.conversation.pk: line})[0]
    if isinstance(outcome, Exception):
        raise outcome
