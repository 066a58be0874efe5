"""Every other address of the site, knocked at by everybody: none is missing in some table."""

import importlib

import pytest

from config.urls import urlpatterns
from tests.access.knocks import found_otherwise, paths
from tests.access.site import WHO, Site
from tests.access.site_routes import ROUTES
from tests.access.tables import listed, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]

APPS = ("accounts", "videos", "chat", "commerce")


def _of_apps() -> set[str]:
    """Those of the apps' own tables."""
    found: set[str] = set()
    for app in APPS:
        found |= set(paths(importlib.import_module(f"{app}.urls").urlpatterns))
        found |= set(paths(importlib.import_module(f"{app}.api_urls").urlpatterns, "api/v1/"))
    return found


def test_the_site_answers_as_the_table_says(settings, tmp_path):
    """What is found wrong is what was heard; a route without a row is wrong."""
    settings.MEDIA_ROOT = tmp_path
    doors = [path for path in paths(urlpatterns) if path not in _of_apps()]
    wrong = found_otherwise(Site(), rows_of(ROUTES, WHO), doors)

    assert not wrong, listed(wrong)
