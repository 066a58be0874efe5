"""Who hears what: the rooms of this process, kept as the database says."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from accounts.live import group_of_conversation
from accounts.policy.regions import region_off
from accounts.pool import in_thread
from chat import changes
from chat.live import knowledge
from chat.live.background import Background
from chat.live.bus import Bus
from chat.live.gathering import Gathering
from chat.live.healing import Healing
from chat.live.knowledge import Known, Line
from chat.live.presence import Presence
from chat.live.rooms import Room
from chat.live.socket import Socket
from chat.live.wire import Frame


class Audience:
    """Brings sockets into rooms and out of them; a room is there while somebody is in it."""

    def __init__(
        self,
        rooms: dict[str, Room],
        bus: Bus,
        presence: Presence,
        healing: Healing,
        background: Background,
    ) -> None:
        self._rooms, self._bus, self._presence = rooms, bus, presence
        self._healing, self._background = healing, background
        self._sizes: Gathering[str, int] = Gathering(knowledge.sizes)

    def sync(self, socket: Socket, known: Known) -> None:
        """Make what reaches the socket what the database says."""
        if not socket.is_open:
            return
        lines = self._open(socket, known.lines.get(socket.user, {}))
        socket.blocked = known.blocked.get(socket.user, frozenset())
        for conversation in socket.lines.keys() - lines.keys():
            revision = socket.heads.get(conversation, 0)
            self.detach(socket, conversation)
            if conversation in socket.shut:  # the person still takes part in it
                continue
            socket.write(Frame(changes.ended_frame(conversation, socket.user, revision)))
        new = lines.keys() - socket.lines.keys()
        for conversation in new:
            self._attach(socket, conversation, lines[conversation])
        if new and socket.is_started:
            self._background.spawn(self._bring_in(socket, new))
        for conversation, line in lines.items():
            socket.lines[conversation] = line
            self._healing.heal(self._rooms[conversation], line.revision)

    def shut_off(self, socket: Socket, off: frozenset[str]) -> None:
        """From now on this is off where the client is (R45): at once, before anybody asks the
        database. What is on again comes with the next `sync`."""
        socket.off = off
        for conversation, line in list(socket.lines.items()):
            if _is_off(line, socket):
                self.detach(socket, conversation)
                socket.shut[conversation] = line.feature

    def _open(self, socket: Socket, lines: Mapping[str, Line]) -> Mapping[str, Line]:
        """Those that are not off where the client is (R45)."""
        if not socket.off:
            socket.shut = {}
            return lines
        shut = {key: line.feature for key, line in lines.items() if _is_off(line, socket)}
        socket.shut = shut
        return {key: line for key, line in lines.items() if key not in shut}

    def detach(self, socket: Socket, conversation: str) -> None:
        """Nothing of this conversation reaches the socket from here on."""
        socket.lines.pop(conversation, None)
        socket.heads.pop(conversation, None)
        room = self._rooms.get(conversation)
        if room is None:
            return
        room.sockets.discard(socket)
        if not room.is_quiet:
            self._presence.went(room, socket)
        if not room.sockets:
            del self._rooms[conversation]
            self._background.spawn(self._bus.leave([group_of_conversation(conversation)]))

    def _attach(self, socket: Socket, conversation: str, line: Line) -> None:
        room = self._rooms.get(conversation)
        if room is None:
            room = self._rooms[conversation] = Room(conversation, line.is_quiet)
            if not room.is_quiet:
                self._background.spawn(self._measure(room))
        room.raise_head(line.revision)
        room.sockets.add(socket)
        socket.lines[conversation] = line
        if not room.is_quiet:
            self._presence.came(room, socket)

    async def _measure(self, room: Room) -> None:
        room.size = await self._sizes.ask(room.conversation)

    async def _bring_in(self, socket: Socket, conversations: Iterable[str]) -> None:
        """A person's own sockets hear of what became theirs, with the card their inbox needs."""
        wanted = set(conversations)
        await self._bus.join(group_of_conversation(each) for each in wanted)
        frames = await in_thread(
            changes.joined_frames, socket.user_id, [UUID(each) for each in wanted]
        )
        for text in frames:
            socket.write(Frame(text))


def _is_off(line: Line, socket: Socket) -> bool:
    return region_off(line.feature, socket.off) is not None
