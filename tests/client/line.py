"""One device's connection: it comes back by itself, through one door after another."""

import asyncio
import json
import random
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Origin

from tests.client.copy import Frame

HEARTBEAT_PATIENCE = 35.0  # seconds of silence after which a line counts as dead
WELCOME_PATIENCE = 15.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 3.0  # before a reconnection


@dataclass(eq=False)
class Line:
    """`doors` are the ports it knows; `turn` chooses among them. Times of `time.monotonic()`."""

    doors: list[int]
    rng: random.Random
    turn: int = 0
    opened_at: float = 0.0
    lost_at: float = 0.0
    last_close: int | None = None
    hurries: bool = False  # comes back without a pause: for storms

    def __post_init__(self) -> None:
        self._connection: ClientConnection | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def port(self) -> int:
        return self.doors[self.turn % len(self.doors)]

    @property
    def is_open(self) -> bool:
        """Welcomed, and not lost since."""
        return self._connection is not None

    async def run(self) -> None:
        """For ever: connect, listen, and after a jittered pause come back through another door."""
        tries = 0
        while True:
            try:
                await self._live()
            except (OSError, WebSocketException, TimeoutError) as error:
                tries = 0 if self.is_open else tries + 1
                self._lost(error)
            finally:
                self._connection = None
            if tries or not self.hurries:
                longest = min(LONGEST_PAUSE, 0.5 * 2**tries)
                await asyncio.sleep(self.rng.uniform(SHORTEST_PAUSE, longest))
            self.turn += 1

    def move(self, turn: int) -> None:
        """Come back through that door, unless it is the present one."""
        if self.doors[turn % len(self.doors)] != self.port:
            self.turn = turn - 1
            self.abort()

    def abort(self) -> None:
        """Lose the connection without a word."""
        if self._connection is not None:
            self._connection.transport.abort()

    # --- What a client adds ---------------------------------------------------------------------

    def opening(self) -> dict[str, Any]:
        """Headers (`additional_headers`) and `origin` of the upgrade; apps need none."""
        return {}

    async def hello(self) -> list[Frame]:
        """What is said first: one hello, and more behind it where its cursors are too many."""
        raise NotImplementedError

    def welcomed(self, frame: Frame) -> None:
        """The server knows us."""
        raise NotImplementedError

    def hear(self, frame: Frame) -> None:
        """Every other frame; a heartbeat is answered already."""
        raise NotImplementedError

    def lost(self, error: Exception) -> None:
        """A connection that was open is not any more."""

    # --- The connection -------------------------------------------------------------------------

    async def _live(self) -> None:
        frames = await self.hello()
        async with connect(
            f"ws://127.0.0.1:{self.port}/ws/",
            compression=None,
            ping_interval=None,  # a browser cannot ping: it watches heartbeats
            open_timeout=WELCOME_PATIENCE,
            close_timeout=1,
            max_size=None,
            **self.opening(),
        ) as connection:
            await self._greet(connection, frames)
            while True:
                frame = json.loads(await self._next(connection, HEARTBEAT_PATIENCE))
                if frame["type"] == "heartbeat":
                    self.spawn(self.write({"type": "pong"}))
                self.hear(frame)

    async def _greet(self, connection: ClientConnection, frames: list[Frame]) -> None:
        await connection.send(json.dumps(frames[0]))
        frame = {"type": ""}
        while frame["type"] != "welcome":
            frame = json.loads(await self._next(connection, WELCOME_PATIENCE))
        for more in frames[1:]:
            await connection.send(json.dumps(more))
        self._connection, self.opened_at = connection, time.monotonic()
        self.welcomed(frame)

    async def _next(self, connection: ClientConnection, patience: float) -> str:
        try:
            async with asyncio.timeout(patience):
                return str(await connection.recv())
        except TimeoutError:
            connection.transport.abort()  # nobody there would answer a close
            raise

    def _lost(self, error: Exception) -> None:
        if self.is_open:
            self.lost_at = time.monotonic()
            received = error.rcvd if isinstance(error, ConnectionClosed) else None
            self.last_close = received.code if received else None
            self.lost(error)

    async def write(self, frame: Frame) -> None:
        """On the present connection; where there is none, or it is lost, nothing happens."""
        if self._connection is not None:
            try:
                await self._connection.send(json.dumps(frame))
            except WebSocketException:
                return

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Let it happen beside the listening."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def of_a_page(origin: str, session_key: str) -> dict[str, Any]:
    """What a browser's page opens the socket with: its cookie, and where it came from."""
    return {
        "origin": Origin(origin),
        "additional_headers": {"Cookie": f"sessionid={session_key}"},
    }
