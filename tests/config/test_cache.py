"""The cache on Redis: what requests share, and what is done without it."""

from config.cache import ForgivingRedisCache


def test_requests_share_connections(settings):
    """Each has a cache of its own."""
    spoken_through = {
        ForgivingRedisCache(settings.REDIS_URL, {})._cache.get_client().client_id()
        for _request in range(5)
    }

    assert len(spoken_through) == 1


def test_without_redis_nothing_is_known_and_nothing_fails(tmp_path):
    cache = ForgivingRedisCache(f"unix://{tmp_path}/none.sock", {})

    cache.set("name", "value")

    assert cache.get("name", "other") == "other"
    assert cache.incr("count", 3) == 3
