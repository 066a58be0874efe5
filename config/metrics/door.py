"""`/metrics`: for whoever has the token or asks from a network that is named; nobody else learns

that it is there. It stands before the site, so that it answers while that is stuck.
"""

import asyncio
import hmac
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    disable_created_metrics,
    generate_latest,
)

from config.metrics.jobs import Jobs
from config.metrics.standing import Live, Queues

PATH = "/metrics"
# What proxies add. Behind one on this machine everybody seems to come from here.
FORWARDED = frozenset({b"forwarded", b"via", b"x-forwarded-for", b"x-real-ip"})

_thread = ThreadPoolExecutor(1, thread_name_prefix="metrics")

disable_created_metrics()  # a series more for each, which nobody asks for
for _collector in (Live(), Queues(), Jobs()):
    REGISTRY.register(_collector)


class MetricsDoor:
    """An ASGI application: the metrics for who may have them, `site` for all else."""

    def __init__(self, site: Any) -> None:
        self.site = site

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] != PATH or scope["method"] != "GET" or not _may_ask(scope):
            await self.site(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        body = await loop.run_in_executor(_thread, generate_latest, REGISTRY)
        headers = [
            (b"content-type", CONTENT_TYPE_LATEST.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _may_ask(scope: Any) -> bool:
    headers = dict(scope["headers"])
    return _has_token(headers) or _is_near(scope, headers)


def _has_token(headers: dict[bytes, bytes]) -> bool:
    token = settings.METRICS_TOKEN
    expected = f"Bearer {token}".encode()
    return bool(token) and hmac.compare_digest(headers.get(b"authorization", b""), expected)


def _is_near(scope: Any, headers: dict[bytes, bytes]) -> bool:
    if not settings.METRICS_FROM or not scope.get("client") or FORWARDED.intersection(headers):
        return False
    try:
        address = ip_address(scope["client"][0])
    except ValueError:  # a unix socket
        return False
    return any(address in network for network in settings.METRICS_FROM)
