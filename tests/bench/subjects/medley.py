"""Medley as it is served."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from tests import services
from tests.bench import (
    audit,
    encoding,
    feeding,
    idle,
    notifying,
    ordering,
    pages,
    queueing,
    resting,
    resume,
    web,
    world,
)
from tests.bench.cases import (
    CHECKOUT,
    CONVERSATION,
    ENCODING,
    FEED,
    IDLE,
    LOADS,
    MODERATION,
    NOTIFICATIONS,
    ONLY_BY_NAME,
    REST,
    RESUME,
    TWO_PROCESSES,
    Case,
)
from tests.bench.load import Answer
from tests.bench.measuring import Run, Server, Serving, Timing
from tests.bench.stack import Stack


class Medley(Server):
    """One web process, or two for the case `two-processes`."""

    name = "medley"
    cases = tuple(case.name for case in (*LOADS, IDLE, RESUME, *ONLY_BY_NAME))

    def measure(self, stack: Stack, case: Case, timing: Timing) -> Run:
        if case == IDLE:
            return idle.measure(stack, case)
        if case == RESUME:
            return resume.measure(stack, case)
        if case == CONVERSATION:
            return pages.measure()
        if case == FEED:
            return feeding.measure()
        if case == ENCODING:
            return encoding.measure(stack)
        if case == NOTIFICATIONS:
            return notifying.measure(stack)
        if case == MODERATION:
            return queueing.measure()
        if case == CHECKOUT:
            return ordering.measure()
        if case == REST:
            return resting.measure()
        return super().measure(stack, case, timing)

    @contextmanager
    def serving(self, stack: Stack, case: Case) -> Iterator[Serving]:
        rooms = world.rooms(case)
        ports = [services.free_port() for _ in range(2 if case == TWO_PROCESSES else 1)]
        with ExitStack() as webs:
            pids = [webs.enter_context(web.web(stack, port)) for port in ports]
            yield Serving(
                web.members_of(rooms, ports, senders=case.senders),
                {"web": pids, "postgresql": [stack.postgres_pid], "redis": [stack.redis_pid]},
                ack=web.ACK,
                silence=web.PRESENCE_PAUSE,
                faults=partial(_faults, stack, ports),
            )


def _faults(stack: Stack, ports: list[int], answer: Answer) -> list[str]:
    """The audit's, and with them the end of what the servers logged."""
    found = audit.faults(answer)
    words = [web.log_of(stack, port).read_text()[-1000:] for port in ports] if found else []
    return found + [f"the log ends: {text.strip()}" for text in words if text.strip()]
