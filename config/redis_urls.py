"""Where Redis is, checked, in the spellings its clients want; and what carries jobs, which may be
RabbitMQ."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = ("redis", "rediss", "unix")
STALLED = 5  # seconds without a word from a broker, after which it is given up
BROKERS = (*SCHEMES, "amqp", "amqps")


def checked(url: str, name: str = "REDIS_URL") -> str:
    """The address as channels-redis and Django's cache take it: `redis://...` or `unix:///path`."""
    _demand(url, name, SCHEMES)
    return url


def for_celery(url: str) -> str:
    """A broker's address as Celery takes it, which spells a unix socket `redis+socket:///path`."""
    _demand(url, "BROKER_URL", BROKERS)
    return "redis+socket" + url.removeprefix("unix") if url.startswith("unix:") else url


def _demand(url: str, name: str, schemes: Sequence[str]) -> None:
    scheme = urlsplit(url).scheme
    if scheme not in schemes:
        *others, last = [f"{each}://" for each in schemes]
        known = f"{', '.join(others)} or {last}"
        raise ImproperlyConfigured(f"{name} must start with {known}, not {scheme or url!r}.")


def celery_options(url: str) -> dict[str, Any]:
    """How Celery is to use that broker."""
    if url.startswith("amqp"):
        # Sent is what RabbitMQ has taken; one that is frozen would keep a sender for ever.
        return {"confirm_publish": True, "read_timeout": STALLED, "write_timeout": STALLED}
    return {
        # Longer than the longest job, or Redis would hand a running job to a second worker.
        "visibility_timeout": 2 * 60 * 60,
        "global_keyprefix": "medley:",
        "socket_timeout": STALLED,
        "socket_connect_timeout": 2,
    }
