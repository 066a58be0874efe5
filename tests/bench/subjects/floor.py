"""The C fan-out floor: Medley's own frames, handed on unread to everybody in the room."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from tests import services
from tests.bench import processes
from tests.bench.cases import Case
from tests.bench.load import Member
from tests.bench.measuring import Server, Serving
from tests.bench.stack import Stack
from tests.bench.web import message
from tests.bench.websocket import upgrade
from tests.bench.world import Place


class Floor(Server):
    """c/fanout.c."""

    name = "c-floor"
    cases = ("32/W4", "32/W32x8", "500/W4", "62x32", "rate-20", "rate-100")

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
