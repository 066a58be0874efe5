"""In which region somebody is: the one place that says so.

Three sources, the surest first:

1. the header `REGION_HEADER`, in which a proxy of ours says where the address lies that somebody
   comes from. A law holds where people are: whoever travels comes under the rules of the place
   and leaves those of home. It counts only behind `TRUSTED_PROXIES`: others could write it;
2. the account's own region, where the person gave one. It is all that jobs know, which have no
   request before them;
3. the country of the time zone: the account's, or of somebody unknown the browser's, which the page
   keeps in a cookie (static/js/lib/zone.js).

Somebody of whom nothing is known is in no region, and no rule holds for them.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from accounts.models import User
from accounts.regions import zones

ZONE_COOKIE = "medley_zone"
_COUNTRY = re.compile(r"[A-Z]{2}")
# What proxies say where they do not know: ISO 3166-1 leaves these to whoever wants them.
_NOBODYS = {"XX", "ZZ"}


def of_request(request: HttpRequest, person: User | None = None) -> str:
    """The region of whoever sent it, two letters or nothing; `person` where they are known."""
    return of(person, request.headers, request.COOKIES)


def of(person: User | None, headers: Mapping[str, str], cookies: Mapping[str, str]) -> str:
    """The same of anything that came with headers and cookies."""
    if told := _told(headers):
        return told
    if person is not None:
        return of_person(person)
    return zones.country_of(unquote(cookies.get(ZONE_COOKIE, "")))


def of_person(person: User) -> str:
    """As far as the account alone says."""
    return person.region or zones.country_of(person.time_zone)


def living_in(regions: Iterable[str], prefix: str = "") -> Q:
    """Those of whom `of_person` would say one of these; `prefix` leads to them ("author__")."""
    found = Q(pk__in=[])
    for region in regions:
        by_clock = {f"{prefix}region": "", f"{prefix}time_zone__in": zones.zones_in(region)}
        found |= Q(**{f"{prefix}region": region}) | Q(**by_clock)
    return found


def _told(headers: Mapping[str, Any]) -> str:
    name = settings.REGION_HEADER
    if not name or not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return ""
    told = str(headers.get(name, "")).strip().upper()
    return told if _COUNTRY.fullmatch(told) and told not in _NOBODYS else ""
