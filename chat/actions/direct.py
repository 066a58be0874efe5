"""Direct conversations: one per pair, begun as a request where the other does not follow back."""

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from accounts import actions as accounts_actions
from accounts import policy
from accounts.models import User, relation_between
from accounts.notifications import forget
from chat.line import Line, changing
from chat.models import Conversation, Membership, direct_key
from chat.observers import send_refusals
from chat.refusals import invalid

State = Membership.State


def start_direct(actor: User, other: User) -> Conversation:
    """The one direct conversation of these two, made if need be, by whoever is first.

    Where `other` does not follow `actor` it is a request (R12): `other` is REQUESTED and
    `accepted_at` stays empty until they accept or answer. One that exists is answered as it is, so
    that history stays readable; whoever declined it comes back into it. Raises `Refused`
    (policy.R2, policy.unreachable) where policy says no, `ValidationError` (direct.self).
    """
    if actor.pk == other.pk:
        raise invalid("direct.self")
    policy.permit(policy.may_use_messages(actor.person))
    key = direct_key(actor.pk, other.pk)
    conversation = Conversation.objects.filter(direct_key=key).first()
    if conversation is None:
        try:
            return _make(actor, other, key)
        except IntegrityError:  # the other door, or the other person, was quicker
            conversation = Conversation.objects.get(direct_key=key)
    return _resume(actor, other, conversation)


@transaction.atomic
def _make(actor: User, other: User, key: str) -> Conversation:
    relation = relation_between(actor, other)
    policy.permit(policy.start_direct(actor.person, other.person, relation))
    is_request = policy.is_request(relation)
    conversation = Conversation.objects.create(
        kind=Conversation.Kind.DIRECT,
        direct_key=key,
        creator=actor,
        accepted_at=None if is_request else timezone.now(),
    )
    refusals = send_refusals(conversation, actor, other, relation)
    with changing(conversation.pk) as line:
        line.admit(_membership(conversation, actor, refusals))
        if is_request:
            _membership(conversation, other, refusals, state=State.REQUESTED).save()
        else:
            line.admit(_membership(conversation, other, refusals))
    return line.conversation


def _membership(conversation: Conversation, user: User, refusals: dict, **fields) -> Membership:
    return Membership(
        conversation=conversation, user=user, send_refusal=refusals[user.pk], **fields
    )


def _resume(actor: User, other: User, conversation: Conversation) -> Conversation:
    relation = relation_between(actor, other)
    with changing(conversation.pk) as line:
        sides = {
            side.user_id: side for side in line.conversation.memberships.select_related("user")
        }
        mine, theirs = sides[actor.pk], sides[other.pk]
        if mine.state == State.ENDED:
            policy.permit(policy.start_direct(actor.person, other.person, relation))
            mine.state, mine.ended_at = State.REQUESTED, None
            mine.save(update_fields=["state", "ended_at"])
        elif (
            theirs.state == State.REQUESTED
            and not theirs.send_refusal
            and not policy.is_request(relation)
        ):
            # They follow the actor by now: nothing waits any more.
            _accept_request(line, theirs)
    return line.conversation


def accept(actor: User, conversation: Conversation) -> Conversation:
    """Say yes to a message request (R12) or to a group's invitation (R20, R21: may be full by now).

    Accepting twice is fine. Raises `Http404` where nothing waits for the actor, `Refused`
    (policy.R2, policy.R21).
    """
    from chat.actions.groups import enter_group

    policy.permit(policy.may_use_messages(actor.person))
    with changing(conversation.pk) as line:
        membership = _waiting(actor, line.conversation)
        if membership.state == State.REQUESTED:
            _accept_request(line, membership)
        elif membership.state == State.INVITED:
            forget(actor.pk, [conversation.pk])
            enter_group(line, membership)
    return line.conversation


def _accept_request(line: Line, membership: Membership) -> None:
    forget(membership.user_id, [line.conversation.pk])
    line.admit(membership)
    line.change_conversation(accepted_at=timezone.now())


@transaction.atomic
def decline(actor: User, conversation: Conversation, *, block: bool = False) -> None:
    """Say no to a request or an invitation; whoever asked is told nothing. `block` blocks them too.

    Raises `Http404` where nothing waits for the actor.
    """
    with changing(conversation.pk) as line:
        membership = _waiting(actor, line.conversation)
        if membership.is_active:
            raise Http404
        membership.state, membership.ended_at = State.ENDED, timezone.now()
        membership.save(update_fields=["state", "ended_at"])
        forget(actor.pk, [conversation.pk])
    asker = membership.invited_by or line.conversation.creator
    if block and asker is not None:
        accounts_actions.block(actor, asker)


def _waiting(actor: User, conversation: Conversation) -> Membership:
    current = conversation.memberships.current().filter(user=actor)
    membership = current.select_related("user", "invited_by").first()
    if membership is None:
        raise Http404
    return membership
