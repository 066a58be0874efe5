"""A client of the socket for tests: says hello, asks, and keeps what it hears as a real one
would."""

import asyncio
import json
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client as Browser

from accounts.pool import in_thread
from chat.hub import hub
from chat.live.origins import ExactOriginValidator
from chat.routing import websocket_urlpatterns
from tests import socket_document

application = ExactOriginValidator(URLRouter(websocket_urlpatterns))
PATIENCE = 5.0

Frame = dict[str, Any]


def session_key(user: Any) -> str:
    """A signed-in session of `user`, as a browser would have it."""
    browser = Browser()
    browser.force_login(user)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def communicator(key: str = "", origin: str | None = "ours") -> WebsocketCommunicator:
    """An unopened connection: with a session cookie, from our own page unless told otherwise."""
    headers = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={key}".encode())] if key else []
    if origin is not None:
        origin = settings.SITE_ORIGINS[0] if origin == "ours" else origin
        headers.append((b"origin", origin.encode()))
    return WebsocketCommunicator(application, "/ws/", headers)


class Client:
    """One open socket. `heard` keeps every frame; `events` what happened, by conversation."""

    def __init__(self, line: WebsocketCommunicator) -> None:
        self.line = line
        self.heard: list[Frame] = []
        self.close_code: int | None = None
        self.welcome: Frame = {}
        self._events: list[Frame] = []

    async def say(self, frame: Frame | str) -> None:
        await self.line.send_to(text_data=frame if isinstance(frame, str) else json.dumps(frame))

    async def hear(self) -> Frame:
        """The next frame; `{"type": "closed", "code"}` when the server ended it."""
        output = await self.line.receive_output(PATIENCE)
        if output["type"] == "websocket.close":
            self.close_code = output["code"]
            return {"type": "closed", "code": output["code"]}
        frame = json.loads(output["text"])
        socket_document.check_heard(frame)
        self.heard.append(frame)
        return frame

    async def hear_type(self, *kinds: str) -> Frame:
        """The next frame of one of these kinds; what comes before it is kept in `heard`."""
        async with asyncio.timeout(PATIENCE):
            while (frame := await self.hear())["type"] not in {*kinds, "closed"}:
                pass
        return frame

    async def hear_event(self, kind: str) -> Frame:
        """The next event of this kind, out of whatever frame brings it; others are passed over."""
        async with asyncio.timeout(PATIENCE):
            while True:
                while self._events:
                    if (event := self._events.pop(0))["type"] == kind:
                        return event
                frame = await self.hear_type("events")
                assert frame["type"] != "closed", f"closed while waiting for {kind}"
                self._events = list(frame["events"])

    async def ask(self, kind: str, **fields: Any) -> Frame:
        """Say something and wait for its answer: ack, refused or error."""
        fields.setdefault("id", uuid4().hex)
        await self.say({"type": kind, **fields})
        while True:
            answer = await self.hear_type("ack", "refused", "error")
            if answer["type"] == "closed" or answer.get("id") == fields["id"]:
                break
        if answer["type"] == "ack":
            socket_document.check_ack({"type": kind, **fields}, answer)
        return answer

    async def send(self, conversation: Any, body: str = "hello", **fields: Any) -> Frame:
        """Send a message and wait for its answer."""
        fields.setdefault("client_id", str(uuid4()))
        return await self.ask(
            "message.send", conversation=str(conversation.pk), body=body, **fields
        )

    async def is_silent(self, seconds: float = 0.3) -> bool:
        """Whether nothing comes for a while, presence aside."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while (left := end - loop.time()) > 0:
            if await self.line.receive_nothing(timeout=left, interval=0.05):
                return True
            if (await self.hear())["type"] not in {"presence", "heartbeat"}:
                return False
        return True


@asynccontextmanager
async def connected(user: Any, *, cursors: dict[str, int] | None = None):
    """`async with connected(ana) as client`: signed in by cookie and welcomed."""
    key = await in_thread(session_key, user)
    line = communicator(key)
    accepted, _protocol = await line.connect(timeout=PATIENCE)
    assert accepted
    client = Client(line)
    await client.say({"type": "hello", "cursors": cursors or {}})
    client.welcome = await client.hear_type("welcome")
    assert client.welcome["type"] == "welcome", client.welcome
    try:
        yield client
    finally:
        await line.disconnect()


__all__ = ["Client", "application", "communicator", "connected", "hub", "session_key"]
