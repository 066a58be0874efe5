"""Which addresses can have a card, each written in one way only."""

import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote, urlsplit

import idna
from django.conf import settings

from accounts.models.link import HOST_LIMIT, URL_LIMIT

# What RFC 3986 lets stand in a path and a query; what is escaped already stays so.
_PATH = "/%:@!$&'()*+,;=~-._"
_QUERY = f"{_PATH}?"
# Neither literal IPv6 nor escaped hosts: nobody who means well writes them.
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_PORTS = {"http": (None, 80), "https": (None, 443)}


@dataclass(frozen=True, slots=True)
class Target:
    """`url` without fragment, its host in ASCII; `host` the same."""

    url: str
    host: str

    @property
    def key(self) -> str:
        """`LinkCard.url_hash`."""
        return sha256(self.url.encode()).hexdigest()


def target(href: str) -> Target | None:
    """None where there can be no card: not http(s) at its own port, somebody named before the host,
    too long, or an address of ours, which has cards of its own."""
    try:
        parts = urlsplit(href.strip())
        host = _ascii(parts.hostname or "")
        is_usual = parts.port in _PORTS.get(parts.scheme, ()) and "@" not in parts.netloc
    except ValueError:  # idna.IDNAError is one
        return None
    if not (is_usual and len(host) <= HOST_LIMIT and _HOST.fullmatch(host)) or host in own_hosts():
        return None
    query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    url = f"{parts.scheme}://{host}{quote(parts.path or '/', safe=_PATH)}{query}"
    return Target(url, host) if len(url) <= URL_LIMIT else None


def host_of(href: str) -> str:
    """Where an address leads, in plain letters; empty where that is nowhere."""
    try:
        return _ascii(urlsplit(href.strip()).hostname or "")
    except ValueError:  # idna.IDNAError is one
        return ""


def own_hosts() -> set[str]:
    """The hosts that are ours."""
    return {urlsplit(origin).hostname or "" for origin in settings.SITE_ORIGINS}


def _ascii(host: str) -> str:
    host = host.rstrip(".")
    return host.lower() if host.isascii() else idna.encode(host, uts46=True).decode()
