"""A worker that dies together with Redis, in the middle of telling people what others did."""

import asyncio
from itertools import combinations

from tests.chaos import truth
from tests.chaos.processes import wait_for
from tests.chaos.stage import Stage
from tests.chaos.world import Person
from tests.client import rest

FOLLOWS, RATE = 200, 20.0  # how many, and how many a second
AWAY = 10.0  # seconds
TOLD_LIMIT = 60.0  # seconds after both are back
PATIENCE = 20.0


async def kill_both(stage: Stage) -> None:
    """kill -9 of both while people follow others: each of these is told of exactly once."""
    pairs = _pairs(stage)
    following = asyncio.create_task(_follow_all(stage, pairs))
    await asyncio.sleep(len(pairs) / RATE / 3)
    stage.stack.worker.kill()
    stage.stack.redis.kill()
    await stage.last(AWAY)
    stage.stack.redis.start()
    await asyncio.to_thread(wait_for, stage.stack.redis_answers, PATIENCE, "Redis")
    stage.stack.worker.start()
    back = stage.now
    await following
    stage.afterwards.append(lambda: _told_once(stage, back, pairs))


def _pairs(stage: Stage) -> list[tuple[Person, Person]]:
    """Each one way only: who follows back is a friend, of which other things are told."""
    every = list(combinations(stage.load.world.people, 2))
    return stage.rng.sample(every, min(len(every), stage.count(FOLLOWS)))


async def _follow_all(stage: Stage, pairs: list[tuple[Person, Person]]) -> None:
    for follower, followed in pairs:
        port = stage.rng.choice(stage.stack.ports)
        path = f"users/{followed.username}/follow/"
        answer = await rest.call(port, follower.key, "POST", path)
        stage.expect(answer.status == 200, f"following was answered with {answer.status}")
        await asyncio.sleep(1 / RATE)


async def _told_once(stage: Stage, back: float, pairs: list[tuple[Person, Person]]) -> None:
    """One actor in one line for each follow, and nothing else."""
    expected = sorted((followed.username, follower.username) for follower, followed in pairs)
    deadline = back + TOLD_LIMIT * stage.leeway
    while (told := await asyncio.to_thread(truth.told, stage.stack.url)) != expected:
        if stage.now > deadline:
            break
        await asyncio.sleep(0.5)
    stage.within(stage.now - back if told == expected else None, TOLD_LIMIT, "all told in")
    stage.recovered(stage.now - back)
    missing, extra = len(set(expected) - set(told)), len(told) - len(set(told) & set(expected))
    stage.expect(told == expected, f"{missing} were not told of, {extra} too often")
    wrong = await asyncio.to_thread(truth.miscounted_lines, stage.stack.url)
    stage.expect(not wrong, f"{wrong} lines count other people than they name")
