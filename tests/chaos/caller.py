"""An app that asks and writes over REST all the time, through one door."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.chaos.world import Person
from tests.client import rest

PAUSE = 0.05  # seconds between two requests
NOBODY = 0  # the status where nobody answered


@dataclass(frozen=True)
class Heard:
    """The answer to a request that began at `at` (of `time.monotonic()`)."""

    at: float
    path: str
    status: int


@dataclass
class Caller:
    """One request after the other: reads the inbox and `path`, and writes into the conversation."""

    port: int
    person: Person
    conversation: str
    path: str
    rng: random.Random
    heard: list[Heard] = field(default_factory=list)

    async def run(self) -> None:
        """For ever. What is not stored is said again under its own client_id, as apps do."""
        said = self._words()
        while True:
            await self._ask("GET", "conversations/?limit=5")
            await self._ask("GET", self.path)
            path = f"conversations/{self.conversation}/messages/"
            if await self._ask("POST", path, said) in {200, 201}:
                said = self._words()

    def statuses(self, *, news: bool, since: float = 0.0) -> Counter[int]:
        """What was answered at `path` (`news`), or to everything else."""
        asked = [each for each in self.heard if (each.path == self.path) is news]
        return Counter(each.status for each in asked if each.at >= since)

    def _words(self) -> dict[str, str]:
        client_id = str(UUID(int=self.rng.getrandbits(128), version=4))
        return {"client_id": client_id, "body": f"{client_id} by REST"}

    async def _ask(self, method: str, path: str, body: Any = None) -> int:
        began = time.monotonic()
        try:
            status = (await rest.call(self.port, self.person.key, method, path, body)).status
        except (OSError, TimeoutError):
            status = NOBODY
        self.heard.append(Heard(began, path, status))
        await asyncio.sleep(PAUSE)
        return status
