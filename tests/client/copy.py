"""A client's copy of one conversation, kept by the rules of docs/sync.md: pure, no sockets."""

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

Card = dict[str, Any]
Event = dict[str, Any]
Frame = dict[str, Any]

WHOLE = {"message.created", "message.edited", "message.unsent"}
# What else happens to a message, and the fields of its card that then are others.
PARTS = {
    "reaction.changed": ("reactions",),
    "share.changed": ("share",),
    "links.changed": ("links", "blocked_hosts"),
    "poll.changed": ("poll",),
    "thread.changed": ("replies",),
}
WHERE_ANY = {"links", "blocked_hosts"}  # which a card has only where there are any


@dataclass
class Copy:
    """`cursor`: all up to this revision is here. `head`: how far the server says it has come.
    `begins`: messages from this place on are here, older ones are history that nobody looked at.
    `early`: frames that wait for what comes before them."""

    cursor: int = 0
    head: int = 0
    begins: int = 0
    messages: MutableMapping[int, Card] = field(default_factory=dict)
    early: list[Frame] = field(default_factory=list)
    is_held: bool = False

    @property
    def is_behind(self) -> bool:
        return self.head > self.cursor

    def take(self, frame: Frame) -> list[Event]:
        """Apply a frame of events, and those that waited for it; what was new.

        A frame beyond the cursor waits: `early` is then not empty, and the hole is to be fetched.
        """
        self.head = max(self.head, frame["head"])
        self.early.append(frame)
        self.early.sort(key=lambda each: each["after"])
        return self._take_due()

    def hold(self) -> None:
        """Let frames wait while history is under way: they may be about what it brings."""
        self.is_held = True

    def fold(self, page: Iterable[Card], *, begins: int) -> None:
        """History that was asked for while frames waited: from `begins` on all is here now."""
        for card in page:
            if not self._is_known(card["seq"], card["revision"]):
                self.messages[card["seq"]] = card
        self.begins = begins

    def release(self) -> list[Event]:
        """Frames wait no longer, whether history came or not; what was new of them."""
        self.is_held = False
        return self._take_due()

    def reach(self, revision: int) -> None:
        self.cursor = max(self.cursor, revision)
        self.head = max(self.head, revision)

    def _take_due(self) -> list[Event]:
        new: list[Event] = []
        while self.early and not self.is_held and self.early[0]["after"] <= self.cursor:
            due = self.early.pop(0)
            new += self._apply(due["events"])
            self.reach(due["head"])
        return new

    def _apply(self, events: list[Event]) -> list[Event]:
        """What has a number above the cursor; everything else is here already."""
        new = [event for event in events if event["revision"] > self.cursor]
        for event in new:
            if event.get("seq", -1) >= self.begins:
                self._change(event)
            self.reach(event["revision"])
        return new

    def _change(self, event: Event) -> None:
        kind, seq = event["type"], event["seq"]
        if self._is_known(seq, event["revision"]):  # history came with it
            return
        known = self.messages.get(seq, {})
        if kind in WHOLE:
            card = {name: value for name, value in event.items() if name != "type"}
            self.messages[seq] = card | _poll_of(card, known)
        elif kind == "message.expired":
            self.messages.pop(seq, None)
        elif known:
            self.messages[seq] = _patched(known, event)

    def _is_known(self, seq: int, revision: int) -> bool:
        return seq in self.messages and self.messages[seq]["revision"] >= revision

    def listed(self) -> list[list[Any]]:
        """`[seq, id, revision, body]` of each message, in the order of their places."""
        return [
            [seq, message["id"], message["revision"], message["body"]]
            for seq, message in sorted(self.messages.items())
        ]


def _patched(known: Card, event: Event) -> Card:
    changed = {name: event[name] for name in PARTS.get(event["type"], ())}
    card = known | changed | _poll_of(changed, known) | {"revision": event["revision"]}
    return {name: value for name, value in card.items() if value or name not in WHERE_ANY}


def _poll_of(card: Card, known: Card) -> Card:
    """What everybody hears of a poll is nobody's own votes: those stay as they were."""
    mine = (known.get("poll") or {}).get("mine")
    poll = card.get("poll")
    return {"poll": poll | {"mine": mine}} if poll and poll["mine"] is None and mine else {}
