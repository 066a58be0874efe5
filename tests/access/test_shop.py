"""Every page and REST route of the shop, knocked at by everybody: as the tables say, and none is
missing in them."""

import pytest

from commerce import api_urls, urls
from tests.access.knocks import found_otherwise, paths
from tests.access.shop import WHO, Market
from tests.access.shop_routes import TABLES
from tests.access.tables import listed, rows_of
from tests.rules import rule

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]


@pytest.fixture
def market(settings, tmp_path) -> Market:
    settings.MEDIA_ROOT = tmp_path
    return Market()


@rule("R7", "page", "api")
@rule("R15", "page", "api")
def test_the_shop_answers_as_its_tables_say(market):
    """What is found wrong is what was heard; a route without a row is wrong."""
    doors = [*paths(urls.urlpatterns), *paths(api_urls.urlpatterns, "api/v1/")]
    rows = {row: said for table in TABLES for row, said in rows_of(table, WHO).items()}
    wrong = found_otherwise(market, rows, doors)

    assert not wrong, listed(wrong)
