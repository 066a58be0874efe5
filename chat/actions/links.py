"""Doing without the cards of what one's own message links to."""

from django.utils import timezone

from accounts.models import User
from chat import events
from chat.actions.messages import speaking
from chat.models import Conversation, Message
from chat.refusals import refused


def unlink_message(actor: User, conversation: Conversation, *, seq: int) -> Message:
    """Show no cards under one's own message any more; its words and links stay. Twice is once.

    Raises `Refused` (message.not_yours, message.unsent, policy.*), `Http404`. The message comes
    back with the number of the change as its `revision`.
    """
    with speaking(actor, conversation, seq) as (line, _membership, message):
        if message.author_id != actor.pk:
            raise refused("message.not_yours")
        if message.is_unsent:
            raise refused("message.unsent")
        if message.unlinked_at is None:
            message.unlinked_at, message.revision = timezone.now(), line.number()
            message.save(update_fields=["unlinked_at", "revision"])
            line.tell(events.links_event(message, []))
    return message
