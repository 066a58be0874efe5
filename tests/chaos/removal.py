"""Somebody loses their place while everything breaks: nothing more may reach them."""

import asyncio
import random

from tests.chaos.client import Client
from tests.chaos.load import Load
from tests.client import rest

TRIES, PAUSE = 240, 0.5  # seconds: longer than any fault
DONE = {204, 404}  # 404: an earlier try came through, and its answer did not


async def remove_somebody(load: Load, rng: random.Random) -> None:
    """An owner removes a member, and tries until it is acknowledged."""
    removable = _removable(load)
    if not removable:
        return
    client, room = rng.choice(removable)
    owner = next(c for c in load.members if c.person.username == load.world.owners[room])
    path = f"conversations/{room}/members/{client.person.username}/"
    for _ in range(TRIES):
        if await _delete(owner, path) in DONE:
            break
        await asyncio.sleep(PAUSE)
    owner.history.note("removed", conversation=room, removed=client.person.username)


def _removable(load: Load) -> list[tuple[Client, str]]:
    """Who takes part in two conversations, with each that is not their own."""
    owners = load.world.owners
    return [
        (client, conversation)
        for client in load.members
        for conversation in sorted(client.copies)
        if len(client.copies) > 1 and owners[conversation] != client.person.username
    ]


async def _delete(owner: Client, path: str) -> int | None:
    try:
        return (await rest.call(owner.port, owner.person.key, "DELETE", path)).status
    except (OSError, TimeoutError):
        return None
