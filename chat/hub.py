"""The hub: every socket of this process, and who of them hears what.

News come from `accounts/live.py`, of this process directly and of others through the bus. Each is
encoded once by whoever made it and written once to each socket. Redis is only the quick way: at
each heartbeat (chat/heartbeat.py) the database says who may hear what and how far each
conversation has come.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterable
from typing import Any
from uuid import UUID

from accounts import live
from accounts.live import group_of_conversation, group_of_user
from accounts.pool import in_thread
from chat import changes, heartbeat, knowledge
from chat.bus import Bus
from chat.changes import Cursors
from chat.gathering import Gathering
from chat.healing import Healing
from chat.hints import Hints
from chat.knowledge import Known, Line
from chat.presence import Presence
from chat.rooms import News, Room
from chat.socket import RESTART, REVOKED, Socket
from chat.wire import Frame, encode

logger = logging.getLogger(__name__)

DRAIN_SECONDS = 1.8


class Hub:
    """One per process, in the server's loop: the module's `hub`. A new loop begins empty."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._clear()

    def _clear(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.users: dict[str, set[Socket]] = {}
        self.is_draining = False
        self.hints = Hints(self.rooms)
        self.presence = Presence(self.rooms)
        self.healing = Healing(self.rooms, self._spawn, self._hear_events)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._known: Gathering[UUID, Known] = Gathering(knowledge.of_each)
        self._missed: Gathering[Cursors, list[bytes]] = Gathering(changes.resumptions)
        self._sizes: Gathering[str, int] = Gathering(knowledge.sizes)

    # --- Coming and going -----------------------------------------------------------------------

    async def welcome(self, socket: Socket, cursors: dict[UUID, int]) -> None:
        """Let a signed-in client hear what is theirs: subscribe, then fetch after the cursors."""
        self._start()
        self.users.setdefault(socket.user, set()).add(socket)
        await self.bus.join([group_of_user(socket.user)])
        self.sync(socket, await self._known.ask(socket.user_id))
        await self.bus.join(group_of_conversation(each) for each in socket.lines)
        # Only what is read after subscribing is sure to have no hole behind it.
        known = await self._known.ask(socket.user_id)
        self.sync(socket, known)
        missed = await self._missed.ask(Cursors(socket.user_id, cursors)) if cursors else []
        socket.heads = known.heads_of(socket.user)
        if self.is_draining:
            socket.close(RESTART)
        welcome = {
            "type": "welcome",
            "user": socket.user,
            "heartbeat": heartbeat.HEARTBEAT,
            "heads": socket.heads,
        }
        socket.start(Frame(encode(welcome)), *map(Frame, missed))

    async def resume(self, socket: Socket, cursors: dict[UUID, int]) -> None:
        """A further hello: what happened after these cursors."""
        for text in await self._missed.ask(Cursors(socket.user_id, cursors)):
            socket.write(Frame(text))

    def remove(self, socket: Socket) -> None:
        """The connection is gone or to be closed: nothing reaches it from here on."""
        for conversation in list(socket.lines):
            self._detach(socket, conversation)
        sockets = self.users.get(socket.user)
        if sockets is not None:
            sockets.discard(socket)
            if not sockets:
                del self.users[socket.user]
                self._spawn(self.bus.leave([group_of_user(socket.user)]))

    def close(self, socket: Socket, code: int) -> None:
        """Close one socket and forget it at once, whenever its connection really ends."""
        socket.close(code)
        self.remove(socket)

    @property
    def sockets(self) -> list[Socket]:
        """Everybody's."""
        return [socket for sockets in self.users.values() for socket in sockets]

    async def drain(self) -> None:
        """Send every client elsewhere (1012), spread over two seconds so that they do not storm."""
        self.is_draining = True
        sockets = self.sockets
        began = time.monotonic()
        for done, socket in enumerate(sockets, start=1):
            self.close(socket, RESTART)
            # By the clock: naps of their own length would add up to more on a busy machine.
            early = began + DRAIN_SECONDS * done / len(sockets) - time.monotonic()
            if early > 0:
                await asyncio.sleep(early)

    async def stop(self) -> None:
        """Forget everything: for tests, before their loop ends."""
        if self._loop is None:
            return
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.bus.stop()
        live.listen(self._loop, None)
        self._loop = None
        self._clear()

    # --- Hearing --------------------------------------------------------------------------------

    def receive(self, _group: str, message: dict[str, Any]) -> None:
        """News of this process, called in the loop by accounts/live.py."""
        self.hear(message)

    @property
    def has_others(self) -> bool:
        """Whether another process is there to be told."""
        return self.bus.has_others

    def hear(self, message: dict[str, Any]) -> None:
        """News of this or another process; unknown kinds are of a newer version and not for us."""
        handler = self._handlers.get(message["type"])
        if handler is not None:
            handler(self, message)

    def _hear_events(self, message: News) -> None:
        room = self.rooms.get(message["conversation"])
        if room is None:
            return
        for news in room.in_order(message):
            self._tell(room, news)
        if room.early:
            self.healing.heal(room)

    def _tell(self, room: Room, news: News) -> None:
        frame = Frame(news["frame"])
        if news["oldest"]:
            resync = Frame(changes.resync_frame(room.conversation))
            room.write_about(news["oldest"], frame, resync)
        else:
            room.write(frame)
        if room.size is not None:
            room.size += news["grown"]
        for user in news["ended"]:
            for socket in list(self.users.get(user, ())):
                self._detach(socket, room.conversation)

    def _hear_hints(self, message: dict[str, Any]) -> None:
        self.hints.hear(message)

    def _hear_presence(self, message: dict[str, Any]) -> None:
        self.presence.hear(message)

    def _hear_new_hub(self, _message: dict[str, Any]) -> None:
        self.presence.introduce()

    def _hear_user_event(self, message: dict[str, Any]) -> None:
        frame = Frame(encode(message["event"]))
        for socket in self.users.get(message["user"], ()):
            socket.write(frame)

    def _hear_refresh(self, message: dict[str, Any]) -> None:
        if message["user"] in self.users:
            self._spawn(self._refresh(message["user"]))

    async def _refresh(self, user: str) -> None:
        known = await self._known.ask(UUID(user))
        for socket in list(self.users.get(user, ())):
            self.sync(socket, known)

    def _hear_revoked(self, message: dict[str, Any]) -> None:
        if message["user"] in self.users:
            self._spawn(self._close_revoked(message["user"], message["session"]))

    async def _close_revoked(self, user: str, session_key: str | None) -> None:
        sockets = list(self.users.get(user, ()))
        keys = {socket.session_key for socket in sockets} - {session_key}
        try:
            living = await in_thread(knowledge.living, keys)
        except Exception as error:  # a database that cannot be asked means no
            logger.warning("sessions could not be checked: %s", error)
            living = set()
        for socket in sockets:
            if socket.session_key not in living:
                self.close(socket, REVOKED)

    # --- Who hears what -------------------------------------------------------------------------

    def sync(self, socket: Socket, known: Known) -> None:
        """Make what reaches the socket what the database says."""
        if not socket.is_open:
            return
        lines = known.lines.get(socket.user, {})
        socket.blocked = known.blocked.get(socket.user, frozenset())
        for conversation in socket.lines.keys() - lines.keys():
            revision = socket.heads.get(conversation, 0)
            self._detach(socket, conversation)
            socket.write(Frame(changes.ended_frame(conversation, socket.user, revision)))
        new = lines.keys() - socket.lines.keys()
        for conversation in new:
            self._attach(socket, conversation, lines[conversation])
        if new and socket.is_started:
            self._spawn(self._bring_in(socket, new))
        for conversation, line in lines.items():
            socket.lines[conversation] = line
            room = self.rooms[conversation]
            if room.head is not None and line.revision > room.head:
                self.healing.heal(room)

    def _attach(self, socket: Socket, conversation: str, line: Line) -> None:
        room = self.rooms.get(conversation)
        if room is None:
            room = self.rooms[conversation] = Room(conversation)
            self._spawn(self._measure(room))
        room.raise_head(line.revision)
        room.sockets.add(socket)
        socket.lines[conversation] = line
        self.presence.came(room, socket)

    async def _bring_in(self, socket: Socket, conversations: Iterable[str]) -> None:
        """A person's own sockets hear of what became theirs, with the card their inbox needs."""
        wanted = set(conversations)
        await self.bus.join(group_of_conversation(each) for each in wanted)
        frames = await in_thread(
            changes.joined_frames, socket.user_id, [UUID(each) for each in wanted]
        )
        for text in frames:
            socket.write(Frame(text))

    def _detach(self, socket: Socket, conversation: str) -> None:
        socket.lines.pop(conversation, None)
        socket.heads.pop(conversation, None)
        room = self.rooms.get(conversation)
        if room is None:
            return
        room.sockets.discard(socket)
        self.presence.went(room, socket)
        if not room.sockets:
            del self.rooms[conversation]
            self._spawn(self.bus.leave([group_of_conversation(conversation)]))

    async def _measure(self, room: Room) -> None:
        room.size = await self._sizes.ask(room.conversation)

    # --- The loop -------------------------------------------------------------------------------

    def _start(self) -> None:
        """Begin in the running loop; a loop that ended took its sockets with it."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._clear()
        self._loop = loop
        self.bus = Bus(self.hear, self.healing.look_around)
        live.listen(loop, self)
        self._spawn(heartbeat.Heartbeat(self).run())
        self._spawn(self.bus.watch())
        self._spawn(self.healing.look_again())

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            # What is missed here is found at the next heartbeat.
            logger.warning("the hub could not finish: %r", task.exception())

    _handlers: dict[str, Callable[["Hub", dict[str, Any]], None]] = {
        "conversation.events": _hear_events,
        "conversation.hints": _hear_hints,
        "conversation.presence": _hear_presence,
        "hub.new": _hear_new_hub,
        "user.event": _hear_user_event,
        "user.refresh": _hear_refresh,
        "user.revoked": _hear_revoked,
    }


hub = Hub()
