"""Links in what people write: what a page makes a link of, and where that really leads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

import idna
from django.conf import settings
from linkify_it import LinkifyIt

from accounts.linking.targets import own_hosts
from accounts.text import DISGUISES

MOST = 100  # of one text; what comes behind them stands as words
# An address goes on to the next space. Looking through one takes the square of its length where it
# is made for that, so that nothing longer is one.
LONGEST = 2048

# Hosts are found without a scheme under these endings, beside those of two letters and the oldest
# ones, which linkify-it knows. None that files have (.zip, .mov). Keep like
# static/js/lib/linkify.js.
ENDINGS = """
    academy app art bar bio blog cafe cards chat cloud club community company design dev digital
    directory email events fan fans film fm fun fyi games global group guide link live media
    menu mobi music network news ninja one online page photos place plus press rocks school site
    social space store studio team tech tel tips today tools top tours travel tube video wiki
    work world xyz zone
"""

# Every link has one of these; most of what people say has none.
_MAYBE = re.compile(r"://|\w\.[^\W\d_]")
# Browsers read a backslash as a slash, others do not: no address goes on behind one, nor behind
# marks that turn or hide letters.
_ENDS = re.compile(rf"[\\{DISGUISES}]")
_TOO_LONG = re.compile(rf"\S{{{LONGEST + 1},}}")
# Behind one of these "www." goes on with something, a mail address say.
_GLUE = tuple("@.:/-_")


@dataclass(frozen=True, slots=True)
class Address:
    """`text` stands in the words from `start` on, and leads to `href` (http or https).

    `host` says in plain letters where to, if the text has others, which may only look like them
    (Unicode Technical Standard 39, section 4).
    """

    start: int
    text: str
    href: str
    host: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def may_hold_links(words: str) -> bool:
    """A look that costs next to nothing: False where there is no link for certain."""
    return _MAYBE.search(words) is not None


@lru_cache(512)
def addresses(words: str) -> tuple[Address, ...]:
    """The first `MOST` links of a text, in order, in time that grows with its length alone.

    One that names somebody before its host is none: what looks like a host there is not where it
    leads.
    """
    found: list[Address] = []
    for text, start in _found(words):
        href = _href(text)
        host = _plain_host(href)
        if host is not None:
            found.append(Address(start, text, href, host))
        if len(found) == MOST:
            break
    return tuple(found)


def has_outside_link(words: str) -> bool:
    """Whether anything in `words` leads to another host than our own: not in the first message to a
    stranger (R13), and under a video only if its author wants it. Stricter than what is shown as a
    link: any scheme counts, and every link."""
    if any(map(may_hold_links, _TOO_LONG.findall(words))):
        return True
    own_schemes = 0
    for text, _start in _found(words):
        if _host(_href(text)) not in own_hosts():
            return True
        own_schemes += text.count("://")
    return words.count("://") > own_schemes


def own_path(href: str) -> str | None:
    """The path of an address that leads to a page of ours; None of all others."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    return parts.path if parts.netloc.lower() in _own_places() else None


def _found(words: str) -> Iterator[tuple[str, int]]:
    if not may_hold_links(words):
        return
    # As many characters in place of each, so that what is found stands where it stood.
    text = _TOO_LONG.sub(_blank, _ENDS.sub(" ", words))
    for match in _finder().match(text) or ():
        if match.schema != "www." or text[match.index - 1 : match.index] not in _GLUE:
            yield match.raw, match.index


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


@cache
def _finder() -> Any:
    """Of http and https, with hosts that stand without a scheme."""
    finder = LinkifyIt(options={"fuzzy_email": False, "fuzzy_ip": False})
    for scheme in ("ftp:", "mailto:", "//"):
        finder.add(scheme, None)
    # What begins so is meant as an address, whatever it ends with.
    finder.add("www.", {"validate": re.compile(_rest_of_host(finder.re), re.IGNORECASE)})
    return finder.tlds(ENDINGS.split(), keep_old=True)


def _rest_of_host(parts: dict[str, str]) -> str:
    domain, root = parts["src_domain"], parts["src_domain_root"]
    end = parts["src_port"] + parts["src_host_terminator"] + parts["src_path"]
    return rf"^(?:{domain}\.){{1,8}}{root}{end}"


def _href(text: str) -> str:
    return text if "://" in text[:8] else f"https://{text}"


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


def _host(href: str) -> str:
    try:
        return urlsplit(href).hostname or ""
    except ValueError:
        return ""


def _own_places() -> set[str]:
    return {urlsplit(origin).netloc.lower() for origin in settings.SITE_ORIGINS}
