"""socket.io under node (tests/bench/socketio), in memory or storing in PostgreSQL."""

import functools
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests import services
from tests.bench import audit, processes
from tests.bench.cases import Case
from tests.bench.load import Member, Step
from tests.bench.measuring import Server, Serving
from tests.bench.programs import NotAvailable
from tests.bench.stack import Stack
from tests.bench.websocket import BODY, upgrade

SOURCES = Path(__file__).parent.parent / "socketio"
FILES = ("package.json", "package-lock.json", "sio.js")


class SocketIO(Server):
    """Rooms without storage."""

    name = "socket.io"
    cases = ("32/W4", "32/W32x8", "500/W4", "62x32")

    @contextmanager
    def serving(self, stack: Stack, case: Case) -> Iterator[Serving]:
        folder = installed(stack.kept / "socket.io")
        port = services.free_port()
        database = self.storage(stack)
        command = ["node", str(folder / "sio.js"), str(port), *database]
        with processes.server(command, port, stack.folder / "socketio.log") as pid:
            serving = Serving(_members(port, case), {"node": [pid]})
            yield _with_storage(serving, stack, *database) if database else serving

    def storage(self, stack: Stack) -> list[str]:
        """The address of its database, where it has one."""
        return []


class SocketIOWithPostgreSQL(SocketIO):
    """Each message told after it was inserted."""

    name = "socket.io+postgresql"

    def storage(self, stack: Stack) -> list[str]:
        return [stack.database_url(stack.new_database("socketio"))]


def _with_storage(serving: Serving, stack: Stack, address: str) -> Serving:
    """With the database among what works and what is checked."""
    rows = audit.rows_of(address, "SELECT count(*) FROM message")
    roots = serving.processes | {"postgresql": [stack.postgres_pid]}
    return replace(serving, processes=roots, faults=rows)


def _members(port: int, case: Case) -> list[Member]:
    said = f"42{json.dumps(['message', BODY])}"
    return [
        Member(port, room, opening(f"room{room}"), said if number < case.senders else "")
        for room in range(case.rooms)
        for number in range(case.members)
    ]


def opening(room: str) -> tuple[Step, ...]:
    """Engine.IO's open packet, Socket.IO's connect, then our own join."""
    return (
        upgrade("/socket.io/?EIO=4&transport=websocket"),
        Step("", expect='"sid"'),
        Step("40", expect="40{", framed=True),
        Step(f"42{json.dumps(['join', room])}", expect='"joined"', framed=True),
    )


@functools.cache
def installed(folder: Path) -> Path:
    """The folder with the server and its packages, brought there when they are not yet;
    `NotAvailable` without node or where npm fails."""
    for program in ("node", "npm"):
        if not shutil.which(program):
            raise NotAvailable(f"no {program}")
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules").exists() or _has_changed(folder):
        for name in FILES:
            shutil.copy(SOURCES / name, folder / name)
        command = ["npm", "ci", "--no-audit", "--no-fund", "--silent"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if done.returncode:
            raise NotAvailable(f"npm failed: {(done.stderr or done.stdout).strip()[-300:]}")
    return folder


def _has_changed(folder: Path) -> bool:
    return any((SOURCES / name).read_bytes() != (folder / name).read_bytes() for name in FILES)
