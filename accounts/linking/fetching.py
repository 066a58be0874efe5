"""What an address shows, fetched for its card: words and a picture, never markup."""

import json
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import requests
from django.utils import timezone

from accounts.linking.failures import Busy, Failure
from accounts.linking.pages import Facts, facts_of, facts_of_file, facts_of_oembed
from accounts.linking.pictures import Picture, card_picture
from accounts.linking.visits import Hosts, Visit, visit
from accounts.models import LinkCard

PAGE_BYTES = 2**20
PICTURE_BYTES = 3 * 2**20
OEMBED_BYTES = 64 * 2**10
ETAG_LIMIT = 200

SHORTEST, USUAL, LONGEST = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE | re.ASCII)
_HTML = ("text/html", "application/xhtml+xml")
_ACCEPT = "text/html, application/xhtml+xml, image/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Found:
    """What a card will show. `is_unchanged`: what it shows already. `picture_at` is where its
    picture lies, if we may only ask for that at `picture_due`."""

    facts: Facts = field(default_factory=Facts)
    picture: Picture | None = None
    etag: str = ""
    expires_at: datetime = field(default_factory=lambda: timezone.now() + USUAL)
    is_unchanged: bool = False
    picture_due: datetime | None = None


def look(card: LinkCard) -> Found:
    """Visit the card's address. Raises `Failure`, and `Busy` where somebody else is just there."""
    with Hosts() as hosts:
        with visit(hosts) as page:
            found = _page(page, card)
        if found.is_unchanged or found.picture or not found.facts.picture:
            return found
        try:
            return replace(found, picture=_picture(found.facts.picture, hosts))
        except Busy as busy:
            return replace(found, picture_due=busy.until)
        except Failure:
            return found


def look_at_picture(url: str) -> Picture | None:
    """A card's picture; None where there is none. Raises `Busy`."""
    with Hosts() as hosts:
        try:
            return _picture(url, hosts)
        except Failure:
            return None


def _page(page: Visit, card: LinkCard) -> Found:
    known = {"If-None-Match": card.etag} if card.etag and card.is_ready else {}
    response = page.open(card.url, accept=_ACCEPT, headers=known)
    lasting = Found(etag=_etag(response), expires_at=_expiry(response))
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if response.status_code == 304:
        response.close()
        if not known:
            raise Failure("status_304")
        return replace(lasting, is_unchanged=True)
    if kind.startswith("image/"):
        facts = facts_of_file(response.url)
        return replace(lasting, facts=facts, picture=_decoded(page, response))
    if kind not in _HTML:
        response.close()
        raise Failure("type")
    return replace(lasting, facts=_facts(page, response))


def _facts(page: Visit, response: requests.Response) -> Facts:
    content = page.first_bytes(response, PAGE_BYTES)
    facts = facts_of(content, response.headers.get("Content-Type", ""), response.url)
    if facts.oembed and not (facts.title and facts.picture):
        facts = facts.completed_by(_oembed(page, facts.oembed))
    if not facts.title:
        raise Failure("empty")
    return facts


def _oembed(page: Visit, url: str) -> Facts:
    """What the site says in oEmbed; whatever goes wrong with it, the page has spoken already."""
    try:
        response = page.open(url, accept="application/json")
        return facts_of_oembed(json.loads(page.first_bytes(response, OEMBED_BYTES)), url)
    except (Failure, Busy, ValueError, RecursionError):
        return Facts()


def _picture(url: str, hosts: Hosts) -> Picture:
    with visit(hosts) as visiting:
        return _decoded(visiting, visiting.open(url, accept="image/*"))


def _decoded(visiting: Visit, response: requests.Response) -> Picture:
    content = visiting.first_bytes(response, PICTURE_BYTES + 1)
    if len(content) > PICTURE_BYTES:
        raise Failure("too_large")
    return card_picture(content)


def _etag(response: requests.Response) -> str:
    etag = response.headers.get("ETag", "")
    return etag if len(etag) <= ETAG_LIMIT and etag.isascii() and etag.isprintable() else ""


def _expiry(response: requests.Response) -> datetime:
    """From Cache-Control, but neither at once nor never."""
    found = _MAX_AGE.search(response.headers.get("Cache-Control", ""))
    lasts = timedelta(seconds=int(found.group(1))) if found else USUAL
    return timezone.now() + min(max(lasts, SHORTEST), LONGEST)
