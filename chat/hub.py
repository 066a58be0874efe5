"""The hub: every socket of this process, and who of them hears what.

News come from `accounts/live.py`, of this process directly and of others through the bus. Each is
encoded once by whoever made it and written once to each socket. Redis is only the quick way: at
each heartbeat the database says who may hear what and how far each conversation has come.
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
from chat import changes, knowledge
from chat.bus import Bus
from chat.presence import Presence
from chat.rooms import News, Room
from chat.socket import RESTART, REVOKED, TOO_SLOW, Socket
from chat.wire import encode

logger = logging.getLogger(__name__)

HEARTBEAT = 25.0  # seconds, at most: the clients' patience ends at 35
TICK = 0.5
HOLE_PATIENCE = 0.2  # for the missing piece of another process, before the database is asked
LOOK_PATIENCE = 3.0  # for the database at a heartbeat
DRAIN_SECONDS = 1.8

QUIET_HEARTBEAT = encode({"type": "heartbeat", "heads": {}})


class Hub:
    """One per process, in the server's loop: the module's `hub`. A new loop begins empty."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._clear()

    def _clear(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.users: dict[str, set[Socket]] = {}
        self.is_draining = False
        self._tasks: set[asyncio.Task[Any]] = set()
        self._presence = Presence(self.rooms)
        self._look: asyncio.Task[knowledge.Known] | None = None

    # --- Coming and going -----------------------------------------------------------------------

    async def welcome(self, socket: Socket, cursors: dict[UUID, int]) -> None:
        """Let a signed-in client hear what is theirs: subscribe, then fetch after the cursors."""
        self._start()
        self.users.setdefault(socket.user, set()).add(socket)
        await self._bus.join([group_of_user(socket.user)])
        known = await in_thread(knowledge.of_user, socket.user_id)
        self._sync(socket, known)
        await self._bus.join(group_of_conversation(each) for each in socket.conversations)
        # Only what is read after subscribing is sure to have no hole behind it.
        known = await in_thread(knowledge.of_user, socket.user_id)
        self._sync(socket, known)
        frames = await in_thread(changes.resumption, socket.user_id, cursors)
        socket.heads = known.heads_of(socket.user)
        if self.is_draining:
            socket.close(RESTART)
        welcome = {
            "type": "welcome",
            "user": socket.user,
            "heartbeat": HEARTBEAT,
            "heads": socket.heads,
        }
        socket.start(encode(welcome), *frames)

    async def resume(self, socket: Socket, cursors: dict[UUID, int]) -> None:
        """A further hello: what happened after these cursors."""
        for frame in await in_thread(changes.resumption, socket.user_id, cursors):
            socket.write(frame)

    def remove(self, socket: Socket) -> None:
        """The connection is gone or to be closed: nothing reaches it from here on."""
        for conversation in list(socket.conversations):
            self._detach(socket, conversation)
        sockets = self.users.get(socket.user)
        if sockets is not None:
            sockets.discard(socket)
            if not sockets:
                del self.users[socket.user]
                self._spawn(self._bus.leave([group_of_user(socket.user)]))

    def close(self, socket: Socket, code: int) -> None:
        """Close one socket and forget it at once, whenever its connection really ends."""
        socket.close(code)
        self.remove(socket)

    async def drain(self) -> None:
        """Send every client elsewhere (1012), spread over two seconds so that they do not storm."""
        self.is_draining = True
        sockets = [socket for sockets in self.users.values() for socket in sockets]
        for socket in sockets:
            self.close(socket, RESTART)
            await asyncio.sleep(DRAIN_SECONDS / len(sockets))

    async def stop(self) -> None:
        """Forget everything: for tests, before their loop ends."""
        if self._loop is None:
            return
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._bus.stop()
        live.listen(self._loop, None)
        self._loop = None
        self._clear()

    # --- Hearing --------------------------------------------------------------------------------

    def receive(self, _group: str, message: dict[str, Any]) -> None:
        """News of this process, called in the loop by accounts/live.py."""
        self.hear(message)

    @property
    def has_others(self) -> bool:
        return self._bus.has_others

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
            self._heal_soon(room)

    def _tell(self, room: Room, news: News) -> None:
        resync = changes.resync_frame(room.conversation)
        room.write(news["frame"], oldest=news["oldest"], instead=resync)
        for user in news["ended"]:
            for socket in list(self.users.get(user, ())):
                self._detach(socket, room.conversation)

    def _hear_hint(self, message: News) -> None:
        room = self.rooms.get(message["conversation"])
        if room is None or not room.takes_hints:
            return
        hidden = set(message["hidden_from"])
        for socket in list(room.sockets):
            if socket.user not in hidden:
                socket.write(message["frame"])

    def _hear_user_event(self, message: dict[str, Any]) -> None:
        frame = encode(message["event"])
        for socket in list(self.users.get(message["user"], ())):
            socket.write(frame)

    def _hear_refresh(self, message: dict[str, Any]) -> None:
        if message["user"] in self.users:
            self._spawn(self._refresh(message["user"]))

    async def _refresh(self, user: str) -> None:
        known = await in_thread(knowledge.of_user, UUID(user))
        for socket in list(self.users.get(user, ())):
            self._sync(socket, known)

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

    def _sync(self, socket: Socket, known: knowledge.Known) -> None:
        """Make what reaches the socket what the database says."""
        if not socket.is_open:
            return
        lines = known.lines.get(socket.user, {})
        socket.blocked = known.blocked.get(socket.user, frozenset())
        for conversation in socket.conversations - lines.keys():
            revision = socket.heads.get(conversation, 0)
            self._detach(socket, conversation)
            socket.write(changes.ended_frame(conversation, socket.user, revision))
        new = lines.keys() - socket.conversations
        for conversation in new:
            self._attach(socket, conversation, lines[conversation])
        if new and socket.is_started:
            self._spawn(self._bring_in(socket, new))
        for conversation, line in lines.items():
            room = self.rooms[conversation]
            if room.head is not None and line.revision > room.head:
                self._heal_soon(room)

    def _attach(self, socket: Socket, conversation: str, line: knowledge.Line) -> None:
        room = self.rooms.get(conversation)
        if room is None:
            room = self.rooms[conversation] = Room(conversation)
        room.raise_head(line.revision)
        room.size = line.size
        room.sockets.add(socket)
        room.newcomers.add(socket)
        socket.conversations.add(conversation)
        if line.from_seq:
            socket.from_seqs[conversation] = line.from_seq
        self._presence.note(room)

    async def _bring_in(self, socket: Socket, conversations: Iterable[str]) -> None:
        """A person's own sockets hear of what became theirs, with the card their inbox needs."""
        wanted = set(conversations)
        await self._bus.join(group_of_conversation(each) for each in wanted)
        frames = await in_thread(
            changes.joined_frames, socket.user_id, [UUID(each) for each in wanted]
        )
        for frame in frames:
            socket.write(frame)

    def _detach(self, socket: Socket, conversation: str) -> None:
        socket.conversations.discard(conversation)
        socket.heads.pop(conversation, None)
        socket.from_seqs.pop(conversation, None)
        room = self.rooms.get(conversation)
        if room is None:
            return
        room.sockets.discard(socket)
        room.newcomers.discard(socket)
        self._presence.note(room)
        if not room.sockets:
            del self.rooms[conversation]
            self._spawn(self._bus.leave([group_of_conversation(conversation)]))

    # --- Holes ----------------------------------------------------------------------------------

    def _heal_soon(self, room: Room) -> None:
        if not room.is_healing:
            room.is_healing = True
            self._spawn(self._heal(room))

    async def _heal(self, room: Room) -> None:
        """Wait a moment for the missing piece, then fetch it."""
        try:
            await asyncio.sleep(HOLE_PATIENCE)
            if room.sockets:
                self._hear_events(
                    await in_thread(knowledge.news_after, room.conversation, room.head or 0)
                )
        finally:
            room.is_healing = False

    def _heal_all(self) -> None:
        """After Redis was away: look at every room at once instead of at the next heartbeat."""
        self._spawn(self._check_heads())

    async def _check_heads(self) -> None:
        heads = await in_thread(knowledge.heads, list(self.rooms))
        for conversation, head in heads.items():
            room = self.rooms.get(conversation)
            if room is not None and room.head is not None and head > room.head:
                self._heal_soon(room)

    # --- Time -----------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(min(TICK, HEARTBEAT / 5))
            try:
                self._close_silent()
                await self._beat()
                self._presence.tell(self._bus)
            except Exception:
                logger.exception("a tick of the hub failed")

    def _close_silent(self) -> None:
        """End what no longer answers (half-open), what lived long enough, what the hub forgot."""
        now = time.monotonic()
        for socket in [socket for sockets in self.users.values() for socket in sockets]:
            if not socket.is_open:
                self.remove(socket)
            elif now - socket.heard_at > 2 * HEARTBEAT + 5:
                self.close(socket, TOO_SLOW)
            elif now > socket.ends_at:
                self.close(socket, RESTART)

    async def _beat(self) -> None:
        now = time.monotonic()
        due = [
            socket
            for sockets in self.users.values()
            for socket in sockets
            if socket.is_started and now - socket.beaten_at >= HEARTBEAT - 2 * TICK
        ]
        if not due:
            return
        known = await self._know(due)
        for socket in due:
            socket.beaten_at = now
            self._beat_one(socket, known)

    async def _know(self, sockets: list[Socket]) -> "knowledge.Known | None":
        """What the database says of these; None where it does not answer in time."""
        if self._look is None or self._look.done():
            users = {socket.user_id for socket in sockets}
            keys = {socket.session_key for socket in sockets}
            self._look = asyncio.create_task(in_thread(knowledge.of_users, users, keys))
        elif self._look is not None:
            return None
        try:
            async with asyncio.timeout(LOOK_PATIENCE):
                return await asyncio.shield(self._look)
        except Exception as error:
            logger.warning("heartbeat without the database: %s", error or type(error).__name__)
            return None

    def _beat_one(self, socket: Socket, known: "knowledge.Known | None") -> None:
        if known is None:
            socket.write(QUIET_HEARTBEAT)
            return
        if socket.session_key not in known.living:
            self.close(socket, REVOKED)
            return
        self._sync(socket, known)
        heads = known.heads_of(socket.user)
        risen = {each: head for each, head in heads.items() if head > socket.heads.get(each, -1)}
        socket.heads = heads
        socket.write(encode({"type": "heartbeat", "heads": risen}) if risen else QUIET_HEARTBEAT)

    def _hear_presence(self, message: dict[str, Any]) -> None:
        self._presence.hear(message)

    def _hear_new_hub(self, message: dict[str, Any]) -> None:
        self._presence.introduce()

    # --- The loop -------------------------------------------------------------------------------

    def _start(self) -> None:
        """Begin in the running loop; a loop that ended took its sockets with it."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._clear()
        self._loop = loop
        self._bus = Bus(self.hear, self._heal_all)
        live.listen(loop, self)
        self._spawn(self._run())
        self._spawn(self._bus.watch())

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
        "conversation.hint": _hear_hint,
        "conversation.presence": _hear_presence,
        "hub.new": _hear_new_hub,
        "user.event": _hear_user_event,
        "user.refresh": _hear_refresh,
        "user.revoked": _hear_revoked,
    }


hub = Hub()
