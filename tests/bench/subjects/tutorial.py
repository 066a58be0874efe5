"""The Channels tutorial with the ORM (tests/bench/tutorial.py), under daphne and redis layer."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests import services
from tests.bench import processes, world
from tests.bench.cases import Case
from tests.bench.load import Member
from tests.bench.measuring import Server, Serving
from tests.bench.stack import Stack
from tests.bench.websocket import BODY, upgrade


class Tutorial(Server):
    """One daphne, PostgreSQL and Redis, as Medley has them."""

    name = "channels-tutorial"
    cases = ("32/W32x8", "500/W4")

    @contextmanager
    def serving(self, stack: Stack, case: Case) -> Iterator[Serving]:
        rooms = world.rooms(case)
        port = services.free_port()
        application = "tests.bench.tutorial:application"
        command = [sys.executable, "-m", "daphne", "-v", "0", "-p", str(port), application]
        settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.tutorial_settings"}
        environment = stack.environment(**settings)
        with processes.server(command, port, stack.folder / "tutorial.log", environment) as pid:
            yield Serving(
                [
                    Member(
                        port,
                        number,
                        (upgrade(f"/tutorial/{room.id}/"),),
                        json.dumps({"message": BODY}) if place < case.senders else "",
                    )
                    for number, room in enumerate(rooms)
                    for place in range(case.members)
                ],
                {"web": [pid], "postgresql": [stack.postgres_pid], "redis": [stack.redis_pid]},
            )
