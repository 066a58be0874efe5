"""Every page and REST route of videos, knocked at by everybody: as the tables say, and none is
missing in them."""

import pytest

from tests.access.film_routes import FOR_FRIENDS, ROUTES
from tests.access.films import WHO, Films
from tests.access.knocks import found_otherwise, paths
from tests.access.tables import listed, rows_of
from tests.rules import rule
from videos import api_urls, urls

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]

DOORS = [*paths(urls.urlpatterns), *paths(api_urls.urlpatterns, "api/v1/")]
OF_ONE = ("{video}", "{comment}", "{sound}")


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@rule("R15", "page", "api")
def test_a_public_video_answers_as_the_table_says():
    """What is found wrong is what was heard; a route without a row is wrong."""
    wrong = found_otherwise(Films(), rows_of(ROUTES, WHO), DOORS)

    assert not wrong, listed(wrong)


def test_a_video_for_friends_is_there_for_them_alone():
    doors = [path for path in DOORS if any(place in path for place in OF_ONE)]
    wrong = found_otherwise(Films("friends"), rows_of(FOR_FRIENDS, WHO), doors)

    assert not wrong, listed(wrong)
