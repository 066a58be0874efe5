"""The C fan-out floor: Medley's own frames, handed on unread to everybody in the room."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from tests import services
from tests.bench import processes
from tests.bench.cases import Case
from tests.bench.load import Member
from tests.bench.stack import Stack
from tests.bench.subjects import Serving
from tests.bench.subjects.medley import message
from tests.bench.subjects.websocket import upgrade
from tests.bench.world import Place


@dataclass(frozen=True)
class Floor:
    """c/fanout.c."""

    name: str = "c-floor"

    @contextmanager
    def serving(self, stack: Stack, case: Case) -> Iterator[Serving]:
        port = services.free_port()
        said = message(Place(UUID(int=0), []))
        members = [
            Member(port, room, (upgrade(f"/{room}"),), said if number < case.senders else "")
            for room in range(case.rooms)
            for number in range(case.members)
        ]
        command = [str(stack.programs.fanout), str(port)]
        with processes.server(command, port, stack.folder / "fanout.log") as pid:
            yield Serving(members, {"fan-out": [pid]})
