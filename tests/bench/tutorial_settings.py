"""The project's settings with the channel layer that the Channels tutorial takes."""

from config.settings import *  # noqa: F403
from config.settings import REDIS_URL

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            "hosts": [{"address": REDIS_URL, "socket_timeout": None}],
            "prefix": "tutorial",
            "capacity": 100_000,  # the default drops silently at 100
        },
    }
}
