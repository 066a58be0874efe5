"""What decides which videos come is there for everybody to read, in the numbers of the code
(R47)."""

import pytest

from tests.rules import rule
from tests.videos.factories import make_video
from videos.feed import explained, scoring

pytestmark = pytest.mark.django_db

PAGE, REST = "/about/feed/", "/api/v1/feed/about/"


@rule("R47", "page")
def test_anybody_reads_how_the_feed_chooses(client):
    shown = client.get(PAGE).content.decode()

    assert "How the feed chooses" in shown
    assert "Somebody said “not interested”" in shown
    assert "-20" in shown


@rule("R47", "api")
def test_programs_read_the_same_numbers(api):
    told = api().get(REST).json()

    assert sum(one["percent"] for one in told["shares"]) == 100
    assert {one["points"] for one in told["responses"]} == {
        *scoring.WORTH.values(),
        *(-cost for cost in scoring.COST.values()),
    }
    assert [one["points"] for one in told["ties"]] == [1.5, 0.4, 0.3]


def test_everything_that_counts_is_explained():
    assert explained.RESPONSES.keys() == {*scoring.WORTH, *scoring.COST}


@rule("R47", "page")
def test_each_reason_leads_there_and_to_a_feed_without_a_profile(browser, ana, zoe):
    video = make_video(zoe)

    why = browser(ana).get(f"/videos/{video.pk}/why/").content.decode()

    assert f'href="{PAGE}"' in why
    assert 'href="/settings/feed/"' in why


def test_a_stranger_is_led_there_too(client, zoe):
    video = make_video(zoe)

    assert f'href="{PAGE}"' in client.get(f"/videos/{video.pk}/why/").content.decode()


def test_it_asks_the_database_nothing_of_its_own(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(0):
        client.get(PAGE)
