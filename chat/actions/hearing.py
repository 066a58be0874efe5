"""What somebody has listened to: no number and no news for the others, only a mark of one's own."""

from django.http import Http404

from accounts import live, policy
from accounts.models import User
from chat.models import Conversation, Heard, Message
from chat.models.heard import waits_to_be_heard
from chat.refusals import invalid


def mark_heard(listener: User, conversation: Conversation, *, seq: int) -> Message:
    """Remember that `listener` has heard this voice message; twice is once, one's own is heard.

    Their devices are told (`voice.heard`). Raises `Refused` (policy.R2), `ValidationError`
    (media.unknown) where there is no voice to hear, `Http404`.
    """
    policy.permit(policy.may_use_messages(listener.person))
    readable = Message.objects.visible_to(listener).filter(conversation=conversation, seq=seq)
    message = readable.first()
    if message is None:
        raise Http404
    if message.author_id == listener.pk:
        return message
    if message.is_unsent or not waits_to_be_heard(message, listener):
        raise invalid("media.unknown")
    _mark, is_new = Heard.objects.get_or_create(listener=listener, message=message)
    if is_new:
        place = {"conversation": str(conversation.pk), "seq": message.seq}
        live.tell_user(listener.pk, {"type": "voice.heard", **place})
    return message
