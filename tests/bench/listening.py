"""Pages that wait for notifications: many people's sockets in one thread, and when each heard."""

import asyncio
import random
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from tests.bench.web import ORIGIN
from tests.bench.world import Person
from tests.client.copy import Frame
from tests.client.line import Line, of_a_page

AT_ONCE = 20


class Page(Line):
    """An open page of somebody: `heard` gets when (`time.monotonic()`) its first notification
    came."""

    def __init__(self, port: int, person: Person, heard: dict[UUID, float]) -> None:
        super().__init__([port], random.Random())
        self.is_welcome = asyncio.Event()
        self._person, self._heard = person, heard

    def opening(self) -> dict[str, Any]:
        return of_a_page(ORIGIN, self._person.session_key)

    async def hello(self) -> list[Frame]:
        return [{"type": "hello", "cursors": {}}]

    def welcomed(self, frame: Frame) -> None:
        self.is_welcome.set()

    def hear(self, frame: Frame) -> None:
        if frame["type"] == "notification":
            self._heard.setdefault(self._person.id, time.monotonic())


class Listening:
    """`heard`: by person, when the first frame of a notification came to their page."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._open_pages: list[asyncio.Task[None]] = []
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
        page = Page(self._port, person, self.heard)
        self._open_pages.append(asyncio.create_task(page.run()))
        await page.is_welcome.wait()

    async def _close(self) -> None:
        for page in self._open_pages:
            page.cancel()
        await asyncio.gather(*self._open_pages, return_exceptions=True)
