"""Medley's sockets on a real server: a process of its own, a small world, and plain clients."""

import asyncio
import contextlib
import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from tests.chat.client import session_key
from tests.chat.factories import make_group
from tests.factories import befriend, make_user
from tests.services import ROOT, free_port

ORIGIN = "http://testserver"
PATIENCE = 5.0  # seconds
COMMANDS = {
    "daphne": "manage.py serve --port {port}",
    "uvicorn": "-m uvicorn config.asgi:application --port {port} --log-level warning",
    "granian": "-m granian config.asgi:application --interface asginl --port {port}"
    " --log-level warning",
}

Frame = dict[str, Any]


# --- The world ------------------------------------------------------------------------------------


@dataclass
class World:
    """Ana and Ben share a group; Zoe's, elsewhere, is not theirs."""

    group: str
    elsewhere: str
    keys: dict[str, str]  # session keys by name


@pytest.fixture
def world(transactional_db) -> World:
    """Rows that a server in another process can see."""
    people = {name: make_user(name) for name in ("ana", "ben", "zoe")}
    ana, ben, zoe = people.values()
    befriend(ana, ben)
    group, elsewhere = make_group(ana, ben), make_group(zoe)
    keys = {name: session_key(person) for name, person in people.items()}
    return World(str(group.pk), str(elsewhere.pk), keys)


# --- The server -----------------------------------------------------------------------------------


@dataclass
class Server:
    """A running server process."""

    port: int
    process: subprocess.Popen
    log: Path

    @property
    def memory(self) -> int:
        """Resident bytes, with those of its worker processes."""
        return sum(_resident(pid) for pid in _family(self.process.pid))

    def wait_until_up(self) -> None:
        deadline = time.monotonic() + 20
        while not self.answers():
            running = self.process.poll() is None
            assert running and time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def answers(self) -> bool:
        with contextlib.suppress(OSError):
            address = f"http://127.0.0.1:{self.port}/healthz"
            return urllib.request.urlopen(address, timeout=PATIENCE).status == 200
        return False


@contextlib.contextmanager
def serving(name: str, folder: Path) -> Iterator[Server]:
    """Run daphne, uvicorn or granian on the tests' database for a `with` block."""
    port, log = free_port(), folder / f"{name}.log"
    command = [sys.executable, *COMMANDS[name].format(port=port).split()]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environment(folder), stdout=output, stderr=output
        )
    server = Server(port, process, log)
    try:
        server.wait_until_up()
        yield server
    finally:
        process.terminate()
        try:
            process.wait(15)
        finally:
            process.kill()


def _environment(folder: Path) -> dict[str, str]:
    own = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": _database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "MEDLEY_EMBEDDED": "1",
        "MEDLEY_DATA": str(folder),
        "SITE_ORIGINS": ORIGIN,
        "LOG_LEVEL": "WARNING",
    }
    return os.environ | own


def _database_url() -> str:
    """Where the tests' own database is; SQLite's is a file."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _family(pid: int) -> list[int]:
    """A process and what it started, from /proc."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0


# --- The clients ----------------------------------------------------------------------------------


@dataclass
class Client:
    """One open socket; `welcome` is there after hello."""

    socket: ClientConnection
    welcome: Frame = field(default_factory=dict)
    _events: list[Frame] = field(default_factory=list)

    async def say(self, frame: Frame | str | bytes) -> None:
        await self.socket.send(json.dumps(frame) if isinstance(frame, dict) else frame)

    async def hear(self, *kinds: str) -> Frame:
        """The next frame of one of these kinds; others are passed over, their events kept."""
        async with asyncio.timeout(PATIENCE):
            while (frame := json.loads(await self.socket.recv()))["type"] not in kinds:
                self._events += frame.get("events", ())
        return frame

    async def hear_event(self, kind: str = "message.created") -> Frame:
        """The next event of this kind, out of whatever frame brings it; others are passed over."""
        while True:
            while self._events:
                if (event := self._events.pop(0))["type"] == kind:
                    return event
            self._events += (await self.hear("events"))["events"]

    async def send(self, conversation: str, body: str) -> Frame:
        """Send a message; its ack, refusal or error."""
        said = {"conversation": conversation, "client_id": str(uuid4()), "body": body}
        await self.say({"type": "message.send", **said})
        while True:
            answer = await self.hear("ack", "refused", "error")
            if answer.get("client_id") == said["client_id"]:
                return answer

    async def ended(self) -> tuple[int | None, list[Frame]]:
        """The close code, and what was said before the end."""
        heard = []
        with contextlib.suppress(ConnectionClosed):
            async with asyncio.timeout(PATIENCE):
                while True:
                    heard.append(json.loads(await self.socket.recv()))
        return self.socket.close_code, heard


@contextlib.asynccontextmanager
async def dialled(server: Server, key: str = "", **options: Any) -> AsyncIterator[Client]:
    """A socket from our own page, with this session's cookie; nothing said yet."""
    cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}"} if key else None
    options = {"compression": None, "max_size": None, "close_timeout": 1} | options
    address = f"ws://127.0.0.1:{server.port}/ws/"
    async with connect(
        address, origin=Origin(ORIGIN), additional_headers=cookie, **options
    ) as socket:
        yield Client(socket)


@contextlib.asynccontextmanager
async def connected(
    server: Server, key: str, cursors: dict[str, int] | None = None
) -> AsyncIterator[Client]:
    """A welcomed client."""
    async with dialled(server, key) as client:
        await client.say({"type": "hello", "cursors": cursors or {}})
        client.welcome = await client.hear("welcome")
        yield client
