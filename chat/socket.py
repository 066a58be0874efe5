"""One client's line as the hub sees it: what waits to be written, and when it has to end."""

import asyncio
import logging
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

logger = logging.getLogger(__name__)

PROTOCOL, NOT_SIGNED_IN, REVOKED, TOO_SLOW, FLOOD, RESTART = 4000, 4001, 4003, 4008, 4009, 1012

# What may wait for one client, in this process and in the server's own buffer.
EVENTS_LIMIT = 256
BYTES_LIMIT = 2**20
SHORTEST_LIFE, LONGEST_LIFE = 4 * 3600, 8 * 3600  # seconds: groups in Redis expire after 24 hours

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Socket:
    """A welcomed client. Frames are kept until `start()`, then written in order by one task."""

    def __init__(self, send: Send, user_id: UUID, session_key: str, scope: dict[str, Any]) -> None:
        self.send, self.user_id = send, user_id
        self.user = str(user_id)
        self.session_key = session_key
        # How much the server holds for this client, where it can tell (config/server.py): under
        # daphne `send` returns at once, whether anybody reads or not.
        self.unsent: Callable[[], int] = scope.get("extensions", {}).get("medley.unsent", lambda: 0)
        self.conversations: set[str] = set()
        self.heads: dict[str, int] = {}  # as told to the client in welcome and heartbeats
        self.from_seqs: dict[str, int] = {}  # where earlier messages are not theirs to see (R25)
        self.blocked: frozenset[str] = frozenset()
        self.heard_at = self.beaten_at = time.monotonic()
        self.ends_at = self.heard_at + random.uniform(SHORTEST_LIFE, LONGEST_LIFE)  # noqa: S311
        self.closed_with: int | None = None
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._more = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_with is None

    @property
    def is_started(self) -> bool:
        """Whether the welcome was written."""
        return self._writer is not None

    def write(self, frame: bytes) -> None:
        """Queue one frame; a client that does not read is closed with 4008 and resumes later."""
        if not self.is_open:
            return
        self._frames.append(frame)
        self._bytes += len(frame)
        if len(self._frames) > EVENTS_LIMIT or self._bytes + self.unsent() > BYTES_LIMIT:
            self.close(TOO_SLOW)
        else:
            self._more.set()

    def start(self, *frames: bytes) -> None:
        """Write `frames`, then whatever was queued meanwhile, then what comes."""
        self._frames.extendleft(reversed(frames))
        self._bytes += sum(map(len, frames))
        self._more.set()
        self._writer = asyncio.create_task(self._write())

    def heard(self) -> None:
        """The client said something: its line is alive."""
        self.heard_at = time.monotonic()

    def close_after_frames(self, code: int) -> None:
        """Close once what waits is written: for a client that is told why."""
        if self.is_open:
            self.closed_with = code
            self._more.set()

    def close(self, code: int) -> None:
        """Nothing more is written but the close. What waited is found again on resuming."""
        if not self.is_open:
            return
        self.closed_with = code
        self._frames.clear()
        self._more.set()
        if self._writer is None or code == TOO_SLOW:
            self.stop()
            self._writer = asyncio.create_task(self._say_goodbye())

    def stop(self) -> None:
        """The connection is gone."""
        self.closed_with = self.closed_with or 1000
        if self._writer is not None:
            self._writer.cancel()

    async def _write(self) -> None:
        try:
            while self._frames or self.is_open:
                while self._frames:
                    frame = self._frames.popleft()
                    self._bytes -= len(frame)
                    await self.send({"type": "websocket.send", "text": frame.decode()})
                self._more.clear()
                if self.is_open:
                    await self._more.wait()
        except Exception as error:  # the client vanished in the middle of a frame
            logger.debug("socket of %s: %s", self.user, error)
            return
        await self._say_goodbye()

    async def _say_goodbye(self) -> None:
        try:
            await self.send({"type": "websocket.close", "code": self.closed_with})
        except Exception as error:
            logger.debug("socket of %s was gone: %s", self.user, error)
