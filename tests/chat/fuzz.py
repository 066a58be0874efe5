"""Frames nobody sane would send: wrong JSON, wrong fields, wrong bytes; the same for a seed."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from tests.websocket_frames import BINARY, PING, TEXT, frame

VERBS = (
    "hello",
    "message.send",
    "message.edit",
    "message.unsend",
    "reaction.add",
    "reaction.remove",
    "poll.vote",
    "read",
    "typing",
    "pong",
)
ABOUT = ("conversation", "seq", "reply_to", "share", "ticket", "cursors")
SAID = ("client_id", "id", "body", "emoji", "mentions", "media")
STRINGS = ("", "x", "\0", "💥", "\u202e", "' OR 1=1 --", "video:1", "video:" + "9" * 40, "a" * 300)
NUMBERS = (-1, 0, 1, 0.5, 2**31, 2**53, 2**63, 2**64, 10**30, 1e308)


class Fuzz:
    """An endless source of bad frames about these conversations."""

    def __init__(self, seed: int, conversations: list[str]) -> None:
        self.random = Random(seed)
        self.strings = (*STRINGS, *conversations, *conversations)

    def well_framed(self) -> bytes:
        """Bytes that are a proper WebSocket message; what it says is another matter."""
        made: Callable[[], bytes] = self.random.choice([self.fields, self.fields, self.bits])
        kind = self.random.choice([TEXT] * 9 + [BINARY, PING])
        said = made()
        return frame(said[:125] if kind == PING else said, kind, mask=self.random.randbytes(4))

    def ill_framed(self) -> bytes:
        """Bytes that may be no WebSocket frame at all."""
        said = bytearray(frame(self.fields(), self.random.randrange(16)))
        for _ in range(self.random.randint(1, 4)):
            said[self.random.randrange(min(10, len(said)))] = self.random.randrange(256)
        return bytes(said)

    def fields(self) -> bytes:
        """A verb with fields of any type."""
        names = self.random.sample((*ABOUT, *SAID), self.random.randint(0, 6))
        said = {name: self.value() for name in names}
        said["type"] = self.random.choice(VERBS) if self.random.random() < 0.9 else self.value()
        return json.dumps(said, ensure_ascii=self.random.random() < 0.5).encode()

    def bits(self) -> bytes:
        """JSON with a few characters changed or its end cut off, still in UTF-8."""
        said = bytearray(self.fields())
        for _ in range(self.random.randint(0, 5)):
            said[self.random.randrange(len(said))] = self.random.randrange(128)
        return bytes(said[: self.random.randint(1, len(said))]).decode(errors="ignore").encode()

    def value(self, depth: int = 0) -> Any:
        pick = self.random.random()
        if pick < 0.5:
            return self.random.choice(self.strings)
        if pick < 0.75:
            return self.random.choice(NUMBERS)
        if pick < 0.85 or depth > 2:
            return self.random.choice([None, True, False, [], {}])
        if pick < 0.93:
            return [self.value(depth + 1) for _ in range(self.random.randint(1, 30))]
        return {self.random.choice(self.strings): self.value(depth + 1) for _ in range(5)}
