"""The socket's door: hello, then frames in and the hub's frames out (docs/socket.md)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
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
from chat import actions, frames, refusals, sessions, wire, writer
from chat.bucket import Bucket
from chat.drafts import Outcome, Reacted, Stored, draft_message, draft_reaction
from chat.frames import Frame
from chat.hub import hub
from chat.models import Conversation
from chat.origins import ORIGIN_MATCHED
from chat.socket import FLOOD, NOT_SIGNED_IN, PROTOCOL, RESTART, Socket

logger = logging.getLogger(__name__)

HELLO_WITHIN = 10.0  # seconds
# For the database.
VERB_PATIENCE = 4.0
SHARE_PATIENCE = 2.0  # what is said next waits behind it
WELCOME_PATIENCE = 15.0
# Frames a second a client may send for long, and how many at once.
RATE = settings.SOCKET_FRAMES_PER_SECOND
BURST = 4 * RATE


class ChatConsumer(AsyncWebsocketConsumer):
    """One client. It has no channel of its own: the hub writes to it, this reads only.

    Where the server offers its line, whole frames are taken in its read callback: no queue, no
    task's turn. What has to wait for the database goes through the queue, and what is said behind
    it too, so that a client's frames are taken in their order.
    """

    socket: Socket  # from the welcome on

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scope, self._receive, self._send = scope, receive, send
        self.is_welcome = False
        self.queued = 0  # frames handed to the queue and not yet taken
        self.verbs: list[tuple[Frame, Handler, float]] = []  # each with its deadline
        self.working: asyncio.Task[None] | None = None
        line = (scope.get("extensions") or {}).get("medley.line")
        if line is not None:
            line.listen(self.offered)
        if (await receive())["type"] != "websocket.connect":
            return
        await send({"type": "websocket.accept"})
        try:
            if await self.greet():
                await self.listen()
        finally:
            if line is not None:
                line.listen(None)
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
            async with asyncio.timeout(WELCOME_PATIENCE):
                async with hub.sign_ins:
                    session = await in_thread(self.session_of, frame)
                if session is None:
                    return await self.goodbye("unauthorized", NOT_SIGNED_IN)
                self.user = session.user
                self.socket = Socket(self._send, session.user.pk, session.key, self.scope)
                self.bucket = Bucket(RATE, BURST)
                await hub.welcome(self.socket, cursors)
        except Exception as error:  # a database that cannot be asked means no, for now
            logger.warning("nobody could be welcomed: %r", error)
            return await self.goodbye("unavailable", RESTART)
        self.is_welcome = True
        return True

    def session_of(self, frame: Frame) -> sessions.Session | None:
        if isinstance(frame.get("ticket"), str):
            return sessions.by_ticket(frame["ticket"])
        cookies = [v.decode("latin-1") for n, v in self.scope["headers"] if n == b"cookie"]
        key = parse_cookie("; ".join(cookies)).get(settings.SESSION_COOKIE_NAME)
        # Without our own Origin a cookie proves nothing: any page can make a browser send it.
        return sessions.by_key(key) if key and self.scope.get(ORIGIN_MATCHED) else None

    @cached_property
    def may_not_write(self) -> policy.Refusal | None:
        """R2, as it stands at their first message; the writer compares what membership knows."""
        return policy.may_use_messages(self.user.person)

    @cached_property
    def language(self) -> str:
        """The person's, else the one their device asked for when it opened the socket."""
        asked = [v.decode("latin-1") for n, v in self.scope["headers"] if n == b"accept-language"]
        request = HttpRequest()
        request.META["HTTP_ACCEPT_LANGUAGE"] = ",".join(asked)
        return self.user.language or translation.get_language_from_request(request)

    async def goodbye(self, code: str, close: int) -> bool:
        await self._send(
            {
                "type": "websocket.send",
                "text": wire.encode({"type": "error", "code": code}).decode(),
            }
        )
        await self._send({"type": "websocket.close", "code": close})
        return False

    # --- Frames ---------------------------------------------------------------------------------

    async def listen(self) -> None:
        """Take what is queued until the client goes or is sent away."""
        self.queued -= 1  # the hello
        while (message := await self._receive())["type"] == "websocket.receive":
            text = message.get("text")
            if self.socket.is_open:
                await self.take(text)
            if text is not None:
                self.queued -= 1

    def offered(self, text: str) -> bool:
        """One whole frame, in the server's read callback: whether it was taken at once."""
        if self.is_welcome and self.queued <= 0 and self.take_quickly(text):
            return True
        self.queued = max(self.queued, 0) + 1
        if self.queued > BURST and self.is_welcome:
            self.send_away("rate.flood", FLOOD)
        return False

    def take_quickly(self, text: str) -> bool:
        """Take it if nothing in it has to wait; bad ones are for `take` to answer."""
        if not self.socket.is_open:
            return True
        try:
            frame = frames.parse(text)
            handler = QUICK.get(frame["type"])
        except ValidationError:
            return False
        if handler is None or frames.is_too_large(text) or not self.bucket.take():
            return False
        try:
            if not handler(self, frame):
                self.bucket.give_back()
                return False
        except Exception as error:
            self.answer_error(frame, error)
        self.socket.heard()
        return True

    async def take(self, text: str | None) -> None:
        """One frame: too many close with 4009, too large ones with 4000, bad ones are answered."""
        self.socket.heard()
        if not self.bucket.take():
            self.send_away("rate.flood", FLOOD)
        elif frames.is_too_large(text):
            self.send_away("frame.too_large", PROTOCOL)
        else:
            await self.obey(text)

    async def obey(self, text: str | None) -> None:
        """Do what the frame says; what cannot be done is answered."""
        frame: Frame = {}
        try:
            frame = frames.parse(text)
            quick = QUICK.get(frame["type"])
            if quick is not None and quick(self, frame):
                return
            if frame["type"] == "message.send":
                async with asyncio.timeout(SHARE_PATIENCE):
                    await self.send_share(frame)
            elif handler := HANDLERS.get(frame["type"]):
                self.do_later(frame, handler)
            else:
                raise refusals.invalid("frame.unknown_type")
        except Exception as error:
            self.answer_error(frame, error)

    def do_later(self, frame: Frame, handler: "Handler") -> None:
        """In their own order, but no message waits for them: a database that hangs over an edit
        must not hold up words that the writer could turn away in time."""
        if len(self.verbs) >= BURST:
            self.send_away("rate.flood", FLOOD)
            return
        deadline = asyncio.get_running_loop().time() + VERB_PATIENCE
        self.verbs.append((frame, handler, deadline))
        if self.working is None or self.working.done():
            self.working = asyncio.create_task(self.work())

    async def work(self) -> None:
        while self.verbs:
            frame, handler, deadline = self.verbs.pop(0)
            try:
                if asyncio.get_running_loop().time() >= deadline:
                    raise TimeoutError
                async with asyncio.timeout_at(deadline):
                    await handler(self, frame)
            except Exception as error:
                self.answer_error(frame, error)

    def send_away(self, code: str, close: int) -> None:
        self.write({"type": "error", "code": code})
        self.socket.close_after_frames(close)
        hub.remove(self.socket)

    # --- What never leaves the loop ---------------------------------------------------------------

    def send_words(self, frame: Frame) -> bool:
        """A message without a share: the next frame is taken before this one's commit is there."""
        if frame.get("share"):
            return False
        draft = draft_message(self.user.pk, frames.conversation_of(frame), **self.said(frame))
        writer.submit_to(draft, partial(self.answer, frame))
        return True

    def add_reaction(self, frame: Frame) -> bool:
        return self.react(frame, adds=True)

    def remove_reaction(self, frame: Frame) -> bool:
        return self.react(frame, adds=False)

    def react(self, frame: Frame, *, adds: bool) -> bool:
        seq, conversation = frames.number(frame.get("seq")), frames.conversation_of(frame)
        reacting = draft_reaction(self.user.pk, conversation, seq, frame.get("emoji"), adds=adds)
        if self.may_not_write is not None:
            raise self.may_not_write.error()
        writer.submit_to(reacting, partial(self.answer, frame))
        return True

    def read(self, frame: Frame) -> bool:
        conversation, seq = str(frames.conversation_of(frame)), frames.number(frame.get("seq"))
        if conversation not in self.socket.lines:
            return False
        hub.hints.note_read(conversation, self.socket.user, seq)
        return True

    def typing(self, frame: Frame) -> bool:
        conversation = str(frames.conversation_of(frame))
        line = self.socket.lines.get(conversation)
        if line is None:
            return False
        if line.may_speak:
            hub.hints.note_typing(conversation, self.socket.user)
        return True

    def pong(self, frame: Frame) -> bool:
        """That it came is all it says."""
        return True

    # --- What asks the database -------------------------------------------------------------------

    async def hello(self, frame: Frame) -> None:
        await hub.resume(self.socket, frames.cursors_of(frame))

    async def send_share(self, frame: Frame) -> None:
        """In its turn, so that what is said next stays behind it."""
        said = self.said(frame) | {"share": str(frame["share"])}
        conversation = frames.conversation_of(frame)
        stored = await in_thread(actions.send_message, self.user, conversation, **said)
        self.ack(frame, stored)

    async def read_request(self, frame: Frame) -> None:
        """Of a conversation whose news do not reach them (yet)."""
        seq = frames.number(frame.get("seq"))
        await in_thread(actions.mark_read, self.user, frames.conversation_of(frame), seq=seq)

    async def type_unheard(self, frame: Frame) -> None:
        """Nobody is told; whether the conversation is there is answered."""
        await in_thread(actions.note_typing, self.user, frames.conversation_of(frame))

    def said(self, frame: Frame) -> Frame:
        """What `draft_message` and `send_message` take from a frame."""
        if self.may_not_write is not None:
            raise self.may_not_write.error()
        if frame.get("media"):
            raise refusals.invalid("media.unknown")
        said = {name: frame[name] for name in SAID if frame.get(name) is not None}
        said.setdefault("client_id", "")
        return said

    async def edit_message(self, frame: Frame) -> None:
        await self.verb(frame, actions.edit_message, body=frame.get("body"))

    async def unsend_message(self, frame: Frame) -> None:
        await self.verb(frame, actions.unsend_message)

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

    def answer(self, frame: Frame, outcome: Outcome) -> None:
        """Ack or refuse, once the writer knows."""
        if isinstance(outcome, Exception):
            self.answer_error(frame, outcome)
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
        self.socket.hold(wire.Frame(wire.encode(ack)))

    def answer_error(self, frame: Frame, error: BaseException) -> None:
        """`refused` for a no, `error` for what could not be read or done; never a traceback."""
        with translation.override(self.language):
            kind, code, detail = _answer_of(error)
        if code.startswith("frame."):
            kind = "error"
        self.write({"type": kind, **frames.echo(frame), "code": code, "detail": detail})

    def write(self, frame: Frame) -> None:
        self.socket.write(wire.Frame(wire.encode(frame)))


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


SAID = ("body", "client_id", "reply_to", "mentions")

# Answer whether they took the frame; else its handler below does.
Quick = Callable[[ChatConsumer, Frame], bool]
QUICK: dict[str, Quick] = {
    "message.send": ChatConsumer.send_words,
    "reaction.add": ChatConsumer.add_reaction,
    "reaction.remove": ChatConsumer.remove_reaction,
    "pong": ChatConsumer.pong,
    "read": ChatConsumer.read,
    "typing": ChatConsumer.typing,
}

Handler = Callable[[ChatConsumer, Frame], Awaitable[None]]
HANDLERS: dict[str, Handler] = {
    "hello": ChatConsumer.hello,
    "message.edit": ChatConsumer.edit_message,
    "message.unsend": ChatConsumer.unsend_message,
    "read": ChatConsumer.read_request,
    "typing": ChatConsumer.type_unheard,
}
