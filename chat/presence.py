"""Who is here, in each conversation of this process: told once a tick at most, stored nowhere."""

from typing import Any

from accounts import live
from accounts.live import group_of_conversation
from chat.bus import Bus
from chat.rooms import Room
from chat.wire import encode


class Presence:
    """Collects what came and went until the next tick; other processes tell theirs by the bus."""

    def __init__(self, rooms: dict[str, Room]) -> None:
        self._rooms = rooms
        self._due: set[Room] = set()
        self._unpublished: set[Room] = set()

    def note(self, room: Room) -> None:
        """Somebody came into this room or left it; in large rooms nobody is told."""
        if room.takes_hints:
            self._due.add(room)
            self._unpublished.add(room)

    def hear(self, message: dict[str, Any]) -> None:
        """Another process says who is with it; `ask` wants the same of us."""
        room = self._rooms.get(message["conversation"])
        if room is None:
            return
        room.elsewhere[message["origin"]] = frozenset(message["here"])
        self._due.add(room)
        if message["ask"]:
            self._unpublished.add(room)

    def introduce(self) -> None:
        """A new process listens: say at the next tick who is here."""
        self._unpublished.update(room for room in self._rooms.values() if room.takes_hints)

    def tell(self, bus: Bus) -> None:
        """Write what changed since the last tick to the sockets, and to the other processes."""
        for origin in bus.lost():
            for room in self._rooms.values():
                if room.elsewhere.pop(origin, None):
                    self._due.add(room)
        due, self._due = self._due, set()
        for room in due:
            _tell_room(room)
        unpublished, self._unpublished = self._unpublished, set()
        if bus.has_others:
            for room in unpublished:
                _publish(room)


def _tell_room(room: Room) -> None:
    here = room.here_anywhere
    if len(here | room.told) <= 1:  # nobody else was or is there: nothing to tell
        room.told, room.newcomers = here, set()
        return
    listeners = room.sockets if here != room.told else room.newcomers
    for socket in list(listeners):
        visible = sorted(here - socket.blocked)
        socket.write(
            encode({"type": "presence", "conversation": room.conversation, "here": visible})
        )
    room.told, room.newcomers = here, set()


def _publish(room: Room) -> None:
    live.publish(
        group_of_conversation(room.conversation),
        {
            "type": "conversation.presence",
            "conversation": room.conversation,
            "here": sorted(room.here),
            "ask": not room.elsewhere,
        },
    )
