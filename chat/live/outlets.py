"""The two ways out of this process: straight to the socket where the server offers it, else ASGI.

Both count what their client has not read. 256 frames or 1 MB are too much: whoever lags so far
behind is sent away and resumes, so that nobody's slow phone fills this process's memory.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from chat.live.wire import Frame

logger = logging.getLogger(__name__)

EVENTS_LIMIT = 256
BYTES_LIMIT = 2**20

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Outlet(Protocol):
    """Where one socket's frames go, in order."""

    # The server's own writing, where nothing stands between: it answers how many bytes wait for
    # the client, and whoever uses it says so to `keeps_up` where some do.
    direct: Callable[[bytes], int] | None

    def greet(self, frames: Sequence[Frame]) -> None:
        """Write what a client missed, all at once: that it is much is not the client's fault."""
        ...

    def write(self, frame: Frame) -> bool:
        """Write now; False when the client lags too far behind."""
        ...

    def keeps_up(self, waiting: int) -> bool:
        """Note what waits after a write; False when the client lags too far behind."""
        ...

    def hold(self, frame: Frame) -> None:
        """Write together with whatever else this turn of the loop writes, at its end at last."""
        ...

    async def finish(self) -> None:
        """Return when what was written may be followed by the close."""
        ...

    def stop(self) -> None:
        """Nothing more goes out."""
        ...


def outlet(send: Send, scope: dict[str, Any]) -> Outlet:
    """Straight to the socket where the server can (config/raw_websocket.py), else by `send`."""
    extensions = scope.get("extensions") or {}
    if line := extensions.get("medley.line"):
        return RawOutlet(line.write)
    return AsgiOutlet(send, extensions.get("medley.unsent", lambda: 0))


class RawOutlet:
    """One system call a write, no task and no queue: Twisted's buffer is the only one."""

    __slots__ = ("_behind", "_held", "_write", "direct")

    def __init__(self, write: Callable[[bytes], int]) -> None:
        self._write = write  # answers how many bytes wait for the client, or -1 when it is gone
        self._behind = 0
        self._held: list[bytes] = []
        self.direct: Callable[[bytes], int] | None = write

    def greet(self, frames: Sequence[Frame]) -> None:
        self._write(b"".join(frame.wire for frame in frames))

    def write(self, frame: Frame) -> bool:
        wire = self._released() + frame.wire if self._held else frame.wire
        waiting = self._write(wire)
        return self.keeps_up(waiting) if waiting or self._behind else True

    def keeps_up(self, waiting: int) -> bool:
        self._behind = self._behind + 1 if waiting > 0 else 0
        self._choose()
        return self._behind <= EVENTS_LIMIT and waiting <= BYTES_LIMIT

    def hold(self, frame: Frame) -> None:
        if not self._held:
            asyncio.get_running_loop().call_soon(self._flush)
        self._held.append(frame.wire)
        self.direct = None

    async def finish(self) -> None:
        self._flush()

    def stop(self) -> None:
        self._held.clear()

    def _flush(self) -> None:
        if self._held:
            self._write(self._released())

    def _released(self) -> bytes:
        held, self._held = self._held, []
        self._choose()
        return b"".join(held)

    def _choose(self) -> None:
        self.direct = None if self._held or self._behind else self._write


class AsgiOutlet:
    """A queue and a task that sends, under any server; `unsent` tells what the server holds."""

    direct: Callable[[bytes], int] | None = None

    def __init__(self, send: Send, unsent: Callable[[], int]) -> None:
        self._send, self._unsent = send, unsent
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._greeting = 0  # frames of it that still wait
        self._more = asyncio.Event()
        self._idle = asyncio.Event()
        self._task = asyncio.create_task(self._run())

    def greet(self, frames: Sequence[Frame]) -> None:
        self._greeting = len(frames)
        for frame in frames:
            self.write(frame)

    def write(self, frame: Frame) -> bool:
        self._frames.append(frame.text)
        self._bytes += len(frame.text)
        self._idle.clear()
        self._more.set()
        return self.keeps_up(self._unsent())

    def keeps_up(self, waiting: int) -> bool:
        events = len(self._frames) - self._greeting
        return events <= EVENTS_LIMIT and self._bytes + waiting <= BYTES_LIMIT

    def hold(self, frame: Frame) -> None:
        self.write(frame)

    async def finish(self) -> None:
        await self._idle.wait()

    def stop(self) -> None:
        self._task.cancel()
        self._idle.set()

    async def _run(self) -> None:
        try:
            while True:
                while self._frames:
                    text = self._frames.popleft()
                    self._bytes -= len(text)
                    self._greeting = max(self._greeting - 1, 0)
                    await self._send({"type": "websocket.send", "text": text.decode()})
                self._idle.set()
                self._more.clear()
                await self._more.wait()
        except Exception as error:  # the client vanished in the middle of a frame
            logger.debug("a socket vanished: %s", error)
        finally:
            self._idle.set()
