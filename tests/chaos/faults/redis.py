"""Redis that dies, forgets or freezes: it is a hint, and nobody waits for it."""

import asyncio

from tests.chaos.processes import wait_for
from tests.chaos.stage import Stage

ACK_LIMIT = 2.0
LIVE_LIMIT = 10.0  # seconds after Redis answers again
HEAL_LIMIT = 30.0
AFTER = 15.0  # seconds of load after it is back


async def kill(stage: Stage) -> None:
    """kill -9 and a restart with nothing: sends go on, live again in 10 s, gaps healed in 30 s."""
    struck = stage.now
    stage.stack.redis.kill()
    await stage.last(10)
    stage.stack.redis.start()
    await asyncio.to_thread(wait_for, stage.stack.redis_answers, 20, "Redis")
    await _judge(stage, struck, back=stage.now)


async def flushall(stage: Stage) -> None:
    """Everything in it is gone, from one moment to the next."""
    struck = stage.now
    await asyncio.to_thread(lambda: stage.stack.redis_client().flushall())
    await _judge(stage, struck, back=struck)


async def freeze(stage: Stage) -> None:
    """It accepts connections and answers nothing for a minute: acks come within 2 s."""
    struck = stage.now
    await asyncio.to_thread(stage.stack.redis.freeze)
    await stage.last(60)
    stage.stack.redis.thaw()
    await _judge(stage, struck, back=stage.now)


async def _judge(stage: Stage, struck: float, back: float) -> None:
    await stage.last(AFTER)
    stage.acks_within(ACK_LIMIT, struck)
    stage.sends_succeed(struck)
    stage.expect(stage.load.all_open(), "sockets were lost with Redis")
    stage.afterwards.append(lambda: stage.live_again(back, LIVE_LIMIT))
    stage.afterwards.append(lambda: stage.healed(struck, HEAL_LIMIT))
