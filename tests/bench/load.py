"""The load client's plan and answer: c/load.c knows framing, this module what is said."""

import json
import secrets
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.bench import cores

PATIENCE = 60.0  # seconds for everybody to be let in
MARK, ID = "{mark}", "{id}"  # what the client fills into a template
MARK_FORMAT = "@@T{run:08x}{number:08x}"


class LoadFailed(Exception):
    """The load client gave up; the message has its own words."""


@dataclass(frozen=True)
class Step:
    """Say something, as it is or as a WebSocket text frame; go on when `expect` was heard."""

    say: str
    expect: str
    framed: bool = False


@dataclass(frozen=True)
class Member:
    """One connection: where, in which room, how it opens and, for a sender, what it says."""

    port: int
    room: int
    script: tuple[Step, ...]
    template: str = ""  # with MARK and perhaps ID in it; empty for one who only listens
    framed: bool = True


@dataclass(frozen=True)
class Plan:
    """A run. Members lie room by room; every room has as many senders as the others."""

    members: list[Member]
    rooms: int = 1
    window: int = 0  # messages outstanding in each room; 0: `rate` rules
    rate: float = 0.0  # messages a second in all
    missed: int = 0  # messages each room holds already, which each member is to get
    opening: int = 50  # connections that may be opening at a time
    warm_up: float = 1.0
    seconds: float = 4.0
    patience: float = PATIENCE
    silence: float = 0.3  # seconds without a byte before anything is said
    settle: float = 5.0  # seconds for what was said last to be heard
    ack: str = ""  # how an ack looks in the stream
    run: int = field(default_factory=lambda: secrets.randbits(32))

    def text(self) -> bytes:
        """The file that c/plan.c reads; lengths are in bytes."""
        settings = {key: value for key, value in _settings(self).items() if value != ""}
        lines = [f"{name} {value}\n".encode() for name, value in settings.items()]
        return b"".join([*lines, *map(_member_text, self.members)])

    def mark(self, room: int, number: int) -> str:
        """The mark of one of the `missed` messages that a room holds."""
        return MARK_FORMAT.format(run=self.run, number=room * self.missed + number)


def _settings(plan: Plan) -> dict[str, Any]:
    """The plan's settings without its members."""
    return {name: value for name, value in vars(plan).items() if name != "members"}


def _member_text(member: Member) -> bytes:
    template = member.template.encode()
    head = f"member {member.port} {member.room} {len(member.script)} {_how(member.framed)} "
    steps = [_step_text(step) for step in member.script]
    return b"".join([head.encode(), b"%d\n" % len(template), template, b"\n", *steps])


def _step_text(step: Step) -> bytes:
    say, expect = step.say.encode(), step.expect.encode()
    return b"%s %d %d\n%s%s\n" % (_how(step.framed).encode(), len(say), len(expect), say, expect)


def _how(framed: bool) -> str:
    return "frame" if framed else "raw"


@dataclass(frozen=True)
class Answer:
    """What the load client saw; rates and latencies of the measured seconds, counts of the run."""

    said: int
    acks: int
    heard: int
    missing: int  # deliveries that never came
    incomplete: int  # messages that not everybody has
    strange: int  # marks that nobody said in that room
    one_order: bool  # all members of each room heard the same in the same order
    stalls: int
    closed: int
    retries: int  # connections that were turned away and came again
    deliveries_per_s: float
    messages_per_s: float
    p50_ms: float
    p99_ms: float
    client_cpu: float  # share of its core
    late_ms: float  # the worst delay of a send behind its time
    bytes_per_delivery: float
    opened_s: float


class LoadClient:
    """A running load client: its members are in and silent."""

    def __init__(self, process: subprocess.Popen, words: IO[str]) -> None:
        self.process, self.words = process, words

    def wait_for(self, word: str) -> None:
        """Return when the client says so; `LoadFailed` with its own words when it gives up."""
        line = self._line()
        if line != word:
            raise LoadFailed(f"{word!r} was expected, it said {line!r}")

    def go(self) -> None:
        """Let it speak."""
        self._write("go\n")

    def answer(self) -> Answer:
        """Its report, at the end of the run."""
        return Answer(**json.loads(self._line()))

    def _write(self, text: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def _line(self) -> str:
        assert self.process.stdout
        if line := self.process.stdout.readline():
            return line.strip()
        self.process.wait()
        self.words.seek(0)
        raise LoadFailed(self.words.read().strip()[-1500:] or "it ended without a word")


@contextmanager
def load_client(program: Path, plan: Plan) -> Iterator[LoadClient]:
    """The client on its core, opening what the plan says; gone after the block."""
    with (
        tempfile.NamedTemporaryFile(prefix="medley-load-", suffix=".plan") as file,
        tempfile.TemporaryFile("w+") as words,
    ):
        file.write(plan.text())
        file.flush()
        with cores.on(cores.CLIENT):
            process = subprocess.Popen(
                [program, file.name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
                text=True,
            )
        try:
            yield LoadClient(process, words)
        finally:
            process.kill()
            process.communicate()


def run(program: Path, plan: Plan, begin: Callable[[], Any], end: Callable[[], Any]) -> Answer:
    """The whole run; `begin` and `end` are called around the measured seconds."""
    with load_client(program, plan) as client:
        client.wait_for("ready")
        client.go()
        client.wait_for("measuring")
        begin()
        client.wait_for("end")
        end()
        return client.answer()
