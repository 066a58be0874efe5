"""Coming into a group by a link or a friend, and the queue of those who wait for a yes."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.notifications import notify
from chat.actions.group_line import holding_group, say
from chat.actions.invites import digest_of, entry_refusal, open_invite, permit_entry
from chat.line import Line, changing
from chat.models import Conversation, Invite, JoinRequest, Membership
from chat.models.charter import ANSWER_LIMIT
from chat.notifications import telling
from chat.refusals import invalid, refused

State = JoinRequest.State


class Room:
    """The places of a group whose line is held, asked once and counted along: the last one goes to
    one (R21)."""

    def __init__(self, group: Conversation, people: Sequence[User]) -> None:
        members = group.memberships.active()
        self.group = group
        self.banned = set(group.bans.filter(user__in=people).values_list("user", flat=True))
        self.taken, self.has_minor = members.count(), members.has_minor()

    def bars(self, person: User) -> bool:
        """Whether they are banned from it (R28)."""
        return person.pk in self.banned

    def give(self, membership: Membership) -> None:
        """Take a place; raises `Refused` (conversation.closed, member.banned, policy.R21)."""
        if self.group.is_closed:
            raise refused("conversation.closed")
        if self.bars(membership.user):
            raise refused("member.banned")
        has_minor = self.has_minor or membership.user.person.is_minor
        capacity = policy.group_capacity(has_minor=has_minor)
        if self.taken >= capacity:
            raise policy.group_full(capacity).error()
        self.taken, self.has_minor = self.taken + 1, has_minor
        limit = policy.may_write(membership.user.person)
        # R43: what keeps them from writing elsewhere.
        membership.send_refusal = limit.code if limit else None


def newcomer_in(group: Conversation) -> dict[str, Any]:
    """How the part of somebody who comes now begins: what was said before is read, or hidden
    (R25)."""
    from_seq = 0 if group.shows_history else group.last_seq
    return {"from_seq": from_seq, "read_seq": group.last_seq, "joined_at": timezone.now()}


def admit(line: Line, membership: Membership) -> None:
    """Let somebody take part on the line that is held, where `Room` has a place for them."""
    Room(line.conversation, [membership.user]).give(membership)
    line.admit(membership, **newcomer_in(line.conversation))


def lets_in(line: Line, adder: Membership | None) -> bool:
    """Whether whom this member brings comes in without waiting for approval (R23)."""
    if not line.conversation.approves_joins:
        return True
    return adder is not None and adder.may_approve()


def join(
    actor: User, token: str, *, accepted: bool = False, answers: Sequence[str] = ()
) -> JoinRequest:
    """Join the group behind a link, or ask to where whoever joins is approved (R22, R23).

    Nobody joins unasked: `accepted` says that the person read what the group is. `answers` are
    those to its questions, in order. Answers with what became of it, JOINED or WAITING; whoever is
    in it already stays as they are. Raises as `open_invite`, `Refused` (policy.R21),
    `ValidationError` (join.unaccepted, join.unanswered, answer.too_long).
    """
    invite = open_invite(actor, token)
    if not accepted:
        raise invalid("join.unaccepted")
    with changing(invite.conversation_id) as line:
        invite = Invite.objects.get(pk=invite.pk)  # as it is now that the line is held
        invite.conversation = line.conversation
        if line.conversation.has_member(actor):
            return JoinRequest(conversation=line.conversation, user=actor, state=State.JOINED)
        permit_entry(actor, invite)
        replies = _answered(line.conversation.charter.questions, answers)
        if invite.asks_approval or line.conversation.approves_joins:
            return knock(line, actor, invite=invite, answers=replies)
        request = _wait(line, actor, invite=invite, answers=replies)
        _let_in(line, request)
        say(line, "member.linked", actor)
    return request


def _answered(questions: Sequence[str], answers: Sequence[str]) -> list[dict[str, str]]:
    given = [answer.strip() for answer in answers]
    if len(given) < len(questions) or not all(given[: len(questions)]):
        raise invalid("join.unanswered")
    if any(len(answer) > ANSWER_LIMIT for answer in given):
        raise invalid("answer.too_long")
    pairs = zip(questions, given, strict=False)
    return [{"question": question, "answer": answer} for question, answer in pairs]


def knock(line: Line, person: User, **how: Any) -> JoinRequest:
    """Put somebody into the queue of those who wait for a yes (`how` as `_wait` takes it), and tell
    those who can say it; who waits already stays in place, and nobody is told again."""
    is_new = not line.conversation.join_requests.waiting().filter(user=person).exists()
    request = _wait(line, person, **how)
    if is_new:
        telling.tell_of_join_request(line.conversation, person)
    return request


def _wait(
    line: Line,
    person: User,
    *,
    invite: Invite | None = None,
    added_by: User | None = None,
    answers: Sequence[dict[str, str]] = (),
) -> JoinRequest:
    request, _is_new = JoinRequest.objects.update_or_create(
        conversation=line.conversation,
        user=person,
        defaults={
            "invite": invite,
            "added_by": added_by,
            "answers": list(answers),
            "state": State.WAITING,
            "answered_at": None,
            "answered_by": None,
        },
        create_defaults={"invite": invite, "added_by": added_by, "answers": list(answers)},
    )
    return request


def _let_in(line: Line, request: JoinRequest, answered_by: User | None = None) -> None:
    group, person = line.conversation, request.user
    membership = group.memberships.filter(user=person).first()
    membership = membership or Membership(conversation=group, user=person)
    membership.user, membership.role = person, Membership.Role.MEMBER
    membership.invited_by = request.added_by
    admit(line, membership)
    request.state, request.answered_at = State.JOINED, timezone.now()
    request.answered_by = answered_by
    request.save(update_fields=["state", "answered_at", "answered_by"])
    if request.invite is not None:
        request.invite.used += 1
        request.invite.save(update_fields=["used"])


def approve(actor: User, conversation: Conversation, person: User) -> JoinRequest:
    """Let somebody who waits in, where there is room (R21) and policy still allows it.

    Raises `Refused` (group.only, role.missing, member.banned, policy.*), `Http404`.
    """
    with holding_group(actor, conversation) as (line, membership):
        request = _waiting(line, membership, person)
        refusal = entry_refusal(request.user, line.conversation)
        if request.added_by is not None:  # a friend wanted them in: R20 was asked then
            refusal = policy.may_use_messages(request.user.person)
        policy.permit(refusal)
        _let_in(line, request, actor)
        say(line, "member.approved", actor, people=[request.user])
        telling.untell_of_join_request(line.conversation, request.user)
        about = line.conversation.pk
        notify("chat.admitted", request.user_id, actor=actor.pk, about=about)
    return request


def turn_away(actor: User, conversation: Conversation, person: User) -> JoinRequest:
    """Say no to somebody who waits; they are told nothing and may ask again.

    Raises `Refused` (group.only, role.missing), `Http404`.
    """
    with holding_group(actor, conversation) as (line, membership):
        request = _waiting(line, membership, person)
        request.state, request.answered_at = State.DECLINED, timezone.now()
        request.answered_by = actor
        request.save(update_fields=["state", "answered_at", "answered_by"])
        telling.untell_of_join_request(line.conversation, request.user)
    return request


def _waiting(line: Line, membership: Membership, person: User) -> JoinRequest:
    if not membership.may_approve():
        raise refused("role.missing")
    waiting = line.conversation.join_requests.waiting().select_related("user", "invite", "added_by")
    request = waiting.filter(user=person).first()
    if request is None:
        raise Http404
    return request


def withdraw(actor: User, token: str) -> None:
    """Ask no longer to join the group behind a link. Raises `Http404` where nothing waits."""
    policy.permit(policy.may_use_messages(actor.person))
    invite = Invite.objects.filter(digest=digest_of(token)).first()
    if invite is None:
        raise Http404
    with changing(invite.conversation_id) as line:
        waiting = line.conversation.join_requests.waiting().filter(user=actor)
        if not waiting.update(state=State.WITHDRAWN, answered_at=timezone.now()):
            raise Http404
        telling.untell_of_join_request(line.conversation, actor)
