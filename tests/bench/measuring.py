"""What a subject of the benchmarks is, and one run of one under a load."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import ClassVar

from tests.bench import load
from tests.bench.cases import Case
from tests.bench.load import Answer, Member
from tests.bench.processes import Usage
from tests.bench.stack import Stack


@dataclass(frozen=True)
class Timing:
    """How long each run takes, in seconds, and how often everything is repeated."""

    seconds: float = 4.0
    warm_up: float = 1.0
    rounds: int = 3


@dataclass(frozen=True)
class Run:
    """The figures of one run by metric, and what its audit found."""

    figures: dict[str, float]
    faults: list[str] = field(default_factory=list)


class Subject:
    """Something that is measured."""

    name: ClassVar[str]
    cases: ClassVar[tuple[str, ...]]

    def measure(self, stack: Stack, case: Case, timing: Timing) -> Run:
        """One run of one of its cases; `NotAvailable`, `LoadFailed` or `ServerFailed`."""
        raise NotImplementedError


def nothing_to_audit(answer: Answer) -> list[str]:
    """For those whose promises are not ours to check."""
    return []


@dataclass(frozen=True)
class Serving:
    """A subject that serves a case: who connects how, and which processes do the work."""

    members: list[Member]
    processes: dict[str, list[int]]  # name: roots of process trees
    ack: str = ""  # how an ack looks in the stream
    silence: float = 0.3  # seconds: longer than it waits before it tells who is there
    faults: Callable[[Answer], list[str]] = nothing_to_audit


class Server(Subject):
    """A subject that takes the load client's connections."""

    def serving(self, stack: Stack, case: Case) -> AbstractContextManager[Serving]:
        """Serve the case until the end of the block."""
        raise NotImplementedError

    def measure(self, stack: Stack, case: Case, timing: Timing) -> Run:
        with self.serving(stack, case) as serving:
            usage = Usage(serving.processes)
            plan = _plan(serving, case, timing)
            answer = load.run(stack.programs.load, plan, usage.begin, usage.end)
            return Run(_figures(answer, usage), serving.faults(answer))


def _plan(serving: Serving, case: Case, timing: Timing) -> load.Plan:
    return load.Plan(
        serving.members,
        rooms=case.rooms,
        window=case.window,
        rate=case.rate,
        warm_up=timing.warm_up,
        seconds=timing.seconds,
        ack=serving.ack,
        silence=serving.silence,
    )


def _figures(answer: Answer, usage: Usage) -> dict[str, float]:
    delivered = answer.deliveries_per_s * usage.elapsed
    used = sum(usage.seconds.values())
    # Where nothing said in the measured time was heard in it, there is no latency to tell.
    latencies = {"p50_ms": answer.p50_ms, "p99_ms": answer.p99_ms} if answer.p50_ms else {}
    return {
        "deliveries_per_s": answer.deliveries_per_s,
        "messages_per_s": answer.messages_per_s,
        **latencies,
        "cpu_us_per_delivery": used / delivered * 1e6 if delivered else 0.0,
        "bytes_per_delivery": answer.bytes_per_delivery,
        "client_cpu": answer.client_cpu,
        "missing": answer.missing,
        "stalls": answer.stalls,
        **{f"cpu_{name}": share for name, share in usage.shares().items()},
    }
