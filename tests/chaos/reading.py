"""The hearing half of a client: its copies of conversations, and how their holes are healed."""

import asyncio
from collections.abc import Callable

from tests.chaos import rest
from tests.chaos.copy import Copy, Event, Frame
from tests.chaos.line import Line

HEAL_PATIENCE = 2.0  # seconds that a known hole may last before it is fetched


class Reading:
    """`copies` by conversation; `delivered(reader, port, client_id)` is told of what came."""

    def __init__(self, line: Line, delivered: Callable[[str, int, str], None]) -> None:
        self.line, self._delivered = line, delivered
        self.copies = {each: Copy() for each in line.person.conversations}
        self._healing: set[str] = set()

    @property
    def cursors(self) -> dict[str, int]:
        return {conversation: copy.cursor for conversation, copy in self.copies.items()}

    def start_from(self, other: "Reading") -> None:
        """Go on from where another device of the same person is."""
        for conversation, cursor in other.cursors.items():
            self.copies[conversation] = Copy(cursor, cursor)

    def learn(self, heads: dict[str, int]) -> None:
        """Heads tell of silent gaps: they heal by themselves in a moment, or are fetched."""
        for conversation, head in heads.items():
            copy = self.copies.setdefault(conversation, Copy())
            copy.head = max(copy.head, head)
        self.heal_all()

    def hear_events(self, frame: Frame) -> None:
        conversation = frame["conversation"]
        if self._tells_our_end(frame):
            self._drop(conversation)
        elif conversation not in self.copies:
            self.hear_hint(frame)
        elif self._take(conversation, frame).early:
            self.heal(conversation)

    def hear_hint(self, frame: Frame) -> None:
        """Whatever names a conversation that is not ours is written down."""
        if frame.get("conversation") not in {None, *self.copies}:
            self.line.history.note("named", conversation=frame["conversation"], type=frame["type"])

    def heal_all(self) -> None:
        """Fetch what stays behind."""
        for conversation, copy in self.copies.items():
            if copy.is_behind or copy.early:
                self.heal(conversation, HEAL_PATIENCE)

    def heal(self, conversation: str, patience: float = 0.0) -> None:
        """Fetch what is missing, if it still is after `patience`; one fetch at a time."""
        if conversation not in self._healing:
            self._healing.add(conversation)
            self.line.spawn(self._heal(conversation, patience))

    async def _heal(self, conversation: str, patience: float) -> None:
        try:
            await asyncio.sleep(patience)
            copy = self.copies.get(conversation)
            if copy is not None and (copy.is_behind or not patience):
                await self._fetch(conversation, copy)
        except (OSError, TimeoutError):
            self.line.history.note("unhealed", conversation=conversation)  # the next tick tries
        finally:
            self._healing.discard(conversation)

    async def _fetch(self, conversation: str, copy: Copy) -> None:
        """All pages of /changes/ after the cursor; 404 says that the conversation is not ours."""
        more = True
        while more:
            after = copy.cursor
            path = f"conversations/{conversation}/changes/?after={after}"
            status, found = await rest.call(self.line.port, self.line.person.key, "GET", path)
            if status == 404:
                self._drop(conversation)
                return
            if status != 200:
                raise ConnectionError(f"changes: {status}")
            more = bool(found["next"])
            head = found["results"][-1]["revision"] if more else found["head"]
            self._take(conversation, {"after": after, "head": head, "events": found["results"]})

    def _take(self, conversation: str, frame: Frame) -> Copy:
        # Its copy may have been dropped while a page was fetched: then nobody looks at this one.
        copy = self.copies.get(conversation) or Copy()
        for event in copy.take(frame):
            self._note(conversation, event)
        return copy

    def _note(self, conversation: str, event: Event) -> None:
        names = {"type", "revision", "seq", "id", "body"} & event.keys()
        told = {name: event[name] for name in sorted(names)}
        self.line.history.note("applied", conversation=conversation, **told)
        if event["type"] == "message.created" and event["body"]:
            self._delivered(self.line.person.username, self.line.port, event["body"][:36])

    def _tells_our_end(self, frame: Frame) -> bool:
        ends = [event for event in frame["events"] if event["type"] == "membership.ended"]
        return any(event["user"]["id"] == self.line.person.id for event in ends)

    def _drop(self, conversation: str) -> None:
        if self.copies.pop(conversation, None) is not None:
            self.line.history.note("ended", conversation=conversation)
