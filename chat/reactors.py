"""Who reacted to a message, for those who may know."""

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from chat.models import Conversation, Message, Reaction
from chat.refusals import refused


def reactions_to(viewer: User, conversation: Conversation, seq: int) -> QuerySet[Reaction]:
    """The reactions to one message with their people, oldest first.

    In a channel members do not see each other (R27): only those who run it, else `Refused`
    (role.missing). `Http404` where the viewer does not see the message.
    """
    visible = Message.objects.visible_to(viewer).filter(conversation=conversation, seq=seq)
    message = visible.filter(notice__isnull=True, unsent_at__isnull=True).first()
    membership = conversation.membership_of(viewer)
    if message is None or membership is None:
        raise Http404
    if conversation.is_channel and not membership.runs_group():
        raise refused("role.missing")
    return message.reactions.select_related("user")
