"""Redis that dies, forgets or freezes: it is a hint, and nobody waits for it."""

import asyncio

from tests.chaos import truth
from tests.chaos.processes import wait_for
from tests.chaos.stage import Stage

ACK_LIMIT = 2.0
LIVE_LIMIT = 10.0  # seconds after Redis answers again
HEAL_LIMIT = 30.0
JOBS_LIMIT = 60.0
ENQUEUE = "from accounts import outbox; outbox.enqueue('videos.delete_files', names=[])"
AFTER = 15.0  # seconds of load after it is back


async def kill(stage: Stage) -> None:
    """kill -9 and a restart with nothing: sends go on, live again in 10 s, gaps healed in 30 s."""
    struck = stage.now
    stage.stack.redis.kill()
    if stage.scale >= 1:  # the short version has no minute for it
        await asyncio.to_thread(stage.stack.manage, "shell", "--command", ENQUEUE)
        stage.afterwards.append(lambda: _jobs_done(stage, back))
    await stage.last(10)
    stage.stack.redis.start()
    await asyncio.to_thread(wait_for, stage.stack.redis_answers, 20, "Redis")
    back = stage.now
    await judge(stage, struck, back)


async def _jobs_done(stage: Stage, back: float) -> None:
    """The job that was written while Redis was away is done."""
    limit = JOBS_LIMIT * stage.leeway
    while (waiting := await asyncio.to_thread(truth.waiting_jobs, stage.stack.url)) > 0:
        if stage.now - back > limit:
            break
        await asyncio.sleep(0.5)
    stage.within(None if waiting else stage.now - back, JOBS_LIMIT, "jobs re-driven in")


async def flushall(stage: Stage) -> None:
    """Everything in it is gone, from one moment to the next."""
    struck = stage.now
    await asyncio.to_thread(lambda: stage.stack.redis_client().flushall())
    await judge(stage, struck, back=struck)


async def freeze(stage: Stage) -> None:
    """It accepts connections and answers nothing for a minute: acks come within 2 s."""
    struck = stage.now
    await asyncio.to_thread(stage.stack.redis.freeze)
    await stage.last(60)
    stage.stack.redis.thaw()
    await judge(stage, struck, back=stage.now)


async def judge(stage: Stage, struck: float, back: float) -> None:
    """Acks while it was away, and all that it told again since it is `back`."""
    await stage.last(AFTER)
    stage.acks_within(ACK_LIMIT, struck)
    stage.sends_succeed(struck)
    stage.expect(stage.load.all_open(), "sockets were lost with Redis")
    stage.afterwards.append(lambda: stage.live_again(back, LIVE_LIMIT))
    stage.afterwards.append(lambda: stage.healed(struck, HEAL_LIMIT))
