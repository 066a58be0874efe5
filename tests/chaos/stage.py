"""What a fault works on, and how it says what held and what did not."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.chaos.checker import SILENT_WITHIN
from tests.chaos.load import Answer, Load
from tests.chaos.stack import Stack

Strike = Callable[["Stage"], Awaitable[None]]


@dataclass(frozen=True)
class Fault:
    """Limits in seconds: `silent_within` for what somebody removed may still hear, `settle_within`
    until everybody has everything after the load. `is_planted`: a bug of ours, to be caught."""

    name: str
    strike: Strike
    silent_within: float = SILENT_WITHIN
    settle_within: float = 60.0
    is_planted: bool = False


@dataclass
class Stage:
    """One fault's place and measures. `scale` shortens durations and counts; `leeway` widens time
    limits, for machines that do other work too: what must always hold is never widened."""

    stack: Stack
    load: Load
    rng: random.Random
    scale: float = 1.0
    leeway: float = 1.0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    recovery_s: float | None = None
    is_played: bool = True
    afterwards: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    @property
    def now(self) -> float:
        return time.monotonic()

    async def last(self, seconds: float) -> None:
        """Let the fault last so long, scaled."""
        await asyncio.sleep(seconds * self.scale)

    def count(self, number: int) -> int:
        """So many, scaled; at least one."""
        return max(1, round(number * self.scale))

    def within(self, seconds: float | None, limit: float, what: str) -> None:
        """Note how long something took, and a problem where that was too long (None: never)."""
        shown = "never" if seconds is None else f"{seconds:.1f} s"
        self.notes.append(f"{what} {shown}")
        if seconds is None or seconds > limit * self.leeway:
            self.problems.append(f"{what}: {shown}, allowed {limit * self.leeway:g} s")

    def expect(self, holds: bool, problem: str) -> None:
        if not holds:
            self.problems.append(problem)

    def recovered(self, seconds: float | None) -> None:
        self.recovery_s = seconds

    # --- Measures of the load -------------------------------------------------------------------

    def acks(self, since: float) -> list[Answer]:
        """Acks of messages said since then."""
        return [each for each in self.load.answers if each.said_at >= since and each.code is None]

    def acks_within(self, limit: float, since: float, what: str = "ack p99") -> None:
        """99 of 100 messages said since then were acked so soon."""
        waits = sorted(ack.waited for ack in self.acks(since))
        self.within(percentile(waits, 99), limit, what)

    def sends_succeed(self, since: float) -> None:
        """No message was refused for good; only somebody removed hears that nothing is there."""
        codes = {each.code for each in self.load.answers if each.said_at >= since}
        failed = codes - {None, "unavailable", "not_found"}
        self.expect(not failed, f"sends failed: {sorted(map(str, failed))}")

    async def live_again(self, since: float, limit: float) -> None:
        """To be asked after all is settled: when the last message was said (seconds after `since`)
        that took more than two seconds to another process."""
        crossed = [each for each in self.load.deliveries if each.crossed and each.said_at >= since]
        late = [each.said_at - since for each in crossed if each.lag > 2.0]
        self.expect(bool(crossed), "nothing was said from one process to the other")
        self.recovered(max(late, default=0.0))
        self.within(self.recovery_s, limit, "live again after")

    async def healed(self, since: float, limit: float) -> None:
        """Every message said since then was with everybody so soon."""
        lags = [each.lag for each in self.load.deliveries if each.said_at >= since]
        self.within(max(lags, default=None), limit, "slowest delivery")


def percentile(values: list[float], percent: float) -> float | None:
    """Of sorted values, by nearest rank; None of none."""
    if not values:
        return None
    return values[min(len(values) - 1, int(len(values) * percent / 100))]
