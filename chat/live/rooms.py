"""A conversation as this process has it: who is connected, and which of its news are due."""

from dataclasses import dataclass, field
from typing import Any

from chat.live.socket import Socket
from chat.live.wire import Frame
from chat.metrics import DELIVERIES

# Above this many members nobody is told who reads, types or is there; only how many are.
HINTS_LIMIT = 200

News = dict[str, Any]


@dataclass(slots=True, eq=False)
class Room:
    """`head`: the number up to which its sockets have been told; None before anything is known."""

    conversation: str
    is_quiet: bool = False  # a channel: who follows it hears nothing of the others (R27)
    sockets: set[Socket] = field(default_factory=set)
    head: int | None = None
    size: int | None = None  # members; None before the database was asked
    known: int = 0  # the highest number that somebody has seen in the database
    is_healing: bool = False
    early: list[News] = field(default_factory=list)

    def raise_head(self, head: int) -> None:
        if self.head is None:
            self.head = head

    @property
    def has_hole(self) -> bool:
        """Whether there is something that its sockets have not been told."""
        return self.head is not None and (bool(self.early) or self.known > self.head)

    def in_order(self, news: News) -> list[News]:
        """What is to be told now: nothing twice, and nothing before what came earlier."""
        if news["after"] == self.head and not self.early:  # nearly always
            self.head = news["head"]
            return [news]
        self.early.append(news)
        self.early.sort(key=lambda each: each["after"])
        due: list[News] = []
        while self.early and (self.head is None or self.early[0]["after"] <= self.head):
            first = self.early.pop(0)
            if self.head is None or first["head"] > self.head:
                self.head = first["head"]
                due.append(first)
        return due

    def write(self, frame: Frame) -> None:
        """One frame to everybody."""
        DELIVERIES.inc(len(self.sockets))
        for socket in self.sockets:
            socket.write(frame)

    def write_about(self, oldest: int, frame: Frame, instead: Frame) -> None:
        """`instead` to whoever may not see messages as old as `oldest` (R25)."""
        DELIVERIES.inc(len(self.sockets))
        for socket in self.sockets:
            hidden = oldest <= socket.lines[self.conversation].from_seq
            socket.write(instead if hidden else frame)

    @property
    def is_large(self) -> bool:
        """Too many members for hints about each."""
        return self.is_quiet or (self.size is not None and self.size > HINTS_LIMIT)

    @property
    def here(self) -> frozenset[str]:
        """Who is connected to this process."""
        return frozenset(socket.user for socket in self.sockets)
