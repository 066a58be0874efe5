"""What a client hears about its own frames: acks, refusals and errors, in its person's language."""

import logging
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import translation

from accounts.errors import Conflict, Refused, Unavailable
from chat import refusals
from chat.live import frames, wire
from chat.live.frames import Frame
from chat.live.socket import Socket
from chat.models import Conversation
from chat.writing.drafts import Outcome, Reacted, Stored

logger = logging.getLogger(__name__)


class Answers:
    """To one client; `language` tells in which the sentences are."""

    def __init__(self, socket: Socket, language: Callable[[], str]) -> None:
        self._socket, self._language = socket, language

    def outcome(self, frame: Frame, outcome: Outcome) -> None:
        """Ack or refuse, once the writer knows."""
        if isinstance(outcome, Exception):
            self.error(frame, outcome)
        else:
            self.ack(frame, outcome)

    def ack(self, frame: Frame, done: Stored | Reacted) -> None:
        ack = {
            "type": "ack",
            **frames.echo(frame),
            "conversation": done.conversation_id,
            "seq": done.seq,
            "revision": done.revision,
        }
        if isinstance(done, Stored):
            ack["created_at"] = done.created_at
        self._socket.hold(wire.Frame(wire.encode(ack)))

    def error(self, frame: Frame, error: BaseException) -> None:
        """`refused` for a no, `error` for what could not be read or done; never a traceback."""
        with translation.override(self._language()):
            kind, code, detail = _answer_of(error)
        if code.startswith("frame."):
            kind = "error"
        self.write({"type": kind, **frames.echo(frame), "code": code, "detail": detail})

    def write(self, frame: Frame) -> None:
        self._socket.write(wire.Frame(wire.encode(frame)))


def _answer_of(error: BaseException) -> tuple[str, str, str]:
    match error:
        case Refused() | Conflict():
            return "refused", error.code, str(error.detail)
        case ValidationError():
            first = error.error_list[0]
            return "refused", first.code or "invalid", first.messages[0]
        case Http404() | Conversation.DoesNotExist():
            return "refused", "not_found", refusals.sentence("not_found")
        case Unavailable():
            return "error", error.code, str(error.detail)
        case TimeoutError():
            return "error", "unavailable", refusals.sentence("unavailable")
    logger.error("a frame could not be answered", exc_info=error)
    return "error", "unavailable", refusals.sentence("unavailable")
