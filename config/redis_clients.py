"""The Redis that health, metrics and limits ask: quick to give up, for nothing hangs on it."""

from functools import cache

import redis
from django.conf import settings

PATIENCE = 1.0  # seconds


@cache
def impatient(url: str = "") -> redis.Redis:
    """One client a process, of REDIS_URL unless told; a forked child makes its own connections."""
    return redis.Redis.from_url(
        url or settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
    )
