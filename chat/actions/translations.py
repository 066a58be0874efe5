"""Reading what somebody wrote in another language."""

import logging

from django.http import Http404
from django.utils.translation import get_language

from accounts import policy
from accounts.models import User
from chat import translation
from chat.models import Conversation, Message
from chat.refusals import invalid, refused
from chat.translation import Translation, TranslationFailed

logger = logging.getLogger(__name__)


def translate_message(
    actor: User, conversation: Conversation, *, seq: int, to: str = ""
) -> Translation:
    """One message's words in the language `to`, else in the one the actor reads Medley in.

    Nothing is stored. Raises `Http404` where there is no such message or no provider, `Refused`
    (message.unsent, translation.unavailable), `ValidationError` (translation.none).
    """
    policy.permit(policy.may_use_messages(actor.person))
    if not translation.is_offered():
        raise Http404
    visible = Message.objects.visible_to(actor).filter(notice__isnull=True)
    message = visible.filter(conversation=conversation, seq=seq).first()
    if message is None:
        raise Http404
    if message.is_unsent:
        raise refused("message.unsent")
    if not message.body:
        raise invalid("translation.none")
    language = (to or actor.language or get_language() or "en").partition("-")[0].lower()
    try:
        return translation.provider().translate([message.body], language)[0]
    except TranslationFailed as error:
        logger.warning("not translated: %s", error)
        raise refused("translation.unavailable") from error
