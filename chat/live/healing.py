"""Holes in what a room was told, closed from the database."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from accounts.pool import in_thread
from chat.live import knowledge
from chat.live.rooms import News, Room
from chat.metrics import HEALS

HOLE_PATIENCE = 0.2  # seconds for the missing piece of another process
NEW_HERE = 2.0  # seconds until every other process knows that this one listens

Spawn = Callable[[Coroutine[Any, Any, None]], None]


class Healing:
    """Waits a moment for what is missing, then fetches it; each room once at a time."""

    def __init__(self, rooms: dict[str, Room], spawn: Spawn, hear: Callable[[News], None]) -> None:
        self._rooms, self._spawn, self._hear = rooms, spawn, hear
        self._is_looking = False

    def heal(self, room: Room, known: int = 0) -> None:
        """Something is missing: before what came early, or up to the number `known`."""
        room.known = max(room.known, known)
        if room.has_hole and not room.is_healing:
            room.is_healing = True
            self._spawn(self._heal(room))

    def look_around(self) -> None:
        """The bus is or was deaf: look at every room now instead of at the next heartbeat."""
        if not self._is_looking:
            self._is_looking = True
            self._spawn(self._look_around())

    async def look_again(self) -> None:
        """Others publish only once they know that somebody else listens: what they kept to
        themselves while this process was new is found now."""
        await asyncio.sleep(NEW_HERE)
        self.look_around()

    async def _heal(self, room: Room) -> None:
        try:
            await asyncio.sleep(HOLE_PATIENCE)
            while room.has_hole and room.sockets:
                head = room.head or 0
                news = await in_thread(knowledge.news_after, room.conversation, head)
                if room.head == head:
                    HEALS.inc()
                    self._hear(news)
                    break
                # Some of it came by itself meanwhile and must not be told twice: look again.
                await asyncio.sleep(HOLE_PATIENCE)
        finally:
            room.is_healing = False

    async def _look_around(self) -> None:
        try:
            heads = await in_thread(knowledge.heads, list(self._rooms))
        finally:
            self._is_looking = False
        for conversation, head in heads.items():
            room = self._rooms.get(conversation)
            if room is not None:
                self.heal(room, head)
