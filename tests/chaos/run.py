"""One seed: a stack, the load, one fault after another, and a line about each."""

import asyncio
import contextlib
import random
import tempfile
import traceback
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.chaos import history, load, stack, truth, world
from tests.chaos.checker import Verdict, check
from tests.chaos.removal import remove_somebody
from tests.chaos.stage import Fault, Stage

OUTSIDERS, MUTES = 1 / 25, 1 / 6  # of the sockets: in no conversation; never reading
WARM_UP = 3.0


@dataclass(frozen=True)
class Size:
    """How much of everything. `seconds`: the least load around each fault."""

    sockets: int = 300
    conversations: int = 50
    rate: float = 30.0
    seconds: float = 20.0
    scale: float = 1.0
    leeway: float = 1.0


@dataclass(frozen=True)
class Line:
    """What came of one fault under one seed."""

    fault: str
    seed: int
    verdict: Verdict
    recovery_s: float | None
    held: bool
    problems: list[str]
    notes: list[str]

    @property
    def report(self) -> dict:
        """The line of `make chaos OUT=file`."""
        counts = ("acked", "stored", "lost", "doubled", "misordered")
        recovery = None if self.recovery_s is None else round(self.recovery_s, 2)
        return {
            "fault": self.fault,
            "seed": self.seed,
            **{name: getattr(self.verdict, name) for name in counts},
            "recovery_s": recovery,
            "held": self.held,
        }


async def seed_lines(
    seed: int, faults: Sequence[Fault], size: Size, kept: Path | None = None
) -> AsyncGenerator[Line, None]:
    """Strike with each fault in turn. Histories and logs go to `kept`, or nowhere."""
    with contextlib.ExitStack() as folders:
        folder = kept or Path(folders.enter_context(tempfile.TemporaryDirectory()))
        async with stack.running() as medley, _load(medley, seed, size) as people:
            for fault in faults:
                try:
                    yield await _strike(fault, seed, medley, people, size, folder / fault.name)
                finally:
                    medley.keep_logs(folder / fault.name)


@contextlib.asynccontextmanager
async def _load(medley: stack.Stack, seed: int, size: Size) -> AsyncIterator[load.Load]:
    outsiders, mutes = round(size.sockets * OUTSIDERS), round(size.sockets * MUTES)
    sizes = (size.sockets - outsiders, size.conversations, outsiders, mutes)
    made = await asyncio.to_thread(world.make, medley.environment, *sizes)
    async with load.running(load.Load(medley, made, random.Random(seed), size.rate)) as people:
        yield people


async def _strike(
    fault: Fault,
    seed: int,
    medley: stack.Stack,
    people: load.Load,
    size: Size,
    folder: Path,
) -> Line:
    rng = random.Random(f"{seed} {fault.name}")
    stage = Stage(medley, people, rng, size.scale, size.leeway)
    await people.spread()
    people.begin(folder)
    began = stage.now
    await asyncio.sleep(WARM_UP)
    removal = asyncio.create_task(_remove_at_some_time(stage, size.seconds))
    await _guarded(stage, fault.strike(stage))
    await asyncio.sleep(max(0.0, size.seconds - (stage.now - began)))
    await removal
    settled = await people.settle(fault.settle_within)
    stage.expect(settled, f"not everybody was up to date {fault.settle_within:g} s after the load")
    for question in stage.afterwards:
        await _guarded(stage, question())
    people.finish()
    return await asyncio.to_thread(_judge, fault, seed, stage, folder)


async def _remove_at_some_time(stage: Stage, seconds: float) -> None:
    await asyncio.sleep(stage.rng.uniform(0, seconds / 2))
    await remove_somebody(stage.load, stage.rng)


async def _guarded(stage: Stage, work: Awaitable[None]) -> None:
    """A fault that fails in itself is a problem of its line, not the end of all."""
    try:
        await work
    except Exception:
        stage.is_played = False
        stage.problems.append(f"the fault could not be played: {traceback.format_exc(limit=-3)}")


def _judge(fault: Fault, seed: int, stage: Stage, folder: Path) -> Line:
    verdict = check(
        history.read(folder),
        truth.read(stage.stack.url),
        observed={client.person.username for client in stage.load.clients},
        silent_within=fault.silent_within,
    )
    problems = [*stage.problems, *verdict.problems]
    if fault.is_planted:
        stage.notes.append(f"caught {verdict.false_acks} false acks")
    caught = stage.is_played and verdict.false_acks > 0
    held = caught if fault.is_planted else not problems
    return Line(fault.name, seed, verdict, stage.recovery_s, held, problems, stage.notes)
