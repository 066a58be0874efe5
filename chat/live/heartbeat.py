"""What the hub does by the clock: end what is over, and let the database say what is true.

Every 25 s at most each client hears how far its conversations have come, so that whatever Redis
lost is found; and whoever may hear something no more, or not at all, is found the same way.
"""

import asyncio
import logging
import random
import time
from typing import TYPE_CHECKING

from accounts.pool import in_thread
from chat.live import knowledge
from chat.live.socket import RESTART, REVOKED, TOO_SLOW, Socket
from chat.live.wire import Frame, encode

if TYPE_CHECKING:
    from chat.hub import Hub

logger = logging.getLogger(__name__)

HEARTBEAT = 25.0  # seconds, at most: the clients' patience ends at 35
TICK = 0.5
LOOK_PATIENCE = 3.0  # for the database
# While the bus is down other processes are heard through the database alone: one query.
LOOK_AROUND_EVERY = 2.0
AT_ONCE = 100  # sockets in one look, so that a thousand who came together do not stay together

QUIET = Frame(encode({"type": "heartbeat", "heads": {}}))


class Heartbeat:
    """The clock of one hub."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._look: asyncio.Task[knowledge.Known] | None = None
        self._looked_around_at = 0.0

    async def run(self) -> None:
        """For ever, twice a second."""
        while True:
            await asyncio.sleep(min(TICK, HEARTBEAT / 5))
            try:
                self._close_silent()
                self._look_around_if_deaf()
                await self._beat()
                self._hub.presence.tell(self._hub.bus)
                self._hub.replies.tell()
                self._hub.replies.forget_old()
                self._hub.hints.forget_old()
            except Exception:
                logger.exception("a tick of the hub failed")

    def _close_silent(self) -> None:
        """End what no longer answers (half-open), what lived long enough, what the hub forgot."""
        now = time.monotonic()
        for socket in self._hub.sockets:
            if not socket.is_open:
                self._hub.remove(socket)
            elif now - socket.heard_at > 2 * HEARTBEAT + 5:
                self._hub.close(socket, TOO_SLOW)
            elif now > socket.ends_at:
                self._hub.close(socket, RESTART)

    def _look_around_if_deaf(self) -> None:
        now = time.monotonic()
        if not self._hub.bus.is_settled and now - self._looked_around_at >= LOOK_AROUND_EVERY:
            self._looked_around_at = now
            self._hub.healing.look_around()

    async def _beat(self) -> None:
        due = self._due()
        if not due:
            return
        known = await self._know(due)
        # Told a little apart from now on, whoever came together.
        now = time.monotonic() - random.uniform(0, TICK)  # noqa: S311
        for socket in due:
            socket.beaten_at = now
            self._beat_one(socket, known)

    def _due(self) -> list[Socket]:
        """Those whose time comes within a tick; when they are many, some of them early."""
        before = time.monotonic() - HEARTBEAT + 4 * TICK
        due = [each for each in self._hub.sockets if each.is_started and each.beaten_at <= before]
        late = before - 2 * TICK
        overdue = sum(each.beaten_at <= late for each in due)
        due.sort(key=lambda each: each.beaten_at)
        return due[: max(AT_ONCE, overdue)]

    async def _know(self, sockets: list[Socket]) -> knowledge.Known | None:
        """What the database says of these; None where it does not answer in time."""
        if self._look is not None and not self._look.done():
            return None
        users = {socket.user_id for socket in sockets}
        keys = {socket.session_key for socket in sockets}
        self._look = asyncio.create_task(in_thread(knowledge.of_users, users, keys))
        try:
            async with asyncio.timeout(LOOK_PATIENCE):
                return await asyncio.shield(self._look)
        except Exception as error:
            logger.warning("heartbeat without the database: %s", error or type(error).__name__)
            return None

    def _beat_one(self, socket: Socket, known: knowledge.Known | None) -> None:
        if known is None:
            socket.write(QUIET)
            return
        if socket.session_key not in known.living:
            self._hub.close(socket, REVOKED)
            return
        self._hub.audience.sync(socket, known)
        heads = known.heads_of(socket.user, without=socket.shut)
        risen = {each: head for each, head in heads.items() if head > socket.heads.get(each, -1)}
        socket.heads = heads
        beat = {"type": "heartbeat", "heads": risen}
        socket.write(Frame(encode(beat)) if risen else QUIET)
