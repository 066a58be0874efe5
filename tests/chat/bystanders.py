"""Two members who talk on while somebody else misbehaves: quickly, and at no cost to the server."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from uuid import uuid4

from tests.chat.servers import Client, Server, World, connected

# Seconds for an answer to bad input, and for the others' messages meanwhile: one is the goal, and
# a machine that runs two suites at once needs more.
SOON = 3.0
MEMORY = 64 * 2**20  # bytes that bad input may cost the server


@contextlib.asynccontextmanager
async def others_talking(server: Server, world: World) -> AsyncIterator[None]:
    """Ana says something every 50 ms and Ben hears it within `SOON`, before and after too."""
    before = server.memory
    async with (
        connected(server, world.keys["ana"]) as ana,
        connected(server, world.keys["ben"]) as ben,
    ):
        waits = [await heard_after(ana, ben, world.group)]
        talk = asyncio.create_task(keep_talking(ana, ben, world.group, waits))
        yield
        talk.cancel()
        await asyncio.wait([talk])
        assert talk.cancelled(), talk.exception()
    assert max(waits) < SOON
    assert server.memory - before < MEMORY


async def keep_talking(ana: Client, ben: Client, group: str, waits: list[float]) -> None:
    while True:
        waits.append(await heard_after(ana, ben, group))
        await asyncio.sleep(0.05)


async def heard_after(ana: Client, ben: Client, group: str) -> float:
    """Seconds from Ana's saying it to Ben's hearing it."""
    begun = time.monotonic()
    words = uuid4().hex
    assert (await ana.send(group, words))["type"] == "ack"
    assert (await ben.hear_event())["body"] == words
    return time.monotonic() - begun
