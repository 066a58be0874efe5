"""What is measured: Medley, the floors beneath it, and what else people build chats with."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from tests.bench.cases import Case
from tests.bench.load import Answer, Member
from tests.bench.stack import Stack


def nothing_to_audit(answer: Answer) -> list[str]:
    """For those whose promises are not ours to check."""
    return []


@dataclass(frozen=True)
class Serving:
    """A subject that serves a case: who connects how, and which processes do the work."""

    members: list[Member]
    processes: dict[str, list[int]]  # name: roots of process trees
    ack: str = ""  # how an ack looks in the stream
    faults: Callable[[Answer], list[str]] = field(default=nothing_to_audit)


class Subject(Protocol):
    """Something that can serve loads."""

    name: str

    def serving(self, stack: Stack, case: Case) -> AbstractContextManager[Serving]:
        """Serve the case until the end of the block; `NotAvailable` where it cannot."""
        ...
