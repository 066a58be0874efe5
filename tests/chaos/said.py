"""A message on its way, and whoever measures what becomes of it."""

from dataclasses import dataclass
from typing import Protocol

from tests.client.copy import Frame


@dataclass
class Said:
    """A message that is to be stored; times in seconds of `time.monotonic()`."""

    client_id: str
    conversation: str
    body: str
    times: int = 1  # how often it is written at first
    port: int = 0  # where its author was connected
    said_at: float = 0.0
    repeated_at: float = 0.0
    answered_at: float = 0.0  # the first answer, be it "not now"
    waits: bool = False  # to be said again in a moment

    @property
    def frame(self) -> Frame:
        return {
            "type": "message.send",
            "conversation": self.conversation,
            "client_id": self.client_id,
            "body": self.body,
        }


class Watch(Protocol):
    """Told of each answer (`code` None is an ack) and of each message that came to a reader."""

    def answered(self, said: Said, code: str | None) -> None: ...
    def answered_by_rest(self, status: int) -> None: ...
    def delivered(self, reader: str, port: int, client_id: str) -> None: ...
