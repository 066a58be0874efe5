"""The Redis that health and metrics ask: quick to give up, for nothing hangs on its answer."""

from functools import cache

import redis
from django.conf import settings

PATIENCE = 1.0  # seconds


@cache
def impatient() -> redis.Redis:
    """One client a process; a forked child makes connections of its own."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
    )
