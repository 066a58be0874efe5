"""Where videos and comments are offered to be reported (R40), and what the form says."""

import pytest
from django.urls import reverse

from accounts.models import Block, Report
from tests.videos.factories import make_video, with_files
from videos.models import Comment

pytestmark = pytest.mark.django_db


def report_of(kind: str, thing) -> str:
    return reverse("accounts:report", args=[kind, thing.pk])


def shown(client, url: str) -> str:
    return client.get(url).content.decode()


@pytest.fixture
def video(zoe):
    return with_files(make_video(zoe, caption="a meadow"))


def test_video_is_reported_from_the_feed_and_its_page_by_all_but_its_author(
    client, browser, ana, kid, zoe, video
):
    url = report_of("video", video)

    for viewer in (client, browser(ana), browser(kid)):
        assert url in shown(viewer, "/")
        assert url in shown(viewer, video.get_absolute_url())
    assert url not in shown(browser(zoe), video.get_absolute_url())


def test_report_of_a_video_offers_to_block_its_author(browser, ana, zoe, video):
    page = shown(browser(ana), report_of("video", video))
    browser(ana).post(report_of("video", video), {"reason": "spam", "block": "on"})

    assert "Block Zoe, too" in page
    assert Report.objects.get().evidence["caption"] == "a meadow"
    assert Block.objects.filter(blocker=ana, blocked=zoe).exists()


def test_comment_is_reported_where_it_stands_by_all_but_its_author(browser, ana, ben, video):
    comment = Comment.objects.create(video=video, author=ana, body="you fool")
    comments = reverse("videos:comments", args=[video.pk])
    url = report_of("comment", comment)

    assert url in shown(browser(ben), comments)
    assert url not in shown(browser(ana), comments)
    assert "Block Ana, too" in shown(browser(ben), url)
