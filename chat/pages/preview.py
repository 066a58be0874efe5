"""One line of what was said last."""

from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from chat import notices, sharing
from chat.models import Message
from chat.pages.shared import shared_words

EXCERPT = 120


def preview_of(message: Message | None, user: User, hidden: frozenset[UUID]) -> str:
    """One line of what was said last."""
    if message is None:
        return ""
    if message.notice is not None:
        return notices.sentence(message.notice, user.pk)
    if message.author_id in hidden:
        return _("Message from a blocked account")
    if message.is_taken_down:
        return _("Removed by Medley's moderators")
    if message.is_unsent:
        return _("Message unsent")
    words = " ".join(message.body.split())
    if len(words) > EXCERPT:
        words = Truncator(words).chars(EXCERPT)
    return words or hanging_words(message)


def hanging_words(message: Message) -> str:
    """What hangs on a message without words; keep like static/js/talk/preview.js."""
    poll = getattr(message, "poll", None)
    if poll is not None:
        return _("Poll: %(question)s") % {"question": poll.question}
    if message.media:
        return _media_words(message.media)
    return next(iter(shared_kinds(message)), _("Shared something"))


def shared_kinds(message: Message) -> list[str]:
    """What is said of each thing that it shares; needs `with_parts()`."""
    return [shared_words(kind) for kind in sharing.kinds([message])[message.pk]]


def _media_words(media: list[dict]) -> str:
    kinds = {item["kind"] for item in media}
    count = len(media)
    if kinds == {"photo"}:
        return ngettext("%(count)s photo", "%(count)s photos", count) % {"count": count}
    if kinds == {"video"}:
        return ngettext("%(count)s video", "%(count)s videos", count) % {"count": count}
    if kinds <= {"photo", "video"}:
        return _("%(count)s photos and videos") % {"count": count}
    if kinds == {"voice"}:
        return _("Voice message")
    if kinds == {"sticker"}:
        return _("Sticker")
    return media[0].get("name") or _("File")
