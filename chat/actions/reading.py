"""What others see of somebody reading and typing: hints, not numbered."""

from uuid import UUID

from django.http import Http404

from accounts import live, policy
from accounts.models import User
from chat import events, receipts
from chat.models import Conversation, Membership


def mark_read(user: User, conversation: Conversation | UUID, *, seq: int) -> int:
    """Remember that `user` read up to `seq` (never back, never past the end); answer the place.

    Tells the others, except from a request that has not been accepted (R12) and where they switched
    read receipts off: then their own devices alone. Raises `Http404` where
    the user takes no part.
    """
    membership = _membership(user, conversation)
    place = min(seq, membership.conversation.last_seq)
    remembered = receipts.remember({_key(membership): place}, patient=True)
    hints = events.read_hints(remembered.told)
    hints += events.read_hints(remembered.own, is_private=True)
    live.publish_together(events.hint_messages(hints))
    return max(place, membership.read_seq)


def note_typing(user: User, conversation: Conversation | UUID) -> None:
    """Tell the others that `user` is typing: nobody in a request (R12) or a channel (R27), or where
    they switched that off; each hub leaves out whoever a block keeps apart (R15).

    Raises `Http404` where the user takes no part.
    """
    membership = _membership(user, conversation)
    is_heard = membership.is_active and not membership.conversation.is_channel
    if is_heard and not membership.send_refusal and membership.shows_typing:
        hint = events.Hint(*_key(membership), "typing")
        live.publish_together(events.hint_messages([hint]))


def _membership(user: User, conversation: Conversation | UUID) -> Membership:
    policy.permit(policy.may_use_messages(user.person))
    current = Membership.objects.filter(user=user, conversation=conversation).select_related(
        "conversation"
    )
    membership = current.current().exclude(state=Membership.State.INVITED).first()
    if membership is None:
        raise Http404
    return membership


def _key(membership: Membership) -> tuple[str, str]:
    return str(membership.conversation_id), str(membership.user_id)
