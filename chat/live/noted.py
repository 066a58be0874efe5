"""Notifications that thousands got at once: the hub looks who of them is connected here, and asks
for those alone."""

from typing import Any
from uuid import UUID

from accounts.notifications.here import events_of
from accounts.pool import in_thread
from chat.live.background import Background
from chat.live.socket import Socket
from chat.live.wire import Frame, encode

AT_ONCE = 500  # people of one look, so that the database and the loop have time for others


class Noted:
    """Of one hub: whoever hears that a line was written or taken back."""

    def __init__(self, users: dict[str, set[Socket]], background: Background) -> None:
        self._users, self._background = users, background

    def hear(self, message: dict[str, Any]) -> None:
        """`users` got the line `group`, or lost it."""
        here = [user for user in message["users"] if user in self._users]
        if here:
            self._background.spawn(self._tell(here, message["group"]))

    async def _tell(self, here: list[str], group: str) -> None:
        for start in range(0, len(here), AT_ONCE):
            people = [UUID(user) for user in here[start : start + AT_ONCE]]
            events = await in_thread(events_of, group, people)
            for user_id, event in events.items():
                frame = Frame(encode(event))
                for socket in self._users.get(str(user_id), ()):
                    socket.write(frame)
