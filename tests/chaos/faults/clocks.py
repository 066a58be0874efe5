"""Machines that do not agree on the time: what is said stands in one order for all."""

from tests.chaos import stack
from tests.chaos.stage import Stage

ACK_LIMIT = 2.0
HEAL_LIMIT = 30.0
BACK_LIMIT = 30.0


async def skew(stage: Stage) -> None:
    """One web process is ten minutes ahead: nobody waits, and nothing is lost or out of order."""
    number = stage.rng.randrange(2)
    struck = stage.now
    await _serve(stage, stack.SKEWED, number)
    wrong = stage.now
    await stage.last(30)
    stage.acks_within(ACK_LIMIT, wrong)
    stage.afterwards.append(lambda: stage.healed(wrong, HEAL_LIMIT))
    await _serve(stage, stack.HONEST, number)
    stage.sends_succeed(struck)


async def _serve(stage: Stage, program: list[str], number: int) -> None:
    """Stop one web process and start it so; back when everybody is connected again."""
    began = stage.now
    await stage.stack.serve_with(program, number)
    back = await stage.load.wait_until(stage.load.all_open, BACK_LIMIT * stage.leeway)
    took = None if back is None else stage.now - began
    stage.recovered(took)
    stage.within(took, BACK_LIMIT, "restarted, and all there, in")
