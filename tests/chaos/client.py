"""A client after the wire contract: it resumes, heals holes, and sends again until answered."""

import asyncio
import random
import time
from typing import Any

from tests.chaos.history import History
from tests.chaos.reading import Noted
from tests.chaos.said import Said, Watch
from tests.chaos.stack import ORIGIN
from tests.chaos.world import Person
from tests.client import rest
from tests.client.copy import Copy, Frame
from tests.client.line import Line, of_a_page

ANSWER_PATIENCE = 12.0  # seconds before a message is said again on the same line
SOONEST, LATEST = 0.5, 1.5  # before it is said again after "not now"


class Client(Line):
    """One person's device. `unanswered`: what it said, by client_id, until ack or refusal."""

    def __init__(
        self, person: Person, doors: list[int], rng: random.Random, watch: Watch, turn: int = 0
    ) -> None:
        super().__init__(doors, rng, turn)
        self.person, self.watch = person, watch
        self.history = History(person.username)
        self.unanswered: dict[str, Said] = {}
        self.asked: set[str] = set()  # what else will be answered on this connection, by `id`
        self.reading = Noted(self, person, self.history, watch.delivered)
        self._handlers = {
            "ack": self._hear_ack,
            "refused": self._hear_refused,
            "error": self._hear_error,
            "heartbeat": lambda frame: self.reading.learn(frame["heads"]),
            "events": self.reading.hear_events,
            "resync": lambda frame: self.reading.heal(frame["conversation"]),
        }

    @property
    def copies(self) -> dict[str, Copy]:
        return self.reading.copies

    # --- Hearing --------------------------------------------------------------------------------

    def opening(self) -> dict[str, Any]:
        return of_a_page(ORIGIN, self.person.key)

    async def hello(self) -> list[Frame]:
        return [{"type": "hello", "cursors": self.reading.cursors}]

    def welcomed(self, frame: Frame) -> None:
        self.history.note("open", port=self.port)
        self.asked.clear()
        self.reading.learn(frame["heads"])
        for said in list(self.unanswered.values()):
            self.spawn(self.write(said.frame))

    def hear(self, frame: Frame) -> None:
        self.asked.discard(frame.get("id", ""))
        self._handlers.get(frame["type"], self.reading.hear_hint)(frame)

    def lost(self, error: Exception) -> None:
        self.history.note("dropped", code=self.last_close, why=type(error).__name__)

    def _hear_ack(self, frame: Frame) -> None:
        if "client_id" in frame:  # edits and reactions have none
            self._note_ok(frame["client_id"], frame["conversation"], frame, "socket")
            self._answered(frame, None)

    def _hear_refused(self, frame: Frame) -> None:
        self._answered(frame, frame["code"])

    def _hear_error(self, frame: Frame) -> None:
        """`unavailable` leaves it unknown: the same is said again until it is known."""
        if frame["code"] != "unavailable":
            self._answered(frame, frame["code"])
        elif (said := self.unanswered.get(frame.get("client_id", ""))) is not None:
            self.watch.answered(said, frame["code"])
            self.history.note("unsure", client_id=said.client_id, conversation=said.conversation)
            if not said.waits:
                said.waits = True
                self.spawn(self._say_later(said))

    def _answered(self, frame: Frame, code: str | None) -> None:
        """The last word about a message, by `code` None an ack."""
        said = self.unanswered.pop(frame.get("client_id", ""), None)
        if said is None:
            return
        if code is not None:
            where = {"client_id": said.client_id, "conversation": said.conversation}
            self.history.note("fail", **where, code=code)
        self.watch.answered(said, code)

    # --- Saying ---------------------------------------------------------------------------------

    def say(self, said: Said) -> None:
        """Send it until it is answered, on this line or a later one."""
        self.history.note("invoke", client_id=said.client_id, conversation=said.conversation)
        self.unanswered[said.client_id] = said
        said.port = self.port
        said.said_at = said.repeated_at = time.monotonic()
        for _ in range(said.times):
            self.spawn(self.write(said.frame))

    async def say_by_rest(self, said: Said, port: int) -> None:
        """The same message through the other door; an answer that does not come is not waited
        for."""
        path = f"conversations/{said.conversation}/messages/"
        body = {"client_id": said.client_id, "body": said.body}
        try:
            answer = await rest.call(port, self.person.key, "POST", path, body)
        except (OSError, TimeoutError):
            return
        self.watch.answered_by_rest(answer.status)
        if answer.status in {200, 201}:
            via = f"rest {answer.status}"
            self._note_ok(said.client_id, said.conversation, answer.body, via)

    def hint(self, frame: Frame, *, is_answered: bool) -> None:
        """Say something that need not arrive."""
        if is_answered:
            frame = {**frame, "id": f"{self.rng.getrandbits(64):x}"}
            self.asked.add(frame["id"])
        self.spawn(self.write(frame))

    def tick(self) -> None:
        """Once a second: fetch holes that stayed, say again what is long unanswered."""
        if not self.is_open:
            return
        self.reading.heal_all()
        late = time.monotonic() - ANSWER_PATIENCE
        for said in list(self.unanswered.values()):
            if said.repeated_at < late and self.opened_at < late:
                said.repeated_at = time.monotonic()
                self.spawn(self.write(said.frame))

    async def _say_later(self, said: Said) -> None:
        await asyncio.sleep(self.rng.uniform(SOONEST, LATEST))
        said.waits = False
        if said.client_id in self.unanswered:
            await self.write(said.frame)

    def _note_ok(self, client_id: str, conversation: str, answer: Frame, via: str) -> None:
        place = {"seq": answer["seq"], "revision": answer["revision"]}
        self.history.note("ok", client_id=client_id, conversation=conversation, **place, via=via)

    def finish(self) -> None:
        """At the end of a fault: what was never answered, and the copies as they are."""
        for said in self.unanswered.values():
            self.history.note("unknown", client_id=said.client_id, conversation=said.conversation)
        self.unanswered.clear()
        for conversation, copy in self.copies.items():
            self.history.note("final", conversation=conversation, messages=copy.listed())
        self.history.flush()
