"""How often REST may be asked: so many requests a minute, of an account by all of its apps and
pages together, of an address while nobody is signed in. Counted in the cache's Redis, in one trip.

Answers say how it stands as draft-ietf-httpapi-ratelimit-headers-11 has it. Without Redis nobody is
held up.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any
from zlib import crc32

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from config.redis_clients import impatient

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]

WINDOW = 60  # seconds
RESPITE = 5  # seconds for which a Redis that failed is left alone
SITE_OF_AN_ADDRESS = 64  # bits: who has one IPv6 address has all others of its network

_asked_again_at = 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands after a request: `asked` of `quota` in a window with `ends_in` seconds left."""

    policy: str
    quota: int
    asked: int
    ends_in: int

    @property
    def is_within(self) -> bool:
        """Whether this request may still be answered."""
        return self.asked <= self.quota

    def headers(self) -> dict[str, str]:
        """For the answer."""
        left = max(self.quota - self.asked, 0)
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.quota};w={WINDOW}',
            "RateLimit": f'"{self.policy}";r={left};t={self.ends_in}',
        }


class PerMinute(BaseThrottle):
    """Asked by REST framework once it knows who is there."""

    def allow_request(self, request: Request, view: Any) -> bool:
        self.standing = count(request._request)
        return self.standing is None or self.standing.is_within

    def wait(self) -> int | None:
        """Seconds, for `Retry-After`."""
        return self.standing.ends_in if self.standing else None


def middleware(get_response: GetResponse) -> GetResponse:
    """Say with each answer of REST how it stands."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        standing: Standing | None = getattr(request, "rate", None)
        for name, value in standing.headers().items() if standing else ():
            response[name] = value
        return response

    return handle


def over(request: HttpRequest) -> Throttled | None:
    """The error of whoever asked too often; those whom a view turns away count as well."""
    standing = count(request)
    return None if standing is None or standing.is_within else Throttled(standing.ends_in)


def count(request: HttpRequest) -> Standing | None:
    """Count this request, however often it is asked for; None where nothing is limited."""
    if not hasattr(request, "rate"):
        request.rate = _counted(request)  # type: ignore[attr-defined]
    return request.rate  # type: ignore[attr-defined]


def _counted(request: HttpRequest) -> Standing | None:
    policy, quota, who = _asking(request)
    if not quota or not who:
        return None
    # Everybody has a minute of their own: not all apps of the world come back at the same moment.
    window, gone = divmod(int(time.time()) + crc32(who.encode()), WINDOW)
    asked = _one_more(f"rate:{who}:{window}")
    return None if asked is None else Standing(policy, quota, asked, WINDOW - gone)


def _asking(request: HttpRequest) -> tuple[str, int, str]:
    """Policy, quota and who it is counted for; REST framework puts its user here as well."""
    if request.user.is_authenticated:
        return "account", settings.API_REQUESTS_PER_MINUTE, str(request.user.pk)
    return "address", settings.API_REQUESTS_PER_MINUTE_SIGNED_OUT, _network(request)


def _network(request: HttpRequest) -> str:
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):  # a server behind a socket file tells none
        return ""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, SITE_OF_AN_ADDRESS), strict=False))
    return str(address)


def _one_more(key: str) -> int | None:
    """How often it was counted, now included; None where nobody counts."""
    global _asked_again_at
    if time.monotonic() < _asked_again_at:
        return None
    try:
        with impatient(settings.REDIS_CACHE_URL).pipeline(transaction=False) as trip:
            trip.incr(key)
            trip.expire(key, 2 * WINDOW)
            return trip.execute()[0]
    except (RedisError, OSError) as error:
        _asked_again_at = time.monotonic() + RESPITE
        logger.warning("requests are not counted without Redis: %s", error)
        return None
