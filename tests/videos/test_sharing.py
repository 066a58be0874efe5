"""The makers of a video are told how far it went; nobody is told to whom."""

import pytest
from django.conf import settings

from tests.chat.factories import make_group, say
from tests.chat.test_following import run_jobs
from tests.videos.factories import make_video, with_files
from videos.insights import counting
from videos.insights.sharing import Sharing, sharing_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(ana, ben):
    """Ana's video, sent by Ben into two conversations and linked to by herself in one of them."""
    video = with_files(make_video(ana))
    places = [make_group(ana, ben), make_group(ben, ana)]
    for place in places:
        say(ben, place, "", share=f"video:{video.pk}")
    say(ana, places[0], f"mine: {settings.SITE_ORIGINS[0]}{video.get_absolute_url()}")
    run_jobs("chat.read_links")
    run_jobs("chat.note_share")
    counting.count()
    return video


def page(client, video) -> str:
    return client.get(video.get_absolute_url()).content.decode()


def test_a_link_counts_as_a_video_that_is_sent(sent):
    assert sharing_of(sent) == Sharing(conversations=2, people=2)


def test_a_link_to_what_one_may_not_see_counts_nothing(ana, zoe):
    video = make_video(ana, audience="friends")

    say(zoe, make_group(zoe), f"{settings.SITE_ORIGINS[0]}{video.get_absolute_url()}")
    run_jobs("chat.read_links")

    assert run_jobs("chat.note_share") == 0


def test_its_author_reads_how_far_it_went(sent, ana, browser):
    shown = page(browser(ana), sent)

    assert "Sent to 2 conversations by 2 people" in shown
    assert "ben" not in shown[shown.index('class="sent"') :][:400]


def test_others_do_not(sent, ben, browser, client):
    assert "Sent to" not in page(client, sent)
    assert "Sent to" not in page(browser(ben), sent)


def test_rest_tells_the_author_alone(sent, ana, ben, api):
    told = api(ana).get(f"/api/v1/videos/{sent.pk}/insights/")

    assert told.json()["sharing"] == {"conversations": 2, "people": 2}
    assert api(ben).get(f"/api/v1/videos/{sent.pk}/insights/").status_code == 404


def test_what_nobody_sent_says_nothing(ana, browser):
    assert "Sent to" not in page(browser(ana), with_files(make_video(ana)))
