"""Whether what a line says is still so, asked when its job runs: (cause, receiver) -> yes or no."""

from typing import Any
from uuid import UUID

from accounts.notifications import Cause
from chat.models import Conversation, Host, JoinRequest, Membership, Message, Poll, Reaction
from chat.models.membership import MembershipQuerySet

State = Membership.State


def asks_to_write(cause: Cause, receiver: UUID) -> bool:
    """Something was said in a request that the receiver has not answered (R12)."""
    waiting = _parts(cause, receiver).filter(state=State.REQUESTED)
    return waiting.filter(conversation__last_seq__gt=0).exists()


def invites(cause: Cause, receiver: UUID) -> bool:
    """The receiver has not answered the invitation."""
    return _parts(cause, receiver).filter(state=State.INVITED).exists()


def takes_part(cause: Cause, receiver: UUID) -> bool:
    """The receiver is in the group."""
    return _parts(cause, receiver).active().exists()


def has_role(cause: Cause, receiver: UUID) -> bool:
    """The receiver still has the role that they were given."""
    role = cause.words.get("role", "")
    owned = Membership.Role.OWNER if role == "heir" else role
    return _parts(cause, receiver).active().filter(role=owned).exists()


def asks_to_join(cause: Cause, receiver: UUID) -> bool:
    """The actor waits for a yes that the receiver may say."""
    waiting = JoinRequest.objects.waiting().filter(conversation=cause.about, user=cause.actor)
    part = _parts(cause, receiver).select_related("conversation__creator").first()
    return part is not None and part.may_approve() and waiting.exists()


def asks_to_host(cause: Cause, receiver: UUID) -> bool:
    """The receiver has not answered who wants them as co-host."""
    return Host.objects.asked().filter(channel=cause.about, user=receiver).exists()


def mentions(cause: Cause, receiver: UUID) -> bool:
    """The message names the receiver, who has not read it and wants to hear of it (R16)."""
    said: dict[str, Any] = {"pk": cause.detail, "unsent_at": None}
    message = Message.objects.filter(**said).first()
    part = _parts(cause, receiver).active().first()
    if message is None or part is None or part.read_seq >= message.seq:
        return False
    return part.wants_to_hear_of(cause.actor, is_mentioned=True)


def replies(cause: Cause, receiver: UUID) -> bool:
    """The message answers one of the receiver's, who has not read it and wants to hear of it."""
    said: dict[str, Any] = {"pk": cause.detail, "unsent_at": None}
    message = Message.objects.unexpired().filter(**said).first()
    part = _parts(cause, receiver).active().first()
    if message is None or message.reply_to is None or part is None:
        return False
    if part.read_seq >= message.seq:
        return False
    answered = Message.objects.filter(
        conversation=message.conversation_id, seq=message.reply_to, author=receiver, unsent_at=None
    )
    return part.wants_to_hear_of(cause.actor, is_mentioned=False) and answered.exists()


def reacts(cause: Cause, receiver: UUID) -> bool:
    """The actor's emoji is on the receiver's message (`about`), of whose conversation they want to
    hear (R16). Who reacts to a channel's post is told to nobody (R27)."""
    said: dict[str, Any] = {"pk": cause.about, "author": receiver, "unsent_at": None}
    message = Message.objects.unexpired().filter(**said).first()
    if message is None or not Reaction.objects.filter(message=message, user=cause.actor).exists():
        return False
    here = Membership.objects.active().filter(conversation=message.conversation_id, user=receiver)
    part = here.exclude(conversation__kind=Conversation.Kind.CHANNEL).first()
    return part is not None and part.wants_to_hear_of(cause.actor, is_mentioned=False)


def is_closed(cause: Cause, receiver: UUID) -> bool:
    """The poll (`about`) is closed, and the receiver still in its conversation, aloud (R16)."""
    poll = Poll.objects.filter(pk=cause.about, closed_at__isnull=False)
    place = poll.values("message__conversation")
    part = Membership.objects.active().filter(conversation__in=place, user=receiver).first()
    return part is not None and part.wants_to_hear_of(cause.actor, is_mentioned=True)


def _parts(cause: Cause, receiver: UUID) -> MembershipQuerySet:
    return Membership.objects.filter(conversation=cause.about, user=receiver)
