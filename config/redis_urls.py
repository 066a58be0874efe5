"""Where Redis is, checked, in the spellings its clients want; and what carries jobs, which may be
RabbitMQ."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = ("redis", "rediss", "unix")
BROKERS = (*SCHEMES, "amqp", "amqps")


def checked(url: str, name: str = "REDIS_URL") -> str:
    """The address as channels-redis and Django's cache take it: `redis://...` or `unix:///path`."""
    scheme = urlsplit(url).scheme
    if scheme not in SCHEMES:
        raise ImproperlyConfigured(
            f"{name} must start with redis://, rediss:// or unix://, not {scheme or url!r}."
        )
    return url


def for_celery(url: str) -> str:
    """A broker's address as Celery takes it, which spells a unix socket `redis+socket:///path`."""
    scheme = urlsplit(url).scheme
    if scheme not in BROKERS:
        raise ImproperlyConfigured(
            "BROKER_URL must start with redis://, rediss://, unix://, amqp:// or amqps://, "
            f"not {scheme or url!r}."
        )
    return "redis+socket" + url.removeprefix("unix") if scheme == "unix" else url


def celery_options(url: str) -> dict[str, Any]:
    """How Celery is to use that broker."""
    if url.startswith("amqp"):
        return {"confirm_publish": True}  # sent is what RabbitMQ has taken
    return {
        # Longer than the longest job, or Redis would hand a running job to a second worker.
        "visibility_timeout": 2 * 60 * 60,
        "global_keyprefix": "medley:",
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
    }
