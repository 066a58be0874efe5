"""Who types and how far people have read: gathered for a moment, told together, never kept here.

In a lively group these would outnumber the messages. Each moment every person counts once a
conversation, and however many people read, the database is written to once.
"""

import asyncio
import logging
import time
from typing import Any

from accounts import live
from accounts.pool import in_thread
from chat import events, receipts
from chat.live.rooms import Room
from chat.live.wire import Frame
from chat.receipts import Places

logger = logging.getLogger(__name__)

MOMENT = 0.2  # seconds
TYPING_EVERY = 2.0  # seconds: the clients' own patience with a silent typist is longer


class Hints:
    """What the sockets of this process hint at; the hub's own, in its loop."""

    def __init__(self, rooms: dict[str, Room]) -> None:
        self._rooms = rooms
        self._typing: set[tuple[str, str]] = set()
        self._typed_at: dict[tuple[str, str], float] = {}
        self._places: Places = {}
        self._task: asyncio.Task[None] | None = None

    def note_typing(self, conversation: str, user: str) -> None:
        """Somebody types; said again within two seconds it says nothing new."""
        now = time.monotonic()
        if now - self._typed_at.get((conversation, user), 0) >= TYPING_EVERY:
            self._typed_at[conversation, user] = now
            self._typing.add((conversation, user))
            self._soon()

    def note_read(self, conversation: str, user: str, seq: int) -> None:
        """Somebody read up to `seq`."""
        key = (conversation, user)
        self._places[key] = max(seq, self._places.get(key, 0))
        self._soon()

    def forget_old(self) -> None:
        """Let go of who typed long ago; called now and then."""
        recent = time.monotonic() - TYPING_EVERY
        self._typed_at = {key: at for key, at in self._typed_at.items() if at > recent}

    def hear(self, message: dict[str, Any]) -> None:
        """Hints from here or another process: to everybody but their author, the blocked, and who
        does not let others see the same."""
        room = self._rooms.get(message["conversation"])
        if room is None or room.is_large:
            return
        for user, is_read, text in message["hints"]:
            frame = Frame(text)
            for socket in room.sockets:
                line = socket.lines[room.conversation]
                shows = line.shows_reading if is_read else line.shows_typing
                # Who reads hears it on their other devices; who types does not.
                wants = is_read if socket.user == user else shows
                if wants and user not in socket.blocked:
                    socket.write(frame)

    def _soon(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._tell())

    async def _tell(self) -> None:
        while self._typing or self._places:
            await asyncio.sleep(MOMENT)
            hints = self._typists()
            places, self._places = self._places, {}
            try:
                hints += await self._readers(places)
            except Exception as error:  # said again when the client reads on
                logger.warning("%d read places lost: %s", len(places), error)
            live.publish_together(events.hint_messages(hints))

    def _typists(self) -> list[events.Hint]:
        typing, self._typing = self._typing, set()
        return [events.Hint(conversation, user, "typing") for conversation, user in typing]

    async def _readers(self, places: Places) -> list[events.Hint]:
        if not places:
            return []
        remembered = await in_thread(receipts.remember, places)
        for (conversation, user), seq in remembered.held.items():
            self.note_read(conversation, user, seq)
        return events.read_hints(remembered.told) + events.read_hints(
            remembered.own, is_private=True
        )
