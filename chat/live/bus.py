"""What processes tell each other: one channel a process, which outlives the loss of Redis."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from channels.layers import get_channel_layer

from accounts.live import HUBS, ORIGIN

logger = logging.getLogger(__name__)

CANARY_EVERY = 10.0  # seconds
CANARY_PATIENCE = 3.0  # a canary that is not back by then died on a line that only looks alive
RETRY_EVERY = 0.5  # while the bus is down
SETTLED_AFTER = 15.0  # after it was: the longest that another process needs to notice and rejoin
PATIENCE = 1.0  # for one subscription
OTHERS_PATIENCE = 35.0  # a process not heard for so long is gone

Hear = Callable[[dict[str, Any]], None]


class Bus:
    """Joins groups, hears what others say in them, and notices when it has gone deaf."""

    def __init__(self, hear: Hear, healed: Callable[[], None]) -> None:
        self._hear, self._healed = hear, healed
        self._wanted: set[str] = {HUBS}
        self._joined: set[str] = set()
        self._channel = ""
        self._lock = asyncio.Lock()
        self._listener: asyncio.Task[None] | None = None
        self._canary_heard = asyncio.Event()
        self._others: dict[str, float] = {}
        self._up_since = float("-inf")
        self.is_up = True

    async def join(self, groups: Iterable[str]) -> None:
        """Hear these groups from now on. Returns after a second at most, Redis or not."""
        self._wanted.update(groups)
        if self.is_up and not self._wanted <= self._joined:
            await self._settle()

    async def leave(self, groups: Iterable[str]) -> None:
        """Hear these groups no more."""
        groups = set(groups)
        self._wanted -= groups
        for group in groups & self._joined:
            self._joined.discard(group)
            try:
                async with asyncio.timeout(PATIENCE):
                    await get_channel_layer().group_discard(group, self._channel)
            except Exception as error:
                self._failed(error)
                return

    @property
    def has_others(self) -> bool:
        """Whether any other process has been heard lately."""
        return any(time.monotonic() - at < OTHERS_PATIENCE for at in self._others.values())

    @property
    def is_settled(self) -> bool:
        """Whether others can be trusted to be heard: up, and for long enough that they are too."""
        return self.is_up and time.monotonic() - self._up_since >= SETTLED_AFTER

    def lost(self) -> set[str]:
        """Origins that fell silent since last asked."""
        silent = {o for o, at in self._others.items() if time.monotonic() - at >= OTHERS_PATIENCE}
        for origin in silent:
            del self._others[origin]
        return silent

    async def watch(self) -> None:
        """For ever: send a canary, and begin anew where it does not come back."""
        while True:
            if not await self._canary_returns():
                self.is_up = False
                await self._begin_anew()
            await asyncio.sleep(CANARY_EVERY if self.is_up else RETRY_EVERY)

    async def stop(self) -> None:
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.wait([self._listener])

    async def _settle(self) -> None:
        """Join what is wanted and not joined."""
        async with self._lock:
            layer = get_channel_layer()
            try:
                async with asyncio.timeout(PATIENCE):
                    if not self._channel:
                        self._channel = await layer.new_channel()
                        self._listener = asyncio.create_task(self._listen(self._channel))
                    for group in self._wanted - self._joined:
                        await layer.group_add(group, self._channel)
                        self._joined.add(group)
            except Exception as error:
                self._failed(error)

    async def _listen(self, channel: str) -> None:
        while True:
            message = await get_channel_layer().receive(channel)
            try:
                self._take(message)
            except Exception:
                logger.exception("a message of the bus was not understood")

    def _take(self, message: dict[str, Any]) -> None:
        origin = message.get("origin")
        if message.get("type") == "hub.canary":
            if origin == ORIGIN:
                self._canary_heard.set()
            elif origin:
                is_new = origin not in self._others
                self._others[origin] = time.monotonic()
                if is_new:
                    self._hear({"type": "hub.new", "origin": origin})
                    # Whoever came later did not hear our last one, and waits with us to publish.
                    self._greet_soon()
        elif origin != ORIGIN:
            self._hear(message)

    async def _canary_returns(self) -> bool:
        self._canary_heard.clear()
        await self._settle()
        try:
            # Once it is known to be down, trying again soon finds it sooner than waiting long.
            async with asyncio.timeout(CANARY_PATIENCE if self.is_up else PATIENCE):
                await self._say_canary()
                await self._canary_heard.wait()
        except Exception as error:
            self._failed(error)
            return False
        if not self.is_up:
            self.is_up, self._up_since = True, time.monotonic()
            logger.info("the bus is back")
            self._healed()
        return True

    def _greet_soon(self) -> None:
        async def greet() -> None:
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._say_canary()
            except Exception as error:
                self._failed(error)

        self._greeting = asyncio.create_task(greet())

    async def _say_canary(self) -> None:
        await get_channel_layer().group_send(HUBS, {"type": "hub.canary", "origin": ORIGIN})

    async def _begin_anew(self) -> None:
        """Drop connections and subscriptions; the next canary joins everything again."""
        async with self._lock:
            if self._listener is not None:
                self._listener.cancel()
            self._joined, self._channel, self._listener = set(), "", None
            try:
                async with asyncio.timeout(PATIENCE):
                    await get_channel_layer().flush()
            except Exception as error:
                logger.debug("flushing the channel layer: %s", error)

    def _failed(self, error: Exception) -> None:
        if self.is_up:
            logger.warning("the bus is down: %s", error or type(error).__name__)
        self.is_up = False
