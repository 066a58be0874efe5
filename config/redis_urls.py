"""One REDIS_URL, checked, in the spellings its clients want."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = ("redis", "rediss", "unix")


def checked(url: str) -> str:
    """The address as channels-redis and Django's cache take it: `redis://...` or `unix:///path`."""
    scheme = urlsplit(url).scheme
    if scheme not in SCHEMES:
        raise ImproperlyConfigured(
            f"REDIS_URL must start with redis://, rediss:// or unix://, not {scheme or url!r}."
        )
    return url


def for_celery(url: str) -> str:
    """The same address for Celery, which spells a unix socket `redis+socket:///path`."""
    return "redis+socket" + url.removeprefix("unix") if url.startswith("unix:") else url
