"""A conversation as this process has it: who is connected, and which of its news are due."""

from dataclasses import dataclass, field
from typing import Any

from chat.socket import Socket

# Above this many members nobody is told who reads, types or is there.
HINTS_LIMIT = 200

News = dict[str, Any]


@dataclass(slots=True, eq=False)
class Room:
    """`head`: the number up to which its sockets have been told; None before anything is known."""

    conversation: str
    sockets: set[Socket] = field(default_factory=set)
    head: int | None = None
    size: int = 0
    is_healing: bool = False
    early: list[News] = field(default_factory=list)
    # Presence: what was last told here, who came since, what other processes say.
    told: frozenset[str] = frozenset()
    newcomers: set[Socket] = field(default_factory=set)
    elsewhere: dict[str, frozenset[str]] = field(default_factory=dict)

    def raise_head(self, head: int) -> None:
        if self.head is None:
            self.head = head

    def in_order(self, news: News) -> list[News]:
        """What is to be told now: nothing twice, and nothing before what came earlier."""
        self.early.append(news)
        self.early.sort(key=lambda each: each["after"])
        due: list[News] = []
        while self.early and (self.head is None or self.early[0]["after"] <= self.head):
            first = self.early.pop(0)
            if self.head is None or first["head"] > self.head:
                self.head = first["head"]
                due.append(first)
        return due

    def write(self, frame: bytes, *, oldest: int, instead: bytes) -> None:
        """One frame to everybody; `instead` to whoever may not see messages as old as `oldest`
        (R25)."""
        for socket in list(self.sockets):
            hidden = oldest and oldest <= socket.from_seqs.get(self.conversation, 0)
            socket.write(instead if hidden else frame)

    @property
    def takes_hints(self) -> bool:
        return self.size <= HINTS_LIMIT

    @property
    def here(self) -> frozenset[str]:
        """Who is connected to this process."""
        return frozenset(socket.user for socket in self.sockets)

    @property
    def here_anywhere(self) -> frozenset[str]:
        return self.here.union(*self.elsewhere.values())
