"""A client after the wire contract: it resumes, heals holes, and sends again until answered."""

import asyncio
import json
import random
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Origin

from tests.chaos import rest
from tests.chaos.copy import Copy, Event, Frame
from tests.chaos.history import History
from tests.chaos.stack import ORIGIN
from tests.chaos.world import Person

HEARTBEAT_PATIENCE = 35.0  # seconds of silence after which a line counts as dead
WELCOME_PATIENCE = 15.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 3.0  # before a reconnection
ANSWER_PATIENCE = 12.0  # before a message is said again on the same line
HEAL_PATIENCE = 2.0  # how long a known hole may last before it is fetched


class Watch(Protocol):
    """Whoever measures: told of each answer and of each message that arrived."""

    def answered(self, client: "Client", said: "Said", code: str | None) -> None: ...
    def delivered(self, client: "Client", client_id: str) -> None: ...


@dataclass
class Said:
    """A message that is to be stored; `code` None in an answer is an ack."""

    client_id: str
    conversation: str
    body: str
    times: int = 1
    said_at: float = 0.0  # when it was first said, and last
    repeated_at: float = 0.0
    waits: bool = False  # to be said again in a moment
    answered_at: float = 0.0  # the first answer, be it "not now"
    port: int = 0  # where its author was connected

    @property
    def frame(self) -> Frame:
        return {
            "type": "message.send",
            "conversation": self.conversation,
            "client_id": self.client_id,
            "body": self.body,
        }


@dataclass(eq=False)
class Client:
    """One person's device. `doors` are the ports it knows; `turn` chooses among them."""

    person: Person
    doors: list[int]
    rng: random.Random
    watch: Watch
    turn: int = 0
    copies: dict[str, Copy] = field(default_factory=dict)
    unanswered: dict[str, Said] = field(default_factory=dict)
    line: ClientConnection | None = None
    opened_at: float = 0.0
    heard_at: float = 0.0
    lost_at: float = 0.0
    last_close: int | None = None
    hurries: bool = False  # comes back without a pause: for storms

    def __post_init__(self) -> None:
        self.history = History(self.person.username)
        self.copies = {each: Copy() for each in self.person.conversations}
        self._healing: set[str] = set()
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def port(self) -> int:
        return self.doors[self.turn % len(self.doors)]

    @property
    def is_open(self) -> bool:
        return self.line is not None

    # --- The line -------------------------------------------------------------------------------

    async def run(self) -> None:
        """For ever: connect, listen, and after a jittered pause come back through another door."""
        tries = 0
        while True:
            try:
                await self._live()
            except (OSError, WebSocketException, TimeoutError) as error:
                tries = 0 if self.is_open else tries + 1
                self._lost(error)
            finally:
                self.line = None
            if tries or not self.hurries:
                longest = min(LONGEST_PAUSE, 0.5 * 2**tries)
                await asyncio.sleep(self.rng.uniform(SHORTEST_PAUSE, longest))
            self.turn += 1

    async def _live(self) -> None:
        async with connect(
            f"ws://127.0.0.1:{self.port}/ws/",
            origin=Origin(ORIGIN),
            additional_headers={"Cookie": f"sessionid={self.person.key}"},
            compression=None,
            ping_interval=None,  # a browser cannot ping: it watches heartbeats
            open_timeout=WELCOME_PATIENCE,
            close_timeout=1,
            max_size=None,
        ) as line:
            await self._greet(line)
            while True:
                self._hear(json.loads(await self._next(line, HEARTBEAT_PATIENCE)))

    async def _greet(self, line: ClientConnection) -> None:
        cursors = {key: copy.cursor for key, copy in self.copies.items()}
        await line.send(json.dumps({"type": "hello", "cursors": cursors}))
        while (frame := json.loads(await self._next(line, WELCOME_PATIENCE)))["type"] != "welcome":
            self._hear(frame)
        self.line, self.opened_at = line, time.monotonic()
        self.history.note("open", port=self.port)
        self._learn(frame["heads"])
        for said in list(self.unanswered.values()):
            self._spawn(self._write(said.frame))

    async def _next(self, line: ClientConnection, patience: float) -> str:
        try:
            async with asyncio.timeout(patience):
                text = await line.recv()
        except TimeoutError:
            line.transport.abort()  # nobody there would answer a close
            raise
        self.heard_at = time.monotonic()
        return str(text)

    def _lost(self, error: Exception) -> None:
        if self.is_open:
            self.lost_at = time.monotonic()
            received = error.rcvd if isinstance(error, ConnectionClosed) else None
            self.last_close = received.code if received else None
            self.history.note("dropped", code=self.last_close, why=type(error).__name__)

    def move(self, turn: int) -> None:
        """Come back through that door, unless it is the present one."""
        if self.doors[turn % len(self.doors)] != self.port:
            self.turn = turn - 1
            self.abort()

    def abort(self) -> None:
        """Lose the connection without a word."""
        if self.line is not None:
            self.line.transport.abort()

    async def _write(self, frame: Frame) -> None:
        if self.line is not None:
            try:
                await self.line.send(json.dumps(frame))
            except WebSocketException:
                return  # what is unanswered is said again on the next line

    # --- Hearing --------------------------------------------------------------------------------

    def _hear(self, frame: Frame) -> None:
        handler = getattr(self, f"_hear_{frame['type']}", None)
        if handler is not None:
            handler(frame)
        elif frame.get("conversation") not in {None, *self.copies}:
            self._named(frame)

    def _hear_heartbeat(self, frame: Frame) -> None:
        self._spawn(self._write({"type": "pong"}))
        self._learn(frame["heads"])

    def _learn(self, heads: dict[str, int]) -> None:
        """Heads tell of silent gaps: they heal by themselves in a moment, or are fetched."""
        for conversation, head in heads.items():
            copy = self.copies.setdefault(conversation, Copy())
            copy.head = max(copy.head, head)
            if copy.is_behind:
                self._spawn(self._heal(conversation, HEAL_PATIENCE))

    def _hear_events(self, frame: Frame) -> None:
        conversation = frame["conversation"]
        if self._tells_our_end(frame):
            self._drop(conversation)
        elif (copy := self.copies.get(conversation)) is None:
            self._named(frame)
        else:
            for event in copy.take(frame):
                self._applied(conversation, event)
            if copy.early:
                self._spawn(self._heal(conversation))

    def _hear_resync(self, frame: Frame) -> None:
        self._spawn(self._heal(frame["conversation"]))

    def _hear_ack(self, frame: Frame) -> None:
        said = self.unanswered.pop(frame.get("client_id", ""), None)
        if "client_id" in frame:
            self._note_ok(frame["client_id"], frame["conversation"], frame, "socket")
        if said is not None:
            self.watch.answered(self, said, None)

    def _hear_refused(self, frame: Frame) -> None:
        said = self.unanswered.pop(frame.get("client_id", ""), None)
        if said is not None:
            self._note_fail(said, frame["code"])

    def _hear_error(self, frame: Frame) -> None:
        """`unavailable` leaves it unknown: the same is said again until it is known."""
        said = self.unanswered.get(frame.get("client_id", ""))
        if said is None:
            return
        if frame["code"] == "unavailable":
            self.watch.answered(self, said, frame["code"])
            if not said.waits:
                said.waits = True
                self._spawn(self._say_later(said))
        else:
            del self.unanswered[said.client_id]
            self._note_fail(said, frame["code"])

    def _tells_our_end(self, frame: Frame) -> bool:
        ends = [event for event in frame["events"] if event["type"] == "membership.ended"]
        return any(event["user"]["id"] == self.person.id for event in ends)

    def _drop(self, conversation: str) -> None:
        if self.copies.pop(conversation, None) is not None:
            self.history.note("ended", conversation=conversation)

    def _named(self, frame: Frame) -> None:
        self.history.note("named", conversation=frame["conversation"], type=frame["type"])

    def _applied(self, conversation: str, event: Event) -> None:
        told = {name: event[name] for name in ("seq", "id", "body") if name in event}
        self.history.note(
            "applied",
            conversation=conversation,
            type=event["type"],
            revision=event["revision"],
            **told,
        )
        if event["type"] == "message.created" and event["body"]:
            self.watch.delivered(self, event["body"][:36])

    # --- Healing --------------------------------------------------------------------------------

    async def _heal(self, conversation: str, patience: float = 0.0) -> None:
        """Fetch what is missing, if it still is after `patience`; one fetch at a time."""
        if conversation in self._healing:
            return
        self._healing.add(conversation)
        try:
            await asyncio.sleep(patience)
            copy = self.copies.get(conversation)
            if copy is not None and (copy.is_behind or not patience):
                await self._fetch(conversation, copy)
        except (OSError, TimeoutError):
            self.history.note("unhealed", conversation=conversation)
        finally:
            self._healing.discard(conversation)

    async def _fetch(self, conversation: str, copy: Copy) -> None:
        """All pages of /changes/ after the cursor; 404 says that the conversation is not ours."""
        more = True
        while more:
            after = copy.cursor
            path = f"conversations/{conversation}/changes/?after={after}"
            status, found = await rest.call(self.port, self.person.key, "GET", path)
            if status == 404:
                self._drop(conversation)
                return
            if status != 200:
                raise ConnectionError(f"changes: {status}")
            more = bool(found["next"])
            head = found["results"][-1]["revision"] if more else found["head"]
            frame = {"after": after, "head": head, "events": found["results"]}
            for event in copy.take(frame):
                self._applied(conversation, event)

    def tick(self) -> None:
        """Once a second: fetch holes that stayed, say again what is long unanswered."""
        if not self.is_open:
            return
        for conversation, copy in self.copies.items():
            if copy.is_behind or copy.early:
                self._spawn(self._heal(conversation, HEAL_PATIENCE))
        late = time.monotonic() - ANSWER_PATIENCE
        for said in list(self.unanswered.values()):
            if said.repeated_at < late and self.opened_at < late:
                said.repeated_at = time.monotonic()
                self._spawn(self._write(said.frame))

    # --- Saying ---------------------------------------------------------------------------------

    def say(self, said: Said) -> None:
        """Send it until it is answered, on this line or a later one."""
        self.history.note("invoke", client_id=said.client_id, conversation=said.conversation)
        self.unanswered[said.client_id] = said
        said.port = self.port
        said.said_at = said.repeated_at = time.monotonic()
        for _ in range(said.times):
            self._spawn(self._write(said.frame))

    async def say_by_rest(self, said: Said, port: int) -> None:
        """The same message through the other door; an answer that does not come is not waited
        for."""
        path = f"conversations/{said.conversation}/messages/"
        body = {"client_id": said.client_id, "body": said.body}
        try:
            status, answer = await rest.call(port, self.person.key, "POST", path, body)
        except (OSError, TimeoutError):
            return
        if status in {200, 201}:
            self._note_ok(said.client_id, said.conversation, answer, f"rest {status}")

    def hint(self, frame: Frame) -> None:
        """Say something that need not arrive."""
        self._spawn(self._write(frame))

    def finish(self) -> None:
        """At the end of a fault: what was never answered, and the copies as they are."""
        for said in self.unanswered.values():
            self.history.note("unknown", client_id=said.client_id, conversation=said.conversation)
        self.unanswered.clear()
        for conversation, copy in self.copies.items():
            self.history.note("final", conversation=conversation, messages=copy.listed())
        self.history.flush()

    async def _say_later(self, said: Said) -> None:
        await asyncio.sleep(self.rng.uniform(0.5, 1.5))
        said.waits = False
        if said.client_id in self.unanswered:
            await self._write(said.frame)

    def _note_ok(self, client_id: str, conversation: str, answer: Frame, via: str) -> None:
        place = {"seq": answer["seq"], "revision": answer["revision"]}
        self.history.note("ok", client_id=client_id, conversation=conversation, **place, via=via)

    def _note_fail(self, said: Said, code: str) -> None:
        self.history.note(
            "fail", client_id=said.client_id, conversation=said.conversation, code=code
        )
        self.watch.answered(self, said, code)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
