"""One client's line as the hub sees it: who it is, what reaches it, and when it has to end."""

import asyncio
import logging
import random
import time
from typing import Any
from uuid import UUID

from chat.live.knowledge import Line
from chat.live.outlets import BYTES_LIMIT, EVENTS_LIMIT, Send, outlet
from chat.live.wire import Frame

logger = logging.getLogger(__name__)

PROTOCOL, NOT_SIGNED_IN, REVOKED, TOO_SLOW, FLOOD, RESTART = 4000, 4001, 4003, 4008, 4009, 1012
REGION_OFF = 4010

SHORTEST_LIFE, LONGEST_LIFE = 4 * 3600, 8 * 3600  # seconds: groups in Redis expire after 24 hours


class Socket:
    """A welcomed client. What comes before `start()` is kept and follows the welcome."""

    def __init__(
        self,
        send: Send,
        user_id: UUID,
        session_key: str,
        scope: dict[str, Any],
        *,
        region: str = "",
    ) -> None:
        self.user_id, self.user = user_id, str(user_id)
        self.session_key = session_key
        self.region = region  # two letters, or nothing where nobody knows
        self.off: frozenset[str] = frozenset()  # what is off there, as the client was told
        self.shut: dict[str, str] = {}  # conversations that are off, and of which feature each is
        self.lines: dict[str, Line] = {}  # what reaches it, by conversation
        self.heads: dict[str, int] = {}  # as told to the client in welcome and heartbeats
        self.blocked: frozenset[str] = frozenset()
        self.heard_at = self.beaten_at = time.monotonic()
        self.ends_at = self.heard_at + random.uniform(SHORTEST_LIFE, LONGEST_LIFE)  # noqa: S311
        self.closed_with: int | None = None
        self.is_quick = False  # open and started
        self._send = send
        self._outlet = outlet(send, scope)
        self._early: list[Frame] | None = []
        self._farewell: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_with is None

    @property
    def is_started(self) -> bool:
        """Whether the welcome was written."""
        return self._early is None

    def write(self, frame: Frame) -> None:
        """Write one frame; a client that does not read is closed with 4008 and resumes later."""
        # A bare call for nearly every frame: this runs once a member and commit.
        if self.is_quick and (direct := self._outlet.direct) is not None:
            waiting = direct(frame.wire)
            if waiting and not self._outlet.keeps_up(waiting):
                self.close(TOO_SLOW)
        else:
            self._write_with_care(frame)

    def _write_with_care(self, frame: Frame) -> None:
        if not self.is_open:
            return
        if self._early is not None:
            self._keep(self._early, frame)
        elif not self._outlet.write(frame):
            self.close(TOO_SLOW)

    def hold(self, frame: Frame) -> None:
        """Write an answer, in one go with the news of the same commit where there are some."""
        if self.closed_with is None:
            self._outlet.hold(frame)

    def start(self, *frames: Frame) -> None:
        """Write `frames`, then whatever came meanwhile; from now on everything at once."""
        early, self._early = self._early or [], None
        if self.is_open:
            self.is_quick = True
            self._outlet.greet((*frames, *early))

    def heard(self) -> None:
        """The client said something: its line is alive."""
        self.heard_at = time.monotonic()

    def close_after_frames(self, code: int) -> None:
        """Close once what waits is written: for a client that is told why."""
        if self.is_open:
            self._end(code)
            self._farewell = asyncio.create_task(self._say_goodbye(code, patiently=True))

    def close(self, code: int) -> None:
        """Nothing more is written but the close. What waited is found again on resuming."""
        if self.is_open:
            self._end(code)
            self._outlet.stop()
            self._farewell = asyncio.create_task(self._say_goodbye(code))

    def stop(self) -> None:
        """The connection is gone."""
        self._end(self.closed_with or 1000)
        self._outlet.stop()
        if self._farewell is not None:
            self._farewell.cancel()

    def _end(self, code: int) -> None:
        self.closed_with, self.is_quick = code, False

    def _keep(self, early: list[Frame], frame: Frame) -> None:
        early.append(frame)
        if len(early) > EVENTS_LIMIT or sum(len(each.text) for each in early) > BYTES_LIMIT:
            self.close(TOO_SLOW)

    async def _say_goodbye(self, code: int, *, patiently: bool = False) -> None:
        try:
            if patiently:
                await self._outlet.finish()
            await self._send({"type": "websocket.close", "code": code})
        except Exception as error:
            logger.debug("socket of %s was gone: %s", self.user, error)
