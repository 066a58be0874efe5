"""A client's copy of one conversation, kept by the rules of the wire contract: pure, no sockets."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Event = dict[str, Any]
Frame = dict[str, Any]
WHOLE = ("message.created", "message.edited", "message.unsent")


@dataclass
class Copy:
    """`cursor`: all up to this revision is here. `head`: how far the server says it has come."""

    cursor: int = 0
    head: int = 0
    messages: dict[int, Event] = field(default_factory=dict)
    early: list[Frame] = field(default_factory=list)

    @property
    def is_behind(self) -> bool:
        return self.head > self.cursor

    def take(self, frame: Frame) -> Iterator[Event]:
        """Apply a frame of events, and those that waited for it; yields what was new.

        A frame beyond the cursor waits: `early` is then not empty, and the hole is to be fetched.
        """
        self.head = max(self.head, frame["head"])
        self.early.append(frame)
        self.early.sort(key=lambda each: each["after"])
        while self.early and self.early[0]["after"] <= self.cursor:
            due = self.early.pop(0)
            yield from self.apply(due["events"])
            self.reach(due["head"])

    def apply(self, events: list[Event]) -> Iterator[Event]:
        """What has a number above the cursor; everything else is here already."""
        for event in events:
            if event["revision"] > self.cursor:
                self._change(event)
                self.reach(event["revision"])
                yield event

    def reach(self, revision: int) -> None:
        self.cursor = max(self.cursor, revision)
        self.head = max(self.head, revision)

    def _change(self, event: Event) -> None:
        if event["type"] in WHOLE:
            self.messages[event["seq"]] = event
        elif event["type"] == "reaction.changed" and event["seq"] in self.messages:
            changed = {name: event[name] for name in ("revision", "reactions")}
            self.messages[event["seq"]] = {**self.messages[event["seq"]], **changed}

    def listed(self) -> list[list[Any]]:
        """`[seq, id, revision, body]` of each message, in the order of their places."""
        return [
            [seq, message["id"], message["revision"], message["body"]]
            for seq, message in sorted(self.messages.items())
        ]
