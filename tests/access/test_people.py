"""Every page and REST route of people, knocked at by everybody: as the table says, and none is
missing in it."""

import pytest

from accounts import api_urls, urls
from tests.access.knocks import found_otherwise, paths
from tests.access.people import WHO, People
from tests.access.people_routes import ROUTES
from tests.access.tables import listed, rows_of
from tests.rules import rule

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]


@pytest.fixture
def world(settings, tmp_path) -> People:
    settings.MEDIA_ROOT = tmp_path
    return People()


@rule("R4", "page", "api")
@rule("R15", "page", "api")
def test_people_are_answered_as_the_table_says(world):
    """What is found wrong is what was heard; a route without a row is wrong."""
    doors = [*paths(urls.urlpatterns), *paths(api_urls.urlpatterns, "api/v1/")]
    wrong = found_otherwise(world, rows_of(ROUTES, WHO), doors)

    assert not wrong, listed(wrong)
