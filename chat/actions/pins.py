"""Pinning: what a conversation keeps in sight for everybody."""

from accounts.models import User
from chat.actions.groups import say
from chat.actions.messages import speaking
from chat.models import Conversation, Membership, Message
from chat.refusals import refused
from chat.rights import Right

PINS_LIMIT = 50


def pin_message(actor: User, conversation: Conversation, *, seq: int) -> Message:
    """Put a message on top of the pinned ones, with a system line; one that is pinned stays there.

    Raises `Refused` (role.missing, message.unsent, pin.too_many, policy.*), `Http404`. The message
    comes back with the number of the change as its `revision`.
    """
    with speaking(actor, conversation, seq) as (line, membership, message):
        _permit(membership)
        if message.is_unsent:
            raise refused("message.unsent")
        pins = line.conversation.pins or []
        if seq not in pins:
            if len(pins) >= PINS_LIMIT:
                raise refused("pin.too_many")
            line.change_conversation(pins=[seq, *pins])
            say(line, "message.pinned", actor)
    return message


def unpin_message(actor: User, conversation: Conversation, *, seq: int) -> Message:
    """Take a message from the pinned ones, without a word; one that is not there is fine.

    Raises `Refused` (role.missing, policy.*), `Http404`.
    """
    with speaking(actor, conversation, seq) as (line, membership, message):
        _permit(membership)
        pins = line.conversation.pins or []
        if seq in pins:
            line.change_conversation(pins=[place for place in pins if place != seq])
    return message


def _permit(membership: Membership) -> None:
    if not membership.may(Right.PIN):
        raise refused("role.missing")
    if membership.send_refusal:
        raise refused(membership.send_refusal)
