"""What others see of somebody reading and typing: hints, not numbered."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404

from accounts import policy
from accounts.models import Block, User
from chat import events
from chat.models import Conversation, Membership


def mark_read(user: User, conversation: Conversation | UUID, *, seq: int) -> int:
    """Remember that `user` read up to `seq` (never back, never past the end); answer the place.

    Tells the others, except from a request that has not been accepted (R12). Raises `Http404` where
    the user takes no part.
    """
    membership = _membership(user, conversation)
    place = min(seq, membership.conversation.last_seq)
    raised = Membership.objects.filter(pk=membership.pk, read_seq__lt=place).update(read_seq=place)
    if raised and membership.is_active:
        _tell(membership, {"type": "read", "seq": place}, shown_to_self=True)
    return max(place, membership.read_seq)


def note_typing(user: User, conversation: Conversation | UUID) -> None:
    """Tell the others that `user` is typing; nobody in a request (R12), nobody blocked (R15).

    Raises `Http404` where the user takes no part.
    """
    membership = _membership(user, conversation)
    if membership.is_active and not membership.send_refusal:
        _tell(membership, {"type": "typing"})


def blocked_with(user_id: UUID) -> set[UUID]:
    """Everybody whom this person blocks or who blocks them."""
    pairs = Block.objects.filter(Q(blocker=user_id) | Q(blocked=user_id))
    return {person for pair in pairs.values_list("blocker", "blocked") for person in pair} - {
        user_id
    }


def _membership(user: User, conversation: Conversation | UUID) -> Membership:
    policy.permit(policy.may_use_messages(user.person))
    current = Membership.objects.filter(user=user, conversation=conversation).select_related(
        "conversation"
    )
    membership = current.current().exclude(state=Membership.State.INVITED).first()
    if membership is None:
        raise Http404
    return membership


def _tell(membership: Membership, frame: events.Event, *, shown_to_self: bool = False) -> None:
    events.hint(
        membership.conversation_id,
        frame,
        author=membership.user_id,
        hidden_from=blocked_with(membership.user_id),
        shown_to_self=shown_to_self,
    )
