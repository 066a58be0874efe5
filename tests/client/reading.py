"""The hearing half of a client: its copies of conversations, and how their holes are healed."""

import asyncio
from collections import defaultdict
from contextlib import AbstractContextManager, nullcontext

from tests.client import rest
from tests.client.copy import Card, Copy, Event, Frame
from tests.client.line import Line

HEAL_PATIENCE = 2.0  # seconds that a known hole may last before it is fetched
PAGE = 50  # messages of history


class Reading:
    """`copies` by conversation, of the person with the id `me`, who has the session token `key`.

    What a client does besides (it keeps its copies, it writes a history) it says in the methods
    that do nothing here.
    """

    def __init__(self, line: Line, me: str = "", key: str = "") -> None:
        self.line, self.me, self.key = line, me, key
        self.copies: dict[str, Copy] = {}
        self._healing: set[str] = set()
        self._alone: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @property
    def cursors(self) -> dict[str, int]:
        return {conversation: copy.cursor for conversation, copy in self.copies.items()}

    # --- What a client adds ---------------------------------------------------------------------

    def changing(self, conversation: str) -> AbstractContextManager[object]:
        """Around each change of a copy."""
        return nullcontext()

    def applied(self, conversation: str, event: Event) -> None:
        """An event was new."""

    def ended(self, conversation: str) -> None:
        """It is not the person's any more, and its copy is dropped."""

    def unknown(self, conversation: str, frame: Frame) -> None:
        """A frame named a conversation of which there is no copy."""

    def unheard(self, conversation: str, head: int) -> None:
        """The server says that one reaches this client of which there is no copy."""

    def unhealed(self, conversation: str) -> None:
        """Nobody answered; the next hole or heartbeat tries again."""

    # --- Hearing --------------------------------------------------------------------------------

    def learn(self, heads: dict[str, int]) -> None:
        """Heads tell of silent gaps: they heal by themselves in a moment, or are fetched."""
        for conversation, head in heads.items():
            if conversation not in self.copies:
                self.unheard(conversation, head)
            if copy := self.copies.get(conversation):
                copy.head = max(copy.head, head)
        self.heal_all()

    def hear_events(self, frame: Frame) -> None:
        conversation = frame["conversation"]
        if self._tells_our_end(frame):
            self.drop(conversation)
        elif conversation not in self.copies:
            self.unknown(conversation, frame)
        elif self.take(conversation, frame).early:
            self.heal(conversation)

    def hear_hint(self, frame: Frame) -> None:
        if frame.get("conversation") not in {None, *self.copies}:
            self.unknown(frame["conversation"], frame)

    def take(self, conversation: str, frame: Frame) -> Copy:
        """A frame for a copy, be it from the socket or from REST."""
        # It may have been dropped while a page was fetched: then nobody looks at this one.
        copy = self.copies.get(conversation) or Copy()
        with self.changing(conversation):
            for event in copy.take(frame):
                self.applied(conversation, event)
        return copy

    def drop(self, conversation: str) -> None:
        if self.copies.pop(conversation, None) is not None:
            self.ended(conversation)

    def _tells_our_end(self, frame: Frame) -> bool:
        ends = [event for event in frame["events"] if event["type"] == "membership.ended"]
        return any(event["user"]["id"] == self.me for event in ends)

    # --- Fetching -------------------------------------------------------------------------------

    async def call(self, method: str, path: str, body: object = None, tag: str = "") -> rest.Answer:
        """Ask REST as this person, through the door that the line is at."""
        return await rest.call(self.line.port, self.key, method, path, body, tag=tag)

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
                async with self._alone[conversation]:
                    await self._fetch(conversation, copy)
        except (OSError, TimeoutError):
            self.unhealed(conversation)
        finally:
            self._healing.discard(conversation)

    async def _fetch(self, conversation: str, copy: Copy) -> None:
        """All pages of /changes/ after the cursor; 404 says that the conversation is not ours."""
        more = True
        while more:
            after = copy.cursor
            answer = await self.call("GET", f"conversations/{conversation}/changes/?after={after}")
            if answer.status == 404:
                self.drop(conversation)
                return
            if answer.status != 200:
                raise ConnectionError(f"changes: {answer.status}")
            found = answer.body
            more = bool(found["next"])
            head = found["results"][-1]["revision"] if more else found["head"]
            self.take(conversation, {"after": after, "head": head, "events": found["results"]})

    async def look_back(self, conversation: str) -> list[Card]:
        """Fetch a page of history before what is here, and answer it; empty at the beginning.

        What is told meanwhile waits until the page is there: it may be about its messages.
        """
        copy = self.copies[conversation]
        async with self._alone[conversation]:
            if copy.begins == 0:
                return []
            copy.hold()
            try:
                path = f"conversations/{conversation}/messages/?before={copy.begins}&limit={PAGE}"
                answer = await self.call("GET", path)
                if answer.status != 200:
                    raise ConnectionError(f"messages: {answer.status}")
                return self._fold(conversation, copy, answer.body)
            finally:
                self._release(conversation, copy)

    def _fold(self, conversation: str, copy: Copy, found: Card) -> list[Card]:
        if self.copies.get(conversation) is not copy:  # it ended meanwhile
            return []
        page: list[Card] = found["results"]
        with self.changing(conversation):
            copy.fold(page, begins=page[-1]["seq"] if found["next"] else 0)
        return page

    def _release(self, conversation: str, copy: Copy) -> None:
        if self.copies.get(conversation) is copy:
            with self.changing(conversation):
                for event in copy.release():
                    self.applied(conversation, event)
