"""PostgreSQL that dies or freezes: nothing is acked that is not stored, and nobody waits long."""

import asyncio

from tests.chaos.processes import connections_to, memory
from tests.chaos.stage import Stage, percentile

UNREADY_LIMIT = 3.0
SERVING_LIMIT = 10.0  # seconds after it accepts connections
SHED_LIMIT = 5.0
MEMORY_LIMIT = 64 * 2**20
# Of each web process: the pool (DATABASE_POOL), and the writer's own. And the worker's few.
CONNECTIONS_LIMIT = 2 * (24 + 1) + 4


async def kill(stage: Stage) -> None:
    """kill -9 of the whole server: 503 in 3 s, serving 10 s after it accepts again."""
    struck = stage.now
    await asyncio.to_thread(stage.stack.postgres.kill)
    unready = await asyncio.gather(*(_until_status(stage, port, 503) for port in _ports(stage)))
    stage.within(_slowest(unready), UNREADY_LIMIT, "503 in")
    await stage.last(5)
    stage.stack.postgres.start()
    accepts = await _until_accepts(stage)
    stage.expect(accepts, "PostgreSQL did not come back")
    await until_serving(stage)
    stage.expect(bool(stage.acks(struck)), "nothing was acked after the restart")


async def freeze(stage: Stage) -> None:
    """It answers nothing for 30 s: sends are turned away in 5 s, the queue and the connections are
    bounded."""
    before = [memory(web.pid) for web in stage.stack.webs]
    struck = stage.now
    await asyncio.to_thread(stage.stack.postgres.freeze)
    await stage.last(30)
    connections = connections_to(stage.stack.database.port)
    grown = [memory(web.pid) - was for web, was in zip(stage.stack.webs, before, strict=True)]
    thawed = stage.now
    stage.stack.postgres.thaw()
    _judge_shedding(stage, struck, thawed)
    stage.expect(connections <= CONNECTIONS_LIMIT, f"{connections} connections to PostgreSQL")
    stage.expect(max(grown) <= MEMORY_LIMIT, f"memory grew by {max(grown) >> 20} MB")
    stage.notes.append(f"{connections} connections, +{max(grown) >> 20} MB")
    await until_serving(stage)


def _judge_shedding(stage: Stage, struck: float, thawed: float) -> None:
    """What was said while nothing answered got a no in time; what was said last is not asked."""
    due = thawed - SHED_LIMIT * stage.leeway
    asked = [said for said in stage.load.said.values() if struck < said.said_at < due]
    waits = sorted((said.answered_at or thawed) - said.said_at for said in asked)
    stage.within(percentile(waits, 99), SHED_LIMIT, "shed in")


async def _until_status(stage: Stage, port: int, wanted: int) -> float | None:
    began = stage.now
    while stage.now - began < 30:
        if await asyncio.to_thread(stage.stack.status, port) == wanted:
            return stage.now - began
        await asyncio.sleep(0.1)
    return None


async def _until_accepts(stage: Stage) -> bool:
    for _ in range(200):
        if await asyncio.to_thread(stage.stack.postgres_accepts):
            return True
        await asyncio.sleep(0.1)
    return False


async def until_serving(stage: Stage) -> None:
    """Both ready, everybody connected, and what is said now is acked."""
    began = stage.now
    ready = await asyncio.gather(*(_until_status(stage, port, 200) for port in _ports(stage)))
    await stage.load.wait_until(
        lambda: stage.load.all_open() and len(stage.acks(began)) > 5, 30 * stage.leeway
    )
    took = stage.now - began if None not in ready else None
    stage.recovered(took)
    stage.within(took, SERVING_LIMIT, "serving in")


def _ports(stage: Stage) -> list[int]:
    return stage.stack.ports


def _slowest(times: list[float | None]) -> float | None:
    return None if None in times else max(each for each in times if each is not None)
