"""The socket's door: hello, then frames in and the hub's frames out (docs/socket.md)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, parse_cookie
from django.utils import translation
from django.utils.datastructures import CaseInsensitiveMapping
from django.utils.functional import cached_property

from accounts import tracing
from accounts.policy.regions import APP
from accounts.pool import in_thread
from accounts.regions import table, where
from chat import refusals
from chat.commands import Commands, do_quickly, patient
from chat.hub import hub
from chat.live import frames, sessions, wire
from chat.live.answers import Answers
from chat.live.bucket import Bucket
from chat.live.frame_trace import FrameTrace
from chat.live.frames import Frame
from chat.live.origins import ORIGIN_MATCHED
from chat.live.socket import FLOOD, NOT_SIGNED_IN, PROTOCOL, REGION_OFF, RESTART, Socket

logger = logging.getLogger(__name__)

HELLO_WITHIN = 10.0  # seconds
# For the database.
VERB_PATIENCE = 4.0
SHARE_PATIENCE = 2.0  # what is said next waits behind it
WELCOME_PATIENCE = 15.0
# Frames a second a client may send for long, and how many at once.
RATE = settings.SOCKET_FRAMES_PER_SECOND
BURST = 4 * RATE

Work = Callable[[], Awaitable[None]]


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
        self.verbs: list[tuple[Frame, Work, float]] = []  # each with its deadline
        self.working: asyncio.Task[None] | None = None
        self.request_id = tracing.id_of(_header(scope, b"x-request-id"))
        tracing.enter(FrameTrace(self.request_id, {}))
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
                region = self.region_of(session)
                if APP in table.off_in(region):
                    return await self.goodbye("policy.R45", REGION_OFF)
                self.let_in(session, region)
                await hub.welcome(self.socket, cursors)
        except Exception as error:  # a database that cannot be asked means no, for now
            logger.warning("nobody could be welcomed: %r", error)
            return await self.goodbye("unavailable", RESTART)
        self.is_welcome = True
        return True

    def let_in(self, session: sessions.Session, region: str) -> None:
        """What this client has from here on."""
        self.user = session.user
        self.bucket = Bucket(RATE, BURST)
        self.socket = Socket(self._send, session.user.pk, session.key, self.scope, region=region)
        self.answers = Answers(self.socket, lambda: self.language)
        self.commands = Commands(session.user, self.socket, self.answers)

    def region_of(self, session: sessions.Session) -> str:
        """Where the client is (R45), by what it opened the socket with."""
        pairs = ((name.decode("latin-1"), value) for name, value in self.scope["headers"])
        headers = CaseInsensitiveMapping({name: value.decode("latin-1") for name, value in pairs})
        return where.of(session.user, headers, {})

    def session_of(self, frame: Frame) -> sessions.Session | None:
        table.look()
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
        text = wire.encode({"type": "error", "code": code}).decode()
        await self._send({"type": "websocket.send", "text": text})
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
        except ValidationError:
            return False
        tracing.enter(FrameTrace(self.request_id, frame))
        if frames.is_too_large(text) or not self.bucket.take():
            return False
        try:
            if not do_quickly(self.commands, frame):
                self.bucket.give_back()
                return False
        except Exception as error:
            self.answers.error(frame, error)
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
            tracing.enter(FrameTrace(self.request_id, frame))
            await self.commands.look_at_clock(frame)
            if do_quickly(self.commands, frame):
                return
            work = patient(self.commands, frame)
            if work is None:
                raise refusals.invalid("frame.unknown_type")
            if frame["type"] == "message.send":
                async with asyncio.timeout(SHARE_PATIENCE):
                    await work()
            else:
                self.do_later(frame, work)
        except Exception as error:
            self.answers.error(frame, error)

    def do_later(self, frame: Frame, work: Work) -> None:
        """In their own order, but no message waits for them: a database that hangs over an edit
        must not hold up words that the writer could turn away in time."""
        if len(self.verbs) >= BURST:
            self.send_away("rate.flood", FLOOD)
            return
        deadline = asyncio.get_running_loop().time() + VERB_PATIENCE
        self.verbs.append((frame, work, deadline))
        if self.working is None or self.working.done():
            self.working = asyncio.create_task(self.work_off())

    async def work_off(self) -> None:
        while self.verbs:
            frame, work, deadline = self.verbs.pop(0)
            tracing.enter(FrameTrace(self.request_id, frame))
            try:
                if asyncio.get_running_loop().time() >= deadline:
                    raise TimeoutError
                async with asyncio.timeout_at(deadline):
                    await work()
            except Exception as error:
                self.answers.error(frame, error)

    def send_away(self, code: str, close: int) -> None:
        self.answers.write({"type": "error", "code": code})
        self.socket.close_after_frames(close)
        hub.remove(self.socket)


def _header(scope: Any, name: bytes) -> str | None:
    """What the client, or a proxy, said when it opened the socket."""
    return next((v.decode("latin-1") for n, v in scope["headers"] if n == name), None)
