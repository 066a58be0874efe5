"""How many replies a channel's posts have, told to those who are there: the latest number now and
then, however many reply (R27)."""

import time
from typing import Any

from chat.live.rooms import Room
from chat.live.wire import Frame, encode

EVERY = 2.0  # seconds between two words to one room


class ReplyCounts:
    """Keeps the latest count of each post until the room's turn comes."""

    def __init__(self, rooms: dict[str, Room]) -> None:
        self._rooms = rooms
        self._due: dict[str, dict[str, int]] = {}
        self._told_at: dict[str, float] = {}

    def hear(self, message: dict[str, Any]) -> None:
        """A reply was stored or removed, by this process or another."""
        if message["conversation"] in self._rooms:
            counts = self._due.setdefault(message["conversation"], {})
            counts[str(message["seq"])] = message["count"]

    def tell(self) -> None:
        """Called at each tick of the hub's clock."""
        now = time.monotonic()
        for conversation in list(self._due):
            if now - self._told_at.get(conversation, 0) >= EVERY:
                self._told_at[conversation] = now
                self._tell(conversation, self._due.pop(conversation))

    def forget_old(self) -> None:
        """Let go of who was told long ago."""
        recent = time.monotonic() - EVERY
        self._told_at = {key: at for key, at in self._told_at.items() if at > recent}

    def _tell(self, conversation: str, counts: dict[str, int]) -> None:
        room = self._rooms.get(conversation)
        if room is not None:
            told = {"type": "replies", "conversation": conversation, "counts": counts}
            room.write(Frame(encode(told)))
