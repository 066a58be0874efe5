"""How long the API takes, asked from a process of its own: the load's loop is busy with the load.

    python -m tests.chaos.probe <port>,<port> <session key> ...

asks for an inbox ten times a second until its input ends, then prints the waits as JSON.
"""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from itertools import count

from tests import services
from tests.chaos.world import Person
from tests.client import rest

RATE = 10.0
PEOPLE = 50  # whose inboxes are asked for in turn


async def start(ports: Sequence[int], people: Sequence[Person]) -> Process:
    """Begin to ask."""
    keys = [person.key for person in people[:PEOPLE]]
    command = [sys.executable, "-m", __name__, ",".join(map(str, ports)), *keys]
    return await asyncio.create_subprocess_exec(
        *command, cwd=services.ROOT, stdin=PIPE, stdout=PIPE
    )


async def stop(process: Process) -> list[float]:
    """Seconds that each answer took, sorted; a lost request counts as the longest patience."""
    printed, _ = await process.communicate(b"")  # without input, 3.11 leaves it open
    return sorted(json.loads(printed))


async def _main(ports: list[int], keys: list[str]) -> None:
    ended = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    asked = []
    for number in count():
        port, key = ports[number % len(ports)], keys[number % len(keys)]
        asked.append(asyncio.create_task(_ask(port, key)))
        await asyncio.wait([ended], timeout=1 / RATE)
        if ended.done():
            break
    print(json.dumps(await asyncio.gather(*asked)))


async def _ask(port: int, key: str) -> float:
    began = time.monotonic()
    try:
        status = (await rest.call(port, key, "GET", "conversations/?limit=5")).status
    except (OSError, TimeoutError):
        status = 0
    return time.monotonic() - began if status == 200 else rest.PATIENCE


if __name__ == "__main__":
    asyncio.run(_main([int(port) for port in sys.argv[1].split(",")], sys.argv[2:]))
