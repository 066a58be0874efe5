"""One app of one person: it begins, listens, goes without a line and comes to agree again."""

import asyncio
import contextlib
import random
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.client import outbox, rest
from tests.client.copy import Card, Frame
from tests.client.inbox import Inbox, SignedOut
from tests.client.line import Line
from tests.client.store import Store

LOGIN = "/_allauth/app/v1/auth/login"
TICK = 0.25  # seconds
CURSORS = 500  # of one hello


class Device(Line):
    """`path` is where its copy lies. Every verb works without a line; what is to be told then is
    told by whoever comes back (docs/sync.md)."""

    def __init__(
        self,
        doors: list[int],
        path: Path,
        rng: random.Random | None = None,
        patience: float = outbox.PATIENCE,
    ) -> None:
        super().__init__(doors, rng or random.Random())
        self.store = Store(path)
        self.inbox = Inbox(self, self.store)
        self.outbox = outbox.Outbox(self.store.db, self.rng, patience)
        self._running: asyncio.Task[None] | None = None
        self._handlers = {
            "ack": self._hear_answer,
            "refused": self._hear_answer,
            "error": self._hear_answer,
            "heartbeat": lambda frame: self.inbox.learn(frame["heads"]),
            "events": self.inbox.hear_events,
            "resync": lambda frame: self.inbox.heal(frame["conversation"]),
            "read": self.inbox.hear_read,
            "poll.voted": self.inbox.hear_voted,
            "draft.changed": lambda frame: self.inbox.hear_draft(frame["draft"]),
            "inbox.changed": lambda _frame: self.inbox.look_again(),
        }

    # --- Life -----------------------------------------------------------------------------------

    async def sign_in(self, username: str, password: str) -> None:
        """Keep a session token. Raises `SignedOut` where the password is another one."""
        said = {"username": username, "password": password}
        answer = await rest.call(self.port, "", "POST", LOGIN, said)
        if answer.status != 200:
            raise SignedOut
        me = str(answer.body["data"]["user"]["id"])
        self.inbox.belong_to(me, answer.body["meta"]["session_token"])

    def online(self) -> None:
        """There is a line from now on: connect, and come back whenever it is lost."""
        assert self.is_signed_in, "sign in first"
        self._running = asyncio.create_task(self.run())

    async def offline(self) -> None:
        """There is none from now on."""
        tasks = [*self._tasks, *([self._running] if self._running else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._running = None

    async def run(self) -> None:
        """Until the session is over. Whoever signs in again finds all of their own here."""
        ticking = asyncio.create_task(self._tick())
        try:
            await super().run()
        except SignedOut:
            self.inbox.belong_to(self.inbox.me, "")
        finally:
            ticking.cancel()

    # --- What the person does -------------------------------------------------------------------

    def send(self, conversation: str, body: str, **more: Any) -> str:
        """Put words into the outbox; their client_id."""
        with self.store.changing():
            client_id = self.outbox.add(conversation, body, **more)
        if self.store.draft(conversation):
            self.keep_draft(conversation, "")
        self._flush()
        return client_id

    def read(self, conversation: str, seq: int) -> None:
        """The person has seen everything up to here."""
        self.inbox.read(conversation, seq)
        self.spawn(self.write({"type": "read", "conversation": conversation, "seq": seq}))

    def keep_draft(self, conversation: str, body: str, reply_to: int | None = None) -> None:
        """The person paused while writing."""
        self.inbox.keep_draft(conversation, body, reply_to)
        if self.is_open:
            self.spawn(self._tell_drafts())

    async def look_back(self, conversation: str) -> list[Card]:
        """A page of history more; what is here can be looked at without a line."""
        return await self.inbox.look_back(conversation)

    def messages(self, conversation: str) -> list[Card]:
        """What is here, in the order of the places."""
        return list(self.store.messages(conversation).values())

    @property
    def is_signed_in(self) -> bool:
        return bool(self.inbox.key)

    @property
    def is_in_step(self) -> bool:
        """Connected, with nothing to tell and nothing to fetch that it knows of."""
        behind = any(copy.is_behind for copy in self.inbox.copies.values())
        told = not len(self.outbox) and not self.store.drafts_to_tell()
        return self.is_open and told and not behind and not self.inbox.is_looking

    # --- Hearing --------------------------------------------------------------------------------

    async def hello(self) -> list[Frame]:
        """Listen first and ask then: what happens in between is heard."""
        ticket = {"ticket": await self.inbox.ticket()}
        cursors = list(self.inbox.cursors.items())
        parts = [dict(cursors[n : n + CURSORS]) for n in range(0, len(cursors) or 1, CURSORS)]
        hellos = [{"type": "hello", "cursors": part} for part in parts]
        return [hellos[0] | ticket, *hellos[1:]]

    def welcomed(self, frame: Frame) -> None:
        self.outbox.lost()
        self.inbox.come_back(frame["heads"])
        self._flush()

    def hear(self, frame: Frame) -> None:
        self._handlers.get(frame["type"], self.inbox.hear_hint)(frame)

    def _hear_answer(self, frame: Frame) -> None:
        """Of a message: nothing else that is said here is answered on the socket."""
        if "client_id" not in frame:
            return
        with self.store.changing():
            self.outbox.heard(frame, time.monotonic())
        if frame["type"] == "ack":
            self.inbox.learn({frame["conversation"]: frame["revision"]})
        self._flush()

    # --- Telling --------------------------------------------------------------------------------

    def _flush(self) -> None:
        if self.is_open:
            for frame in self.outbox.due(time.monotonic()):
                self.spawn(self.write(frame))

    async def _tell_drafts(self) -> None:
        with contextlib.suppress(OSError, TimeoutError, SignedOut):  # at the next welcome, then
            await self.inbox.tell_drafts()

    async def _tick(self) -> None:
        """What is not answered is said again, holes that stayed are fetched, and what was to
        disappear is dropped."""
        while True:
            await asyncio.sleep(TICK)
            self._flush()
            if self.is_open:
                self.inbox.heal_all()
            with self.store.changing():
                self.store.expire(datetime.now(UTC).isoformat())
