"""The load: many clients in one loop, messages at a steady rate, and what they measured."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from tests.chaos import truth
from tests.chaos.client import Client
from tests.chaos.said import Said
from tests.chaos.stack import Stack
from tests.chaos.world import World

# Of what people do besides sending; none of it is retried, as in the pages.
ASIDES = {"read": 0.05, "typing": 0.03, "reaction.add": 0.04, "message.edit": 0.02}
ASIDES["message.unsend"] = 0.01
WORDS = "a message of a usual length, as people write them"
CONNECT_SIDE_BY_SIDE = 30  # a second, while the load begins


@dataclass(frozen=True)
class Answer:
    """When a message was said and answered (seconds of one clock); `code` None is an ack."""

    said_at: float
    at: float
    code: str | None

    @property
    def waited(self) -> float:
        return self.at - self.said_at


@dataclass(frozen=True)
class Delivery:
    """A message's arrival; `crossed`: its author was at another process."""

    said_at: float
    at: float
    crossed: bool

    @property
    def lag(self) -> float:
        return self.at - self.said_at


@dataclass
class Load:
    """`rate` messages a second by members; everything random comes from `rng`."""

    stack: Stack
    world: World
    rng: random.Random
    rate: float
    times: int = 1  # how often each message is said
    clients: list[Client] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)  # of messages said over REST
    said: dict[str, Said] = field(default_factory=dict)  # of this fault, by client_id

    def __post_init__(self) -> None:
        self._arrived: set[tuple[str, str]] = set()
        self._sending = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._by_rest: set[asyncio.Task[None]] = set()
        people = [*self.world.people, *self.world.outsiders]
        self.clients = [self.client(person, turn) for turn, person in enumerate(people)]

    def client(self, person, turn: int) -> Client:
        rng = random.Random(self.rng.getrandbits(64))
        return Client(person, list(self.stack.ports), rng, self, turn)

    @property
    def members(self) -> list[Client]:
        return [client for client in self.clients if client.person.conversations]

    # --- What clients tell ----------------------------------------------------------------------

    def answered(self, said: Said, code: str | None) -> None:
        said.answered_at = said.answered_at or time.monotonic()
        self.answers.append(Answer(said.said_at, time.monotonic(), code))

    def answered_by_rest(self, status: int) -> None:
        self.statuses[status] += 1

    def delivered(self, reader: str, port: int, client_id: str) -> None:
        said = self.said.get(client_id)
        # What was reacted to while somebody was away comes whole a second time.
        if said is not None and (reader, client_id) not in self._arrived:
            self._arrived.add((reader, client_id))
            crossed = said.port != port
            self.deliveries.append(Delivery(said.said_at, time.monotonic(), crossed))

    # --- Running --------------------------------------------------------------------------------

    async def connect(self) -> None:
        """Everybody in, a few at a time."""
        self._tasks = [asyncio.create_task(self._speak()), asyncio.create_task(self._tick())]
        for number, client in enumerate(self.clients):
            self._tasks.append(asyncio.create_task(client.run()))
            if number % CONNECT_SIDE_BY_SIDE == 0:
                await asyncio.sleep(0.5)
        await self.wait_until(self.all_open, 60)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for client in self.clients:
            client.history.close()

    async def spread(self) -> None:
        """Half of the clients to each process, as they were in the beginning."""
        for turn, client in enumerate(self.clients):
            client.move(turn)
        await asyncio.sleep(0.2)
        await self.wait_until(self.all_open, 60)

    def begin(self, folder: Path) -> None:
        """A new fault: histories in this folder, measures empty, messages flow."""
        folder.mkdir(parents=True)
        self.answers, self.deliveries, self.said = [], [], {}
        self.statuses, self._arrived = Counter(), set()
        for client in self.clients:
            client.history.begin(folder)
        self._sending.set()

    def pause(self) -> None:
        """No more messages; what is under way goes on."""
        self._sending.clear()

    async def settle(self, patience: float) -> bool:
        """Whether everybody was connected, answered and up to date within `patience` seconds."""
        self.pause()
        deadline = time.monotonic() + patience
        before: dict[str, int] = {}
        while time.monotonic() < deadline:
            heads = await asyncio.to_thread(truth.heads, self.stack.url)
            if heads == before and self._is_settled(heads):
                return True
            before = heads
            await asyncio.sleep(0.5)
        return False

    def _is_settled(self, heads: dict[str, int]) -> bool:
        return (
            self.all_open()
            and not self._by_rest
            and not any(client.unanswered or client.asked for client in self.clients)
            and all(
                copy.cursor >= heads[conversation]
                for client in self.clients
                for conversation, copy in client.copies.items()
            )
        )

    def finish(self) -> None:
        for client in self.clients:
            client.finish()

    def all_open(self) -> bool:
        return all(client.is_open for client in self.clients)

    @staticmethod
    async def wait_until(condition: Callable[[], bool], seconds: float) -> float | None:
        """Seconds until `condition` held; None when it did not in time."""
        began = time.monotonic()
        while not condition():
            if time.monotonic() - began > seconds:
                return None
            await asyncio.sleep(0.05)
        return time.monotonic() - began

    # --- Saying ---------------------------------------------------------------------------------

    async def _speak(self) -> None:
        due = time.monotonic()
        while True:
            await self._sending.wait()
            due = max(due + self.rng.expovariate(self.rate), time.monotonic() - 1)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if self._sending.is_set():
                self.say_something()

    def say_something(self) -> None:
        """One message by somebody, and now and then something besides."""
        client = self.rng.choice(self.members)
        if not client.copies:
            return
        conversation = self.rng.choice(sorted(client.copies))
        self.say(client, conversation, WORDS)
        for kind, share in ASIDES.items():
            if self.rng.random() < share and client.is_open:
                self._aside(client, conversation, kind)

    def say(self, client: Client, conversation: str, words: str) -> Said:
        """A message whose body begins with its client_id, so that every copy can be traced."""
        client_id = str(UUID(int=self.rng.getrandbits(128), version=4))
        said = Said(client_id, conversation, f"{client_id} {words}", -(-self.times // 2))
        self.said[client_id] = said
        client.say(said)
        for n in range(self.times // 2):
            task = asyncio.create_task(client.say_by_rest(said, self.stack.ports[n % 2]))
            self._by_rest.add(task)
            task.add_done_callback(self._by_rest.discard)
        return said

    def _aside(self, client: Client, conversation: str, kind: str) -> None:
        messages = client.copies[conversation].messages
        mine = [m["seq"] for m in messages.values() if m["author"] == client.person.id]
        seqs = mine if kind.startswith("message") else list(messages)
        if seqs:
            seq = self.rng.choice(seqs[-20:])
            frame = {"type": kind, "conversation": conversation, "seq": seq}
            more = {"message.edit": {"body": f"{messages[seq]['body'][:36]} edited"}}
            more["reaction.add"] = {"emoji": self.rng.choice("👍🔥👏")}
            client.hint(frame | more.get(kind, {}), is_answered="." in kind)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            for client in self.clients:
                client.tick()


@asynccontextmanager
async def running(load: Load) -> AsyncIterator[Load]:
    """Everybody connected for the length of the block."""
    try:
        await load.connect()
        yield load
    finally:
        await load.stop()
