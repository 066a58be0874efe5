"""How Medley is served (`manage.py serve`) and spoken to: sessions, rules and all."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import processes, world
from tests.bench.load import ID, Member, Step
from tests.bench.stack import Stack
from tests.bench.websocket import BODY, upgrade

ORIGIN = "http://bench.example"
PRESENCE_PAUSE = 0.8  # seconds: the hub tells who is there at most every half second
WELCOME, ACK = '"type":"welcome"', '"type":"ack"'


@contextmanager
def web(stack: Stack, port: int) -> Iterator[int]:
    """One web process at this port until the end of the block; its process id."""
    environment = stack.environment(
        SITE_ORIGINS=ORIGIN, SOCKET_FRAMES_PER_SECOND="100000", PORT=str(port)
    )
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with processes.server(command, port, log_of(stack, port), environment) as pid:
        yield pid


def log_of(stack: Stack, port: int) -> Path:
    """Where the web process at this port writes what it has to say."""
    return stack.folder / f"web-{port}.log"


def members_of(
    rooms: list[world.Place], ports: list[int], senders: int, cursor: int | None = None
) -> list[Member]:
    """Everybody's connection, spread over the ports; with `cursor`, as one who comes back."""
    return [
        Member(
            port=ports[number % len(ports)],
            room=room_number,
            script=opening(person, {} if cursor is None else {str(room.id): cursor}),
            template=message(room) if number < senders else "",
        )
        for room_number, room in enumerate(rooms)
        for number, person in enumerate(room.members)
    ]


def opening(person: world.Person, cursors: dict[str, int]) -> tuple[Step, ...]:
    """As a browser does: the session's cookie, then hello."""
    hello = json.dumps({"type": "hello", "cursors": cursors})
    return (
        upgrade("/ws/", Origin=ORIGIN, Cookie=f"sessionid={person.session_key}"),
        Step(hello, expect=WELCOME, framed=True),
    )


def message(room: world.Place) -> str:
    """What one says, as the load client's template."""
    said = {"type": "message.send", "conversation": str(room.id), "client_id": ID, "body": BODY}
    return json.dumps(said, separators=(",", ":"))
