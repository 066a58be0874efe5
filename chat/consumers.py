"""The socket's door: hello, then frames in and the hub's frames out (docs/api.md)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, parse_cookie
from django.utils import translation
from django.utils.functional import cached_property

from accounts import policy
from accounts.errors import Conflict, Refused, Unavailable
from accounts.pool import in_thread
from chat import actions, frames, refusals, sessions, writer
from chat.bucket import Bucket
from chat.cards import moment
from chat.drafts import Stored, draft_message
from chat.frames import Frame
from chat.hub import hub
from chat.models import Conversation
from chat.origins import ORIGIN_MATCHED
from chat.socket import FLOOD, NOT_SIGNED_IN, PROTOCOL, Socket
from chat.wire import encode

logger = logging.getLogger(__name__)

HELLO_WITHIN = 10.0  # seconds
# Frames a second a client may send for long, and how many at once.
RATE = settings.SOCKET_FRAMES_PER_SECOND
BURST = 4 * RATE


class ChatConsumer(AsyncWebsocketConsumer):
    """One client. It has no channel of its own: the hub writes to it, this loop only reads."""

    socket: Socket  # from the welcome on

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scope, self._receive, self._send = scope, receive, send
        if (await receive())["type"] != "websocket.connect":
            return
        await send({"type": "websocket.accept"})
        try:
            if await self.greet():
                await self.listen()
        finally:
            if hasattr(self, "socket"):
                self.socket.stop()
                hub.remove(self.socket)

    # --- Hello ----------------------------------------------------------------------------------

    async def greet(self) -> bool:
        """The first frame says who is there and what they have; whether a client was welcomed."""
        try:
            async with asyncio.timeout(HELLO_WITHIN):
                message = await self._receive()
            if message["type"] == "websocket.disconnect":
                return False
            frame = frames.parse(message.get("text"))
            cursors = frames.cursors_of(frame)
        except (TimeoutError, ValidationError):
            return await self.goodbye("frame.malformed", PROTOCOL)
        if frame["type"] != "hello" or frames.is_too_large(message["text"]):
            return await self.goodbye("hello.expected", PROTOCOL)
        return await self.sign_in(frame, cursors)

    async def sign_in(self, frame: Frame, cursors: dict[Any, int]) -> bool:
        """By the ticket in `frame`, else by the cookie of our own pages; close 4001 without."""
        try:
            session = await in_thread(self.session_of, frame)
            if session is None:
                return await self.goodbye("unauthorized", NOT_SIGNED_IN)
            self.user = session.user
            self.socket = Socket(self._send, session.user.pk, session.key, self.scope)
            self.bucket = Bucket(RATE, BURST)
            await hub.welcome(self.socket, cursors)
        except Exception:  # a database that cannot be asked means no, for now
            logger.exception("nobody could be welcomed")
            return await self.goodbye("unavailable", 1012)
        return True

    def session_of(self, frame: Frame) -> sessions.Session | None:
        if isinstance(frame.get("ticket"), str):
            return sessions.by_ticket(frame["ticket"])
        cookies = [v.decode("latin-1") for n, v in self.scope["headers"] if n == b"cookie"]
        key = parse_cookie("; ".join(cookies)).get(settings.SESSION_COOKIE_NAME)
        # Without our own Origin a cookie proves nothing: any page can make a browser send it.
        return sessions.by_key(key) if key and self.scope.get(ORIGIN_MATCHED) else None

    @cached_property
    def language(self) -> str:
        """The person's, else the one their device asked for when it opened the socket."""
        asked = [v.decode("latin-1") for n, v in self.scope["headers"] if n == b"accept-language"]
        request = HttpRequest()
        request.META["HTTP_ACCEPT_LANGUAGE"] = ",".join(asked)
        return self.user.language or translation.get_language_from_request(request)

    async def goodbye(self, code: str, close: int) -> bool:
        await self._send(
            {"type": "websocket.send", "text": encode({"type": "error", "code": code}).decode()}
        )
        await self._send({"type": "websocket.close", "code": close})
        return False

    # --- Frames ---------------------------------------------------------------------------------

    async def listen(self) -> None:
        """Take frames until the client goes or is sent away."""
        while (message := await self._receive())["type"] == "websocket.receive":
            if self.socket.is_open:
                await self.take(message.get("text"))

    async def take(self, text: str | None) -> None:
        """One frame: too many close with 4009, too large ones with 4000, bad ones are answered."""
        self.socket.heard()
        if not self.bucket.take():
            return self.send_away("rate.flood", FLOOD)
        if frames.is_too_large(text):
            return self.send_away("frame.too_large", PROTOCOL)
        frame: Frame = {}
        try:
            frame = frames.parse(text)
            handler = HANDLERS.get(frame["type"])
            if handler is None:
                raise refusals.invalid("frame.unknown_type")
            await handler(self, frame)
        except Exception as error:
            self.answer_error(frame, error)

    def send_away(self, code: str, close: int) -> None:
        self.write({"type": "error", "code": code})
        self.socket.close_after_frames(close)
        hub.remove(self.socket)

    async def hello(self, frame: Frame) -> None:
        await hub.resume(self.socket, frames.cursors_of(frame))

    async def pong(self, frame: Frame) -> None:
        """That it came is all it says."""

    async def send_message(self, frame: Frame) -> None:
        """Plain text never leaves the loop; the next frame is read before the commit is there."""
        policy.permit(policy.may_use_messages(self.user.person))
        if frame.get("media"):
            raise refusals.invalid("media.unknown")
        said = {name: frame[name] for name in SAID if frame.get(name) is not None}
        said.setdefault("client_id", "")
        conversation = frames.conversation_of(frame)
        if frame.get("share"):
            # In place, so that what is said next stays behind it.
            said["share"] = str(frame["share"])
            self.ack(frame, await in_thread(actions.send_message, self.user, conversation, **said))
        else:
            draft = draft_message(self.user.pk, conversation, **said)
            self.answer_when_stored(frame, writer.submit_async(draft))

    async def edit_message(self, frame: Frame) -> None:
        await self.verb(frame, actions.edit_message, body=frame.get("body"))

    async def unsend_message(self, frame: Frame) -> None:
        await self.verb(frame, actions.unsend_message)

    async def add_reaction(self, frame: Frame) -> None:
        await self.verb(frame, actions.add_reaction, emoji=frame.get("emoji"))

    async def remove_reaction(self, frame: Frame) -> None:
        await self.verb(frame, actions.remove_reaction, emoji=frame.get("emoji"))

    async def read(self, frame: Frame) -> None:
        seq = frames.number(frame.get("seq"))
        await in_thread(actions.mark_read, self.user, frames.conversation_of(frame), seq=seq)

    async def typing(self, frame: Frame) -> None:
        await in_thread(actions.note_typing, self.user, frames.conversation_of(frame))

    async def verb(self, frame: Frame, verb: Callable[..., Any], **options: Any) -> None:
        """A verb about one message, then its ack."""
        seq = frames.number(frame.get("seq"))
        conversation_id = frames.conversation_of(frame)

        def act() -> Any:
            conversation = Conversation.objects.visible_to(self.user).get(pk=conversation_id)
            return verb(self.user, conversation, seq=seq, **options)

        message = await in_thread(act)
        self.write(
            {
                "type": "ack",
                **frames.echo(frame),
                "conversation": str(conversation_id),
                "seq": message.seq,
                "revision": message.revision,
            }
        )

    # --- Answers --------------------------------------------------------------------------------

    def answer_when_stored(self, frame: Frame, answer: asyncio.Future[Stored]) -> None:
        """Ack or refuse once the writer knows; say `unavailable` where it does not in time."""

        def give_up() -> None:
            if not answer.done():
                answer.set_exception(refusals.unavailable())

        late = asyncio.get_running_loop().call_later(writer.PATIENCE, give_up)

        def settle(answer: asyncio.Future[Stored]) -> None:
            late.cancel()
            error = None if answer.cancelled() else answer.exception()
            if error is not None:
                self.answer_error(frame, error)
            elif not answer.cancelled():
                self.ack(frame, answer.result())

        answer.add_done_callback(settle)

    def ack(self, frame: Frame, stored: Stored) -> None:
        self.write(
            {
                "type": "ack",
                **frames.echo(frame),
                "conversation": str(stored.conversation_id),
                "seq": stored.seq,
                "revision": stored.revision,
                "created_at": moment(stored.created_at),
            }
        )

    def answer_error(self, frame: Frame, error: BaseException) -> None:
        """`refused` for a no, `error` for what could not be read or done; never a traceback."""
        with translation.override(self.language):
            kind, code, detail = _answer_of(error)
        if code.startswith("frame."):
            kind = "error"
        self.write({"type": kind, **frames.echo(frame), "code": code, "detail": detail})

    def write(self, frame: Frame) -> None:
        self.socket.write(encode(frame))


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
    logger.error("a frame could not be answered", exc_info=error)
    return "error", "unavailable", refusals.sentence("unavailable")


SAID = ("body", "client_id", "reply_to", "mentions")

Handler = Callable[[ChatConsumer, Frame], Awaitable[None]]
HANDLERS: dict[str, Handler] = {
    "hello": ChatConsumer.hello,
    "message.edit": ChatConsumer.edit_message,
    "message.send": ChatConsumer.send_message,
    "message.unsend": ChatConsumer.unsend_message,
    "pong": ChatConsumer.pong,
    "reaction.add": ChatConsumer.add_reaction,
    "reaction.remove": ChatConsumer.remove_reaction,
    "read": ChatConsumer.read,
    "typing": ChatConsumer.typing,
}
