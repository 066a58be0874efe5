"""Which feature an address belongs to: one table for all routes (`REGION_ROUTES`)."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from accounts import ports
from accounts.policy import regions as policy

ALWAYS = None  # open whatever is off: signing in and out, one's data, leaving, appeals, staff


@cache
def feature_of(route: str) -> str | None:
    """What a route (as `resolver_match.route` writes it) belongs to, None where it is always open.

    What the table does not name belongs to the app: better off with it than open by mistake.
    """
    for pattern, feature in _table():
        if pattern.match(route):
            return feature
    return policy.APP


def narrowed(feature: str, arguments: Mapping[str, Any], off: frozenset[str]) -> str:
    """Some addresses tell only by what lies there what they belong to: a group, a channel. Asked
    where such a thing is off, so that nobody pays for it else."""
    for narrower in ports.region_narrowers():
        feature = narrower(feature, arguments, off)
    return feature


@cache
def _table() -> list[tuple[re.Pattern[str], str | None]]:
    rows = import_string(settings.REGION_ROUTES)
    return [(re.compile(pattern), feature) for pattern, feature in rows]
