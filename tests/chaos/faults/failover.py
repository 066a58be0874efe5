"""The machine of PostgreSQL or Redis is lost, and with it what only it had: another takes its
place, at the same address."""

import asyncio
import os
import signal
from pathlib import Path

from tests.chaos.faults.postgres import until_serving
from tests.chaos.faults.redis import judge
from tests.chaos.processes import wait_for
from tests.chaos.proxy import Proxy
from tests.chaos.stage import Stage
from tests.chaos.standby import PostgresStandby, RedisReplica

FOLLOW_PATIENCE = 60.0
# Longer than the writer waits for a commit and a client until it says the same again.
DEAF = 8.0
ANSWERED = 0.5  # seconds in which an ack that was given before may still arrive
DECISION = 3.0  # seconds until somebody is sure that it is gone


async def postgres(stage: Stage) -> None:
    """A standby that every commit waits for is promoted: nothing is acked that only the lost one
    had, and sends are acked 10 s after it writes."""
    lost = stage.stack.database
    standby = PostgresStandby(stage.stack.folder / "standby", lost)
    address = Proxy(lost.port)
    await address.start()
    stage.afterwards.append(lambda: _at_its_own(stage, address))
    await asyncio.to_thread(standby.follow)
    await asyncio.to_thread(standby.be_waited_for)
    await asyncio.to_thread(wait_for, standby.is_waited_for, FOLLOW_PATIENCE, "the standby")
    await stage.stack.serve_at(DATABASE_URL=f"postgres://medley@127.0.0.1:{address.port}/medley")
    await stage.load.wait_until(stage.load.all_open, 60 * stage.leeway)
    receiver = await asyncio.to_thread(standby.receiver)
    os.kill(receiver, signal.SIGSTOP)
    await _nobody_is_acked(stage)
    struck = stage.now
    await asyncio.to_thread(stage.stack.postgres.kill)
    os.kill(receiver, signal.SIGCONT)
    await asyncio.to_thread(standby.promote)
    stage.notes.append(f"promoted in {stage.now - struck:.1f} s")
    stage.stack.look_at(standby, standby.url)
    address.upstream = standby.port
    await until_serving(stage)
    stage.sends_succeed(struck)


async def _nobody_is_acked(stage: Stage) -> None:
    """While the standby hears nothing, no commit ends: nobody is told that something is stored."""
    deaf = stage.now
    await asyncio.sleep(DEAF)
    acked = [each for each in stage.load.answers if not each.code and each.at > deaf + ANSWERED]
    stage.expect(not acked, f"{len(acked)} messages were acked that only one server had")
    asked = [each for each in stage.load.said.values() if each.said_at > deaf]
    stage.expect(bool(asked), "nobody said anything meanwhile")


async def _at_its_own(stage: Stage, address: Proxy) -> None:
    await stage.stack.serve_at(DATABASE_URL=stage.stack.url)
    await address.stop()


async def redis(stage: Stage) -> None:
    """A replica is promoted: acks go on meanwhile, it is live again in 10 s, what nobody was told
    is healed."""
    own = stage.stack.environment["REDIS_URL"]
    lost = Path(own.removeprefix("unix://"))
    link, address = Proxy(lost), Proxy(lost)
    await link.start()
    await address.start()
    replica = RedisReplica(stage.stack.folder / "replica", link.port)
    stage.afterwards.append(lambda: _empty_at(stage, own, replica, [link, address]))
    replica.process.start()
    await asyncio.to_thread(wait_for, replica.is_up_to_date, FOLLOW_PATIENCE, "the replica")
    await stage.stack.serve_at(REDIS_URL=f"redis://127.0.0.1:{address.port}/0")
    await stage.load.wait_until(stage.load.all_open, 60 * stage.leeway)
    struck = stage.now
    stage.stack.redis.kill()
    await asyncio.sleep(DECISION)
    await asyncio.to_thread(replica.promote)
    address.upstream = replica.socket
    await judge(stage, struck, back=stage.now)


async def _empty_at(stage: Stage, own: str, replica: RedisReplica, proxies: list[Proxy]) -> None:
    """The first one again, without anything: the next fault wants it."""
    stage.stack.redis.start()
    await stage.stack.serve_at(REDIS_URL=own)
    await asyncio.to_thread(replica.process.stop)
    for proxy in proxies:
        await proxy.stop()
