"""Messages stored and delivered to a 32-member group: Medley against the Channels tutorial, same
run.

    DATABASE_URL=postgres://... REDIS_URL=redis://... python -m tests.bench.chat

Each server is daphne in a process of its own with the same PostgreSQL and Redis. 8 of the 32
members send, each with 4 messages outstanding; a message counts when all 32 have it. Afterwards the
database is audited: as many rows as acks, numbers without holes. Ends by itself in about half a
minute.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import environ
import psycopg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

MEMBERS, SENDERS, OUTSTANDING = 32, 8, 4
WARM_UP, SECONDS, SETTLE = 1.0, 8.0, 20.0
BODY = "a message of a usual length, as people write them in a group"
PORTS = {"medley": 8431, "tutorial": 8432}
CREATED = '"type":"message.created"'


@dataclass
class Count:
    """What the clients saw of one server."""

    said: int = 0
    acked: int = 0
    delivered: int = 0
    began: float = 0.0
    ended: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Every message is acked and everybody has it."""
        return self.acked == self.said and self.delivered == self.said * MEMBERS

    @property
    def messages_per_second(self) -> float:
        """Messages that all members have, a second."""
        return self.delivered / MEMBERS / (self.ended - self.began)


# --- The world ------------------------------------------------------------------------------------


@contextmanager
def own_database() -> Iterator[str]:
    """A database beside the one of DATABASE_URL, dropped at the end; answers its address."""
    address = os.environ["DATABASE_URL"]
    name = environ.Env.db_url_config(address)["NAME"] + "_bench"
    bench = address.rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(address.rsplit("/", 1)[0] + "/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield bench
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def make_world() -> tuple[str, str, list[str]]:
    """Two conversations (Medley's, the tutorial's) and the members' session keys."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from chat.models import Conversation, Membership
    from tests.factories import make_user

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    rooms = [Conversation.objects.create(kind="group", title=name) for name in PORTS]
    keys = []
    for n in range(MEMBERS):
        user = make_user(f"member{n}")
        Membership.objects.create(conversation=rooms[0], user=user)
        browser = Client()
        browser.force_login(user)
        keys.append(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    return str(rooms[0].pk), str(rooms[1].pk), keys


def audit(room: UUID, acked: int) -> str:
    """Rows equal acks and numbers are gapless, or an error; answers one line for people."""
    from django.db.models import Count as Counted
    from django.db.models import Max

    from chat.models import Message

    found = Message.objects.filter(conversation=room).aggregate(rows=Counted("pk"), last=Max("seq"))
    assert found["rows"] == found["last"] == acked, (found, acked)
    return f"{found['rows']} rows, {acked} acks, no hole"


@contextmanager
def server(name: str) -> Iterator[None]:
    """The server in a process of its own, until the end of the block."""
    port = str(PORTS[name])
    command = {
        "medley": ["manage.py", "serve", "--port", port],
        "tutorial": ["-m", "daphne", "-v", "0", "-p", port, "tests.bench.tutorial:application"],
    }[name]
    environment = os.environ | {
        "SOCKET_FRAMES_PER_SECOND": "100000",
        "LOG_LEVEL": "WARNING",
        "PYTHONWARNINGS": "ignore",
    }
    if name == "tutorial":
        environment["DJANGO_SETTINGS_MODULE"] = "tests.bench.tutorial_settings"
    process = subprocess.Popen([sys.executable, *command], env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


# --- The clients ----------------------------------------------------------------------------------


async def opened(name: str, room: str, key: str) -> ClientConnection:
    """One member's socket, ready to be sent to."""
    port = PORTS[name]
    if name == "tutorial":
        return await connect(f"ws://127.0.0.1:{port}/tutorial/{room}/", compression=None)
    socket = await connect(
        f"ws://127.0.0.1:{port}/ws/",
        compression=None,
        origin=Origin(f"http://localhost:{os.environ.get('PORT', '8000')}"),
        additional_headers={"Cookie": f"sessionid={key}"},
    )
    await socket.send(json.dumps({"type": "hello"}))
    while json.loads(await socket.recv())["type"] != "welcome":
        pass
    return socket


def message(name: str, room: str, sender: int) -> tuple[str, str]:
    """What one says, and by which mark its sender knows its answer."""
    mark = str(uuid4())
    if name == "tutorial":
        return json.dumps({"message": BODY, "mark": mark, "sender": sender}), mark
    said = {"type": "message.send", "conversation": room, "client_id": mark, "body": BODY}
    return json.dumps(said), mark


def marks(name: str, sender: int, text: str) -> list[str]:
    """The marks that this frame settles for this sender."""
    if name == "tutorial":
        frame = json.loads(text)
        return [frame["mark"]] if frame["sender"] == sender else []
    if not text.startswith('{"type":"ack"'):
        return []
    return [json.loads(text)["client_id"]]


async def member(
    name: str, room: str, number: int, socket: ClientConnection, count: Count, until: float
) -> None:
    """Listen; a sender also keeps its messages outstanding until the time is over."""
    waiting: dict[str, float] = {}

    async def say() -> None:
        text, mark = message(name, room, number)
        count.said += 1
        waiting[mark] = time.perf_counter()
        await socket.send(text)

    if number < SENDERS:
        for _ in range(OUTSTANDING):
            await say()
    async for text in socket:
        now = time.perf_counter()
        heard = str(text).replace('"type": "message.created"', CREATED).count(CREATED)
        count.delivered += heard
        if heard:
            count.ended = now
        for mark in marks(name, number, str(text)) if number < SENDERS else ():
            count.waits.append(now - waiting.pop(mark))
            count.acked += 1
            if now < until:
                await say()


async def measure(name: str, room: str, keys: list[str]) -> Count:
    """All members at once; every message sent is waited for."""
    sockets = []
    for key in keys:
        sockets.append(await first_open(name, room, key))
    count = Count()
    await asyncio.sleep(WARM_UP)
    count.began = time.perf_counter()
    until = count.began + SECONDS
    work = [
        asyncio.create_task(member(name, room, n, socket, count, until))
        for n, socket in enumerate(sockets)
    ]
    last = until + SETTLE
    await asyncio.sleep(SECONDS)
    while time.perf_counter() < last and not count.is_complete:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    for task in work:
        task.cancel()
    await asyncio.gather(*work, return_exceptions=True)
    await asyncio.gather(*(socket.close() for socket in sockets))
    return count


async def first_open(name: str, room: str, key: str) -> ClientConnection:
    """Open a socket; the server may still be starting."""
    for _attempt in range(100):
        try:
            return await opened(name, room, key)
        except OSError:
            await asyncio.sleep(0.2)
    raise TimeoutError(f"{name} does not answer")


# --- The report -----------------------------------------------------------------------------------


def report(name: str, count: Count, audited: str) -> None:
    waits = sorted(count.waits or [0.0])
    print(
        f"{name:9} {count.messages_per_second:8.0f} messages/s stored and delivered to {MEMBERS}"
        f"  {count.messages_per_second * MEMBERS:9.0f} deliveries/s"
        f"  p50 {waits[len(waits) // 2] * 1000:6.1f} ms  ({audited})",
        flush=True,
    )


def main() -> float:
    """Measure both, print, and answer how many times faster Medley is."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        sys.exit("The benchmark needs PostgreSQL: set DATABASE_URL.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("MEDLEY_EMBEDDED", "1")
    rates: dict[str, float] = {}
    with own_database() as address:
        os.environ["DATABASE_URL"] = address
        *rooms, keys = make_world()
        for name, room in zip(PORTS, rooms, strict=True):
            with server(name):
                count = asyncio.run(measure(name, room, keys))
            report(name, count, audit(UUID(room), count.acked))
            assert count.is_complete, "somebody missed a message"
            rates[name] = count.messages_per_second
        from django.db import connections

        connections.close_all()
    ratio = rates["medley"] / rates["tutorial"]
    print(f"Medley / tutorial: {ratio:.1f}x", flush=True)
    return ratio


if __name__ == "__main__":
    main()
