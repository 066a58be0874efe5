"""Requests are turned away before they wait for nothing; health is asked aside."""

import asyncio
from typing import Any

from config.shedding import Shedding


class Stuck:
    """A site whose every request waits until told otherwise."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.asked = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        await self.go_on.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})


async def well(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})


async def status(application: Shedding, path: str = "/") -> int:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await application({"type": "http", "path": path}, None, send)
    return sent[0]["status"]


async def test_who_would_wait_too_long_is_told_at_once():
    site = Stuck()
    application = Shedding(site, health=well, limit=2)
    waiting = [asyncio.create_task(status(application)) for _ in range(2)]
    await asyncio.sleep(0)

    assert await status(application) == 503
    assert site.asked == 2

    site.go_on.set()
    assert await asyncio.gather(*waiting) == [200, 200]
    assert await status(application) == 200


async def test_health_answers_while_the_site_is_stuck():
    application = Shedding(Stuck(), health=well, limit=0)

    assert await status(application, "/readyz") == 204
    assert await status(application, "/") == 503
