"""The hub: every socket of this process, and what reaches it.

News come from `accounts/live.py`, of this process directly and of others through the bus. Each is
encoded once by whoever made it and written once to each socket. Redis is only the quick way: at
each heartbeat (chat/live/heartbeat.py) the database says who may hear what and how far each
conversation has come.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from accounts import live
from accounts.linking import blocking
from accounts.live import group_of_conversation, group_of_user
from accounts.pool import in_thread
from accounts.regions import table
from chat import changes
from chat.changes import Cursors
from chat.live import heartbeat, knowledge
from chat.live.audience import Audience
from chat.live.background import Background
from chat.live.bus import Bus
from chat.live.closures import Closures
from chat.live.gathering import Gathering
from chat.live.healing import Healing
from chat.live.hints import Hints
from chat.live.knowledge import Known
from chat.live.noted import Noted
from chat.live.presence import Presence
from chat.live.reply_counts import ReplyCounts
from chat.live.rooms import News, Room
from chat.live.socket import RESTART, REVOKED, Socket
from chat.live.wire import Frame, encode
from chat.players import news as watching_news

logger = logging.getLogger(__name__)

DRAIN_SECONDS = 1.8
SIGN_INS_AT_ONCE = 2


class Hub:
    """One per process, in the server's loop: the module's `hub`. A new loop begins empty."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._clear()

    def _clear(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.users: dict[str, set[Socket]] = {}
        self.is_draining = False
        self.background = Background()
        self.hints = Hints(self.rooms)
        self.presence = Presence(self.rooms)
        self.replies = ReplyCounts(self.rooms)
        self.noted = Noted(self.users, self.background)
        self.healing = Healing(self.rooms, self.background.spawn, self._hear_events)
        self.bus = Bus(self.hear, self.healing.look_around)
        self.audience = Audience(self.rooms, self.bus, self.presence, self.healing, self.background)
        self.closures = Closures(self)
        # A thousand who come back at once leave processor time for those who are here.
        self.sign_ins = asyncio.Semaphore(SIGN_INS_AT_ONCE)
        self._known: Gathering[UUID, Known] = Gathering(knowledge.of_each)
        self._missed: Gathering[Cursors, list[bytes]] = Gathering(changes.resumptions)

    # --- Coming and going -----------------------------------------------------------------------

    async def welcome(self, socket: Socket, cursors: dict[UUID, int]) -> None:
        """Let a signed-in client hear what is theirs: subscribe, then fetch after the cursors."""
        self._start()
        self.users.setdefault(socket.user, set()).add(socket)
        socket.off = table.off_in(socket.region)
        await self.bus.join([group_of_user(socket.user)])
        self.audience.sync(socket, await self._known.ask(socket.user_id))
        await self.bus.join(group_of_conversation(each) for each in socket.lines)
        # Only what is read after subscribing is sure to have no hole behind it.
        known = await self._known.ask(socket.user_id)
        self.audience.sync(socket, known)
        missed = await self._missed_by(socket, cursors) if cursors else []
        socket.heads = known.heads_of(socket.user, without=socket.shut)
        if self.is_draining:
            socket.close(RESTART)
        welcome = {
            "type": "welcome",
            "user": socket.user,
            "heartbeat": heartbeat.HEARTBEAT,
            "heads": socket.heads,
            "off": sorted(socket.off),
        }
        socket.start(Frame(encode(welcome)), *map(Frame, missed))

    async def resume(self, socket: Socket, cursors: dict[UUID, int]) -> None:
        """A further hello: what happened after these cursors."""
        for text in await self._missed_by(socket, cursors):
            socket.write(Frame(text))

    async def _missed_by(self, socket: Socket, cursors: dict[UUID, int]) -> list[bytes]:
        """What happened since, but for what is off where the client is (R45)."""
        wanted = {key: at for key, at in cursors.items() if str(key) not in socket.shut}
        return await self._missed.ask(Cursors(socket.user_id, wanted)) if wanted else []

    async def let_through(self, socket: Socket) -> None:
        """What reaches the client is another by now: rules of its region began or ended."""
        self.audience.sync(socket, await self._known.ask(socket.user_id))

    def remove(self, socket: Socket) -> None:
        """The connection is gone or to be closed: nothing reaches it from here on."""
        for conversation in list(socket.lines):
            self.audience.detach(socket, conversation)
        sockets = self.users.get(socket.user)
        if sockets is not None:
            sockets.discard(socket)
            if not sockets:
                del self.users[socket.user]
                self.background.spawn(self.bus.leave([group_of_user(socket.user)]))

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
        await self.background.stop()
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
                self.audience.detach(socket, room.conversation)

    def _hear_hints(self, message: dict[str, Any]) -> None:
        self.hints.hear(message)

    def _hear_presence(self, message: dict[str, Any]) -> None:
        self.presence.hear(message)

    def _hear_watch(self, message: dict[str, Any]) -> None:
        watching_news.hear(self.rooms, message)

    def _hear_replies(self, message: dict[str, Any]) -> None:
        self.replies.hear(message)

    def _hear_noted(self, message: dict[str, Any]) -> None:
        self.noted.hear(message)

    def _hear_regions(self, _message: dict[str, Any]) -> None:
        table.forget()
        self.background.spawn(self.closures.look())

    def _hear_hosts(self, message: dict[str, Any]) -> None:
        blocking.forget()
        if message["blocked"]:
            frame = Frame(encode({"type": "hosts.blocked", "hosts": message["blocked"]}))
            for socket in self.sockets:
                socket.write(frame)

    def _hear_new_hub(self, _message: dict[str, Any]) -> None:
        self.presence.introduce()

    def _hear_user_event(self, message: dict[str, Any]) -> None:
        frame = Frame(encode(message["event"]))
        for socket in self.users.get(message["user"], ()):
            socket.write(frame)

    def _hear_refresh(self, message: dict[str, Any]) -> None:
        if message["user"] in self.users:
            self.background.spawn(self._refresh(message["user"], message.get("then")))

    async def _refresh(self, user: str, then: dict[str, Any] | None) -> None:
        known = await self._known.ask(UUID(user))
        for socket in list(self.users.get(user, ())):
            self.audience.sync(socket, known)
            if then:
                socket.write(Frame(encode(then)))

    def _hear_revoked(self, message: dict[str, Any]) -> None:
        if message["user"] in self.users:
            self.background.spawn(self._close_revoked(message["user"], message["session"]))

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

    # --- The loop -------------------------------------------------------------------------------

    def _start(self) -> None:
        """Begin in the running loop; a loop that ended took its sockets with it."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._clear()
        self._loop = loop
        live.listen(loop, self)
        self.background.spawn(heartbeat.Heartbeat(self).run())
        self.background.spawn(self.bus.watch())
        self.background.spawn(self.healing.look_again())
        self.background.spawn(self.closures.watch())

    _handlers: dict[str, Callable[["Hub", dict[str, Any]], None]] = {
        "conversation.events": _hear_events,
        "conversation.hints": _hear_hints,
        "conversation.presence": _hear_presence,
        "conversation.replies": _hear_replies,
        "conversation.watch": _hear_watch,
        "hosts.changed": _hear_hosts,
        "hub.new": _hear_new_hub,
        "regions.changed": _hear_regions,
        "user.event": _hear_user_event,
        "user.refresh": _hear_refresh,
        "user.revoked": _hear_revoked,
        "users.noted": _hear_noted,
    }


hub = Hub()
