"""HTTP in bounded numbers: who would wait too long is told so at once, and health is asked aside.

When the database freezes, every worker thread waits for it. Without an end the requests behind them
would pile up in memory and be answered long after their clients had gone, and the probes of a load
balancer would wait among them.
"""

from typing import Any

import orjson

from config.metrics.http import SHED
from config.problems import CONTENT_TYPE, entry, problem

HEALTH_PATHS = frozenset({"/healthz", "/readyz"})
RETRY_AFTER = 2  # seconds

_WORDS = "Not possible just now. Try again in a moment."
_BODY = orjson.dumps(problem(503, [entry("unavailable", _WORDS, None, in_body=False)]))
_HEADERS = [
    (b"content-type", CONTENT_TYPE.encode()),
    (b"content-length", str(len(_BODY)).encode()),
    (b"retry-after", str(RETRY_AFTER).encode()),
]


class Shedding:
    """An ASGI application: at most `limit` requests of `site` under way or waiting, the rest 503;
    `health` answers its two paths whatever the site does."""

    def __init__(self, site: Any, *, health: Any, limit: int) -> None:
        self.site, self.health, self.limit = site, health, limit
        self.under_way = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] in HEALTH_PATHS:
            return await self.health(scope, receive, send)
        if self.under_way >= self.limit:
            return await _refuse(send)
        self.under_way += 1
        try:
            await self.site(scope, receive, send)
        finally:
            self.under_way -= 1


async def _refuse(send: Any) -> None:
    SHED.inc()
    await send({"type": "http.response.start", "status": 503, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": _BODY})
