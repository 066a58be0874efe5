"""Finds links that lead away from the platform: not in the first message to a stranger (R13), and
under a video only if its author wants them."""

import re
from urllib.parse import urlsplit

from django.conf import settings

# An address with a scheme, one that starts with www, or a name under a usual ending.
_LINK = re.compile(
    r"\b(?:[a-z][a-z0-9+.-]*://[^\s]+"
    r"|www\.[^\s]+"
    r"|(?:[a-z0-9-]+\.)+(?:app|biz|cc|co|com|de|dev|es|fr|gg|info|io|it|link|ly|me|net|nl|online|org"
    r"|ru|shop|site|top|tv|uk|xyz)\b(?:/[^\s]*)?)",
    re.IGNORECASE,
)


def has_outside_link(text: str) -> bool:
    """Whether any link in `text` leads to another host than our own."""
    return any(_host(link) not in _own_hosts() for link in _LINK.findall(text))


def _host(link: str) -> str:
    return urlsplit(link if "://" in link else f"//{link}").hostname or ""


def _own_hosts() -> set[str]:
    return {urlsplit(origin).hostname or "" for origin in settings.SITE_ORIGINS}
