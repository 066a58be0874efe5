"""Who is here, in each conversation of this process: told once a tick at most, stored nowhere.

In large groups nobody is named: all hear how many are there, every few seconds.
"""

import time
from dataclasses import dataclass, field
from typing import Any

from accounts import live
from accounts.live import group_of_conversation
from chat.live.bus import Bus
from chat.live.rooms import Room
from chat.live.socket import Socket
from chat.live.wire import Frame, encode

LARGE_EVERY = 5.0  # seconds between two counts of a large group


@dataclass(slots=True)
class Attendance:
    """What was last told in one room, who came since, and what other processes say."""

    told: frozenset[str] = frozenset()
    told_at: float = 0.0
    newcomers: set[Socket] = field(default_factory=set)
    elsewhere: dict[str, frozenset[str]] = field(default_factory=dict)


class Presence:
    """Collects what came and went until the next tick; other processes tell theirs by the bus."""

    def __init__(self, rooms: dict[str, Room]) -> None:
        self._rooms = rooms
        self._attendance: dict[Room, Attendance] = {}
        self._due: set[Room] = set()
        self._unpublished: set[Room] = set()

    def came(self, room: Room, socket: Socket) -> None:
        """Somebody came into this room."""
        self._of(room).newcomers.add(socket)
        self._note(room)

    def went(self, room: Room, socket: Socket) -> None:
        """Somebody left it; the last one takes its memory along."""
        self._of(room).newcomers.discard(socket)
        self._note(room)
        if not room.sockets:
            self._attendance.pop(room, None)
            self._due.discard(room)

    def hear(self, message: dict[str, Any]) -> None:
        """Another process says who is with it; `ask` wants the same of us."""
        room = self._rooms.get(message["conversation"])
        if room is None or room.is_quiet:
            return
        self._of(room).elsewhere[message["origin"]] = frozenset(message["here"])
        self._due.add(room)
        if message["ask"]:
            self._unpublished.add(room)

    def introduce(self) -> None:
        """A new process listens: say at the next tick who is here."""
        self._unpublished.update(room for room in self._rooms.values() if not room.is_quiet)

    def tell(self, bus: Bus) -> None:
        """Write what changed since the last tick to the sockets, and to the other processes."""
        for origin in bus.lost():
            for room, attendance in self._attendance.items():
                if attendance.elsewhere.pop(origin, None):
                    self._due.add(room)
        due, self._due = self._due, set()
        for room in due:
            self._tell_room(room, self._of(room))
        unpublished, self._unpublished = self._unpublished, set()
        if bus.has_others:
            for room in unpublished:
                self._publish(room)

    def _of(self, room: Room) -> Attendance:
        attendance = self._attendance.get(room)
        if attendance is None:
            attendance = self._attendance[room] = Attendance()
        return attendance

    def _note(self, room: Room) -> None:
        self._due.add(room)
        self._unpublished.add(room)

    def _tell_room(self, room: Room, attendance: Attendance) -> None:
        if room.is_large and time.monotonic() - attendance.told_at < LARGE_EVERY:
            self._due.add(room)
            return
        here = room.here.union(*attendance.elsewhere.values())
        news = here != attendance.told
        listeners = room.sockets if news else attendance.newcomers
        if len(here | attendance.told) > 1:  # else nobody else was or is there: nothing to tell
            _write(room, here, listeners)
        attendance.told, attendance.told_at = here, time.monotonic()
        attendance.newcomers = set()

    def _publish(self, room: Room) -> None:
        # A room that everybody left has no memory any more, and must not be given another.
        attendance = self._attendance.get(room)
        message = {
            "type": "conversation.presence",
            "conversation": room.conversation,
            "here": sorted(room.here),
            "ask": attendance is not None and not attendance.elsewhere,
        }
        live.publish(group_of_conversation(room.conversation), message)


def _write(room: Room, here: frozenset[str], listeners: set[Socket]) -> None:
    if room.is_large:
        frame = _frame(room, count=len(here))
        for socket in listeners:
            socket.write(frame)
        return
    frame = _frame(room, here=sorted(here))
    for socket in listeners:
        hidden = here & socket.blocked
        socket.write(_frame(room, here=sorted(here - hidden)) if hidden else frame)


def _frame(room: Room, **said: Any) -> Frame:
    return Frame(encode({"type": "presence", "conversation": room.conversation, **said}))
