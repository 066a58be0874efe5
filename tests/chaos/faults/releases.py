"""The next release takes the place of this one behind nginx, while everybody writes."""

import asyncio
import os
import signal

from tests.chaos import front, stack
from tests.chaos.ahead import PLACE
from tests.chaos.ahead.migrations import LAST
from tests.chaos.caller import Caller
from tests.chaos.client import Client
from tests.chaos.faults.web import RESTART, all_back, reborn
from tests.chaos.processes import Process
from tests.chaos.stage import Stage

ACK_LIMIT = 2.0
HEAL_LIMIT = 15.0
BACK_LIMIT = 15.0
SIDE_BY_SIDE = 15.0  # seconds


async def release(stage: Stage) -> None:
    """Tables first, then one process after the other: old and new serve side by side, whoever asks
    is answered, whoever writes is acked, sockets come back. Then all of it is taken back."""
    async with front.running(stage.stack) as port:
        clients = stage.load.clients
        clients = stage.rng.sample(clients, min(len(clients), front.MOST_SOCKETS))
        await _move(stage, clients, [port])
        try:
            await _put_in_place(stage, clients, port)
        finally:
            await _move(stage, clients, list(stage.stack.ports))
    await _take_back(stage)


async def _move(stage: Stage, clients: list[Client], doors: list[int]) -> None:
    moved = stage.now
    for client in clients:
        client.doors = doors
        client.abort()
    await stage.load.wait_until(lambda: all_back(clients, moved), 60 * stage.leeway)


async def _put_in_place(stage: Stage, clients: list[Client], port: int) -> None:
    world = stage.load.world
    caller = Caller(port, world.speakers[0], world.loud, f"/{PLACE}", stage.rng)
    calling = asyncio.create_task(caller.run())
    began = stage.now
    try:
        await _migrate(stage)
        slowest = await _side_by_side(stage, clients, caller)
    finally:
        calling.cancel()
    stage.recovered(slowest)
    stage.sends_succeed(began)
    asked = caller.statuses(news=False)
    stage.notes.append(f"REST answered {dict(sorted(asked.items()))}")
    stage.expect(asked.keys() <= {200, 201}, f"REST was answered {dict(asked)}")
    stage.afterwards.append(lambda: stage.healed(began, HEAL_LIMIT))


async def _migrate(stage: Stage) -> None:
    """The next release's tables, while this one serves: nobody waits for them."""
    began = stage.now
    await asyncio.to_thread(stage.stack.manage, "migrate", "--verbosity=0", program=stack.NEXT)
    stage.notes.append(f"migrated in {stage.now - began:.1f} s")
    stage.acks_within(ACK_LIMIT, began, "ack p99 meanwhile")


async def _side_by_side(stage: Stage, clients: list[Client], caller: Caller) -> float:
    """One process of each release for a while, then two of the next; the longest that anybody was
    away, in seconds."""
    first, second = stage.stack.webs
    slowest = await _replace(stage, first, clients)
    mixed = stage.now
    await stage.last(SIDE_BY_SIDE)
    answers = caller.statuses(news=True, since=mixed)
    stage.expect(answers.keys() == {200, 404}, f"not both releases answered: {dict(answers)}")
    slowest = max(slowest, await _replace(stage, second, clients))
    whole = stage.now
    await asyncio.sleep(2)
    answers = caller.statuses(news=True, since=whole)
    stage.expect(answers.keys() == {200}, f"the next release does not serve: {dict(answers)}")
    return slowest


async def _replace(stage: Stage, web: Process, clients: list[Client]) -> float:
    """SIGTERM to one process, whose next life is the next release's; seconds until the last of its
    clients was back."""
    struck, deaths = stage.now, web.deaths
    stage.stack.programs[stage.stack.ports[stage.stack.webs.index(web)]] = stack.NEXT
    os.kill(web.pid, signal.SIGTERM)
    await reborn(stage, web, deaths)
    lost = [client for client in clients if client.lost_at > struck]
    back = await stage.load.wait_until(lambda: all_back(lost, struck), BACK_LIMIT * stage.leeway)
    codes = {client.last_close for client in lost}
    stage.expect(codes == {RESTART}, f"{web.name} closed with {codes}, not {RESTART}")
    took = max((client.opened_at - client.lost_at for client in lost), default=None)
    stage.within(took if back is not None else None, BACK_LIMIT, f"away from {web.name}")
    return took or 0.0


async def _take_back(stage: Stage) -> None:
    """This release on the next one's tables, then without them."""
    began = stage.now
    await stage.stack.serve_with(stack.HONEST)
    back = ["migrate", "--verbosity=0", "chat", LAST]
    await asyncio.to_thread(stage.stack.manage, *back, program=stack.NEXT)
    await stage.load.wait_until(stage.load.all_open, 30 * stage.leeway)
    await stage.last(5)
    stage.sends_succeed(began)
