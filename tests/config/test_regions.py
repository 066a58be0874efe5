"""Every address belongs to a feature that can be off in a region, or is always open (R45)."""

import re
from collections.abc import Iterator

from django.urls import URLResolver, get_resolver

from accounts.policy.regions import FEATURES
from accounts.regions import features
from config.regions import ROUTES


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        else:
            yield route


def is_named(route: str) -> bool:
    """`feature_of` answers for what the table forgets, too."""
    return any(re.match(pattern, route) for pattern, _feature in ROUTES)


def test_the_table_names_every_route():
    unnamed = [route for route in routes(get_resolver()) if not is_named(route)]

    assert unnamed == []


def test_every_feature_has_routes_and_none_is_unknown():
    found = {features.feature_of(route) for route in routes(get_resolver())}

    assert found - {features.ALWAYS} == set(FEATURES)


def test_what_nobody_may_be_kept_from_is_always_open():
    for route in (
        "accounts/login/",
        "accounts/logout/",
        "settings/data/",
        "settings/decisions/<uuid:decision_id>/",
        "standing/",
        "api/v1/me/export/",
        "api/v1/me/deletion/",
        "api/v1/me/decisions/<uuid:decision_id>/appeal/",
    ):
        assert is_named(route)
        assert features.feature_of(route) is features.ALWAYS
