"""The push services of browsers: somebody else names the address, so only known ones are asked."""

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

if TYPE_CHECKING:
    import requests

# Plain hosts only: where readers of addresses disagree (on a backslash, a name before the host) one
# would check this host and the other ask that.
_ENDPOINT = re.compile(r"(?P<origin>https?://(?P<host>[a-z0-9.-]+)(?::\d{1,5})?)/[!-\[\]-~]*", re.I)
HTTPS_PORTS = (None, 443)


def is_known(endpoint: str) -> bool:
    """Whether it is an address of one of WEB_PUSH_SERVICES: over https on a host of theirs, or at
    an origin that the setting names as a whole."""
    found = _ENDPOINT.fullmatch(endpoint)
    if found is None:
        return False
    if found["origin"] in settings.WEB_PUSH_SERVICES:
        return True
    parts = urlsplit(endpoint)
    named = any(_matches(found["host"].lower(), name) for name in settings.WEB_PUSH_SERVICES)
    return named and parts.scheme == "https" and parts.port in HTTPS_PORTS


def session_for(endpoint: str) -> "requests.Session":
    """What carries requests there. It follows no redirect, and asks no address of a private
    network, whatever the host's name stands for at this moment. A push service that the operator
    runs, named as a whole origin, may be right there."""
    found = _ENDPOINT.fullmatch(endpoint)
    is_own = found is not None and found["origin"] in settings.WEB_PUSH_SERVICES
    return _plain() if is_own else _guarded()


def _matches(host: str, name: str) -> bool:
    """`name` as in ALLOWED_HOSTS: with a dot in front all hosts below."""
    return host == name or (name.startswith(".") and host.endswith(name))


@cache
def _guarded() -> "requests.Session":
    import requests
    from requests_hardened.ip_filter_adapter import IPFilterAdapter

    session = requests.Session()
    session.mount("https://", IPFilterAdapter(is_https_proto=True))
    return _closed(session)


@cache
def _plain() -> "requests.Session":
    import requests

    return _closed(requests.Session())


def _closed(session: "requests.Session") -> "requests.Session":
    """Nothing of this machine's surroundings, proxies or passwords, goes into what it sends."""
    session.max_redirects = 0
    session.trust_env = False
    return session
