"""A Redis cache that forgets instead of failing: Redis is a hint, and may be away."""

import logging
from functools import cached_property
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
# By address. Under ASGI Django makes a cache for each request; were its client its own, too, so
# would be a connection that nobody used before. A client's pool of them serves all threads.
_clients: dict[tuple[str, ...], RedisCacheClient] = {}


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, where a lost Redis reads as a miss and a write that never happened; the
    requests of a process share its connections."""

    @cached_property
    def _cache(self) -> RedisCacheClient:
        servers = tuple(self._servers)  # type: ignore[attr-defined]
        if servers not in _clients:
            _clients.setdefault(servers, super()._cache)
        return _clients[servers]

    def _attempt(self, method: str, fallback: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(), method)(*args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("cache %s without Redis: %s", method, error)
            return fallback

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._attempt("add", True, *args, **kwargs)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._attempt("get", default, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._attempt("set", None, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._attempt("touch", False, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._attempt("delete", False, *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> dict:
        return self._attempt("get_many", {}, *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> list:
        return self._attempt("set_many", [], *args, **kwargs)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return self._attempt("incr", delta, key, delta, version)
