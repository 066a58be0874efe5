"""One run of one subject under one load, and what came of it."""

from dataclasses import dataclass, field

from tests.bench import load
from tests.bench.cases import Case
from tests.bench.processes import Usage
from tests.bench.stack import Stack
from tests.bench.subjects import Serving, Subject


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


def under_load(stack: Stack, subject: Subject, case: Case, timing: Timing) -> Run:
    """Serve the case once and measure it; `LoadFailed` or `ServerFailed` where it cannot be."""
    with subject.serving(stack, case) as serving:
        usage = Usage(serving.processes)
        plan = _plan(serving, case, timing)
        answer = load.run(stack.programs.load, plan, usage.begin, usage.end)
        return Run(_figures(answer, usage, case), serving.faults(answer))


def _plan(serving: Serving, case: Case, timing: Timing) -> load.Plan:
    return load.Plan(
        serving.members,
        rooms=case.rooms,
        window=case.window,
        rate=case.rate,
        warm_up=timing.warm_up,
        seconds=timing.seconds,
        ack=serving.ack,
    )


def _figures(answer: load.Answer, usage: Usage, case: Case) -> dict[str, float]:
    delivered = answer.deliveries_per_s * usage.elapsed
    used = sum(usage.seconds.values())
    return {
        "deliveries_per_s": answer.deliveries_per_s,
        "messages_per_s": answer.messages_per_s,
        "p50_ms": answer.p50_ms,
        "p99_ms": answer.p99_ms,
        "cpu_us_per_delivery": used / delivered * 1e6 if delivered else 0.0,
        "bytes_per_delivery": answer.bytes_per_delivery,
        "client_cpu": answer.client_cpu,
        "missing": answer.missing,
        "stalls": answer.stalls,
        **{f"cpu_{name}": share for name, share in usage.shares().items()},
    }
