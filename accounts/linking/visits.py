"""One visit: the few requests that a card needs, of hosts that let us, one visit at a time."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Self
from urllib.parse import urljoin, urlsplit

import requests
from django.utils import timezone

from accounts.linking import robots
from accounts.linking.client import NAME, Client
from accounts.linking.deadline import Deadline
from accounts.linking.failures import Failure
from accounts.linking.politeness import claim, leave
from accounts.linking.targets import Target, target
from accounts.models import LinkBlock, LinkHost

SECONDS = 5.0
REDIRECTS = 3
# How long we go by what a host says to robots, and how long we wait where it cannot say it.
BELIEVED = timedelta(days=1)
SILENCE = timedelta(minutes=10)


class Hosts:
    """The hosts that nobody else visits for the length of a `with` block."""

    def __init__(self) -> None:
        self._held: dict[str, LinkHost] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for host in self._held:
            leave(host)

    def take(self, host: str) -> LinkHost:
        """Raises `Busy`, and `Failure` (blocked)."""
        if host not in self._held:
            if LinkBlock.objects.covering(host).exists():
                raise Failure("blocked")
            self._held[host] = claim(host)
        return self._held[host]


@contextmanager
def visit(hosts: Hosts) -> Iterator["Visit"]:
    """Requests that take `SECONDS` together."""
    with Deadline(SECONDS) as deadline, Client(deadline) as client:
        yield Visit(client, hosts)


class Visit:
    """What is asked before one deadline."""

    def __init__(self, client: Client, hosts: Hosts) -> None:
        self._client = client
        self._hosts = hosts

    def open(
        self, url: str, *, accept: str, headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        """The answer at the end of at most `REDIRECTS` redirects, its body unread; its `url` says
        where. Of each address on the way we ask anew: may it have a card, is its host blocked, is
        somebody else there, does it let robots in, is it public.

        Raises `Failure` (address, blocked, robots, not_public, redirects, not_now, unreachable,
        too_slow, status_<n>), `Busy`.
        """
        response = self._follow(url, self._permitted, accept, headers)
        if response.status_code not in (200, 304):
            response.close()
            raise _unwilling(response.status_code)
        return response

    def first_bytes(self, response: requests.Response, limit: int) -> bytes:
        """As `Client.first_bytes`."""
        return self._client.first_bytes(response, limit)

    def _follow(
        self,
        url: str,
        permitted: Callable[[str], Target],
        accept: str,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        for _hop in range(REDIRECTS + 1):
            here = permitted(url)
            response = self._client.get(here.url, accept=accept, headers=headers)
            if not response.is_redirect:
                return response
            response.close()
            url = _joined(here.url, response.headers["Location"])
        raise Failure("redirects")

    def _reachable(self, url: str) -> Target:
        found = target(url)
        if found is None:
            raise Failure("address")
        self._hosts.take(found.host)
        return found

    def _permitted(self, url: str) -> Target:
        found = self._reachable(url)
        parts = urlsplit(found.url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if not robots.allows(self._rules(found, parts.scheme), path):
            raise Failure("robots")
        return found

    def _rules(self, found: Target, scheme: str) -> robots.Rules:
        """What the host says to us, from its robots.txt or from memory. Raises `Failure` (not_now)
        where it cannot say it."""
        host = self._hosts.take(found.host)
        if host.rules_until is None or host.rules_until <= timezone.now():
            self._ask_for_rules(host, f"{scheme}://{found.host}/robots.txt")
        if host.rules is None:
            raise Failure("not_now")
        return host.rules

    def _ask_for_rules(self, host: LinkHost, url: str) -> None:
        try:
            host.rules = self._rules_at(url)
        except Failure as failure:
            # Where a host leads us astray, and where it has no such file, it forbids nothing; where
            # it fails, it may (section 2.3.1).
            host.rules = None if failure.is_passing else []
        lasts = SILENCE if host.rules is None else BELIEVED
        host.rules_until = timezone.now() + lasts
        host.save(update_fields=["rules", "rules_until"])

    def _rules_at(self, url: str) -> robots.Rules:
        response = self._follow(url, self._reachable, "text/plain")
        if response.status_code != 200:
            response.close()
            raise _unwilling(response.status_code)
        text = self.first_bytes(response, robots.LIMIT).decode(errors="replace")
        return robots.rules_for(NAME, text)


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location.encode("latin-1").decode(errors="replace"))
    except ValueError:  # half an IPv6 address
        raise Failure("address")


def _unwilling(status: int) -> Failure:
    """Whether it may be better soon: 429 and what the host blames on itself."""
    return Failure("not_now" if status == 429 or status >= 500 else f"status_{status}")
