"""Every code with which chat says no, and the sentence a person reads; policy.* come from
accounts/policy.py."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.errors import Conflict, Refused, Unavailable

SENTENCES: dict[str, str | Promise] = {
    "account.inactive": _("This account is not active."),
    "client_id.conflict": _("This was already sent with other words."),
    "client_id.malformed": _("The message's own id is not a UUID."),
    "direct.self": _("You cannot write to yourself."),
    "edit.too_late": _("Messages can be edited for 15 minutes."),
    "emoji.unknown": _("Choose one emoji."),
    "frame.malformed": _("This frame could not be read."),
    "frame.too_large": _("A frame holds at most 64 KiB."),
    "frame.unknown_type": _("There is no such frame."),
    "group.only": _("Only groups can do this."),
    "hello.expected": _("Say hello first."),
    "media.unknown": _("This file is not there."),
    "member.only": _("Join the conversation first."),
    "member.silenced": _("You cannot write here for now."),
    "mentions.malformed": _("At most 20 people can be mentioned, by their ids."),
    "message.empty": _("Write something first."),
    "message.not_yours": _("Only its author can change a message."),
    "message.too_long": _("A message holds at most 10,000 characters."),
    "message.unsent": _("This message was unsent."),
    "message.unstorable": _("This message could not be stored."),
    "not_found": _("There is nothing here."),
    "policy.R2": _("Messages are not available for your account yet."),
    "policy.unreachable": _("This person cannot be reached."),
    "rate.flood": _("Too fast. Wait a moment."),
    "rate.slow": _("This conversation is in slow mode. Wait a moment."),
    "reply.unknown": _("The message you answer is not there."),
    "role.missing": _("Your role in this group does not allow it."),
    "share.nobody": _("Choose at least one person or conversation."),
    "share.too_many": _("Send to at most 5 at a time."),
    "share.unknown": _("What you want to share is not there."),
    "title.too_long": _("A name holds at most 80 characters."),
    "unauthorized": _("Sign in first."),
    "unavailable": _("Not possible just now. Try again in a moment."),
}


def sentence(code: str) -> str:
    """What a person reads for `code`, in their language."""
    return str(_lazily(code))


def _lazily(code: str) -> str | Promise:
    # The writer's thread has no language: the door that reads the sentence does.
    return SENTENCES.get(code, SENTENCES["message.unstorable"])


def refusal(code: str) -> Exception:
    """The exception that doors translate, of a code with which the database says no."""
    match code:
        case "not_found":
            return Http404()
        case "reply.unknown":
            return invalid(code)
        case "client_id.conflict":
            return conflict(code)
    return refused(code)


def refused(code: str) -> Refused:
    """Not allowed: 403."""
    return Refused(code, _lazily(code))


def invalid(code: str) -> ValidationError:
    """Not well said: 400, 422 in forms."""
    return ValidationError(SENTENCES[code], code=code)  # type: ignore[arg-type]


def conflict(code: str) -> Conflict:
    """Contradicts what is stored: 409."""
    return Conflict(code, SENTENCES[code])


def unavailable() -> Unavailable:
    """Not just now: 503. Whether anything was stored is unknown; saying it again is safe."""
    return Unavailable("unavailable", SENTENCES["unavailable"])
