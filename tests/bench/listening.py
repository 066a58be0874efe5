"""Pages that wait for notifications: many people's sockets in one thread, and when each heard."""

import asyncio
import json
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import Future
from contextlib import suppress
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from tests.bench.web import ORIGIN
from tests.bench.world import Person

AT_ONCE = 20


class Listening:
    """`heard`: by person, when (`time.monotonic()`) the first frame of a notification came."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._lines: list[ClientConnection] = []
        self._readers: set[asyncio.Task[None]] = set()
        self.heard: dict[UUID, float] = {}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def open(self, people: list[Person]) -> None:
        """Each is welcomed when this returns."""
        self._run(self._open_all(people))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        done: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        done.result(60)

    async def _open_all(self, people: list[Person]) -> None:
        for start in range(0, len(people), AT_ONCE):
            await asyncio.gather(*map(self._open, people[start : start + AT_ONCE]))

    async def _open(self, person: Person) -> None:
        cookie = {"Cookie": f"sessionid={person.session_key}"}
        address = f"ws://127.0.0.1:{self._port}/ws/"
        line = await connect(address, origin=Origin(ORIGIN), additional_headers=cookie)
        await line.send(json.dumps({"type": "hello", "cursors": {}}))
        while json.loads(await line.recv())["type"] != "welcome":
            pass
        self._lines.append(line)
        reader = asyncio.create_task(self._read(person.id, line))
        self._readers.add(reader)

    async def _read(self, user_id: UUID, line: ClientConnection) -> None:
        with suppress(ConnectionClosed):  # the server ends before we do
            async for text in line:
                if json.loads(text)["type"] == "notification":
                    self.heard.setdefault(user_id, time.monotonic())

    async def _close(self) -> None:
        for line in self._lines:
            await line.close()
