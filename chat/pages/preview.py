"""One line of what was said last."""

from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from chat import notices
from chat.models import Message

EXCERPT = 120


def preview_of(message: Message | None, user: User, hidden: frozenset[UUID]) -> str:
    """One line of what was said last."""
    if message is None:
        return ""
    if message.notice is not None:
        return notices.sentence(message.notice, user.pk)
    if message.author_id in hidden:
        return _("Message from a blocked account")
    if message.is_unsent:
        return _("Message unsent")
    if message.body:
        return Truncator(" ".join(message.body.split())).chars(EXCERPT)
    return _("Shared a video")
