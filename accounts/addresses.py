"""Addresses in what people write: what a page makes a link of, and where that really leads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import idna

from accounts.text import DISGUISES

# Keep like static/js/talk/linkify.js. Browsers read a backslash as a slash, others do not: no
# address goes on behind one, nor behind marks that turn or hide letters.
_ADDRESS = re.compile(rf"(?<![\w@.])(?:https?://|www\.)[^\s<>\"'\\{DISGUISES}]+", re.IGNORECASE)
_TRAILING = re.compile(r"[.,;:!?)\]}]+$")


@dataclass(frozen=True, slots=True)
class Address:
    """`text` stands in the words from `start` on, and leads to `href`.

    `host` says in plain letters where to, if the text has others, which may only look like them
    (Unicode Technical Standard 39, section 4).
    """

    start: int
    text: str
    href: str
    host: str


def addresses(words: str) -> Iterator[Address]:
    """The http(s) addresses of a text, in order. One that names somebody before its host is none:
    what looks like a host there is not where it leads."""
    for found in _ADDRESS.finditer(words):
        text = _TRAILING.sub("", found.group())
        href = text if "://" in text else f"https://{text}"
        host = _plain_host(href)
        if host is not None:
            yield Address(found.start(), text, href, host)


def _plain_host(href: str) -> str | None:
    """Empty where the host is plain as it stands, None where it is not one."""
    try:
        parts = urlsplit(href)
        host = parts.hostname
        if not host or "@" in parts.netloc:
            return None
        return "" if host.isascii() else idna.encode(host, uts46=True).decode()
    except ValueError:  # idna.IDNAError is one
        return None
