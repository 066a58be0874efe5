"""The feed: what comes, in which order, why, and never twice."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import befriend, block, follow, make_user
from tests.videos.factories import make_video, with_files
from videos import actions, feed
from videos.models import Video, View

NOBODY = AnonymousUser()


def captions(page: feed.Page) -> list[str]:
    return [item.video.caption for item in page.items]


def whole(viewer, **options) -> list[str]:
    """Every caption, page after page."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = feed.page(viewer, cursor=cursor, **options)
        found += captions(page)
        cursor = page.next
    return found


def seen(viewer, video: Video) -> None:
    earlier = timezone.now() - timedelta(minutes=1)
    View.objects.create(user=viewer, video=video, first_at=earlier)


# --- For You --------------------------------------------------------------------------------------


def test_new_comes_before_old(ana, zoe):
    make_video(make_user("mei"), caption="old", hours=30)
    make_video(zoe, caption="new", hours=1)

    assert whole(ana) == ["new", "old"]


def test_hearts_comments_and_shares_outweigh_hours(ana, zoe):
    make_video(zoe, caption="new", hours=1)
    make_video(make_user("mei"), caption="loved", hours=10, like_count=3)
    make_video(make_user("lu"), caption="shared", hours=10, share_count=2, comment_count=1)

    assert whole(ana) == ["shared", "loved", "new"]


def test_followed_people_come_earlier(ana, ben, zoe):
    make_video(zoe, caption="a stranger's", hours=1)
    make_video(ben, caption="Ben's", hours=10)

    assert whole(ana) == ["Ben's", "a stranger's"]
    assert whole(NOBODY) == ["a stranger's", "Ben's"]


def test_what_was_seen_comes_last(ana, ben, zoe):
    seen(ana, make_video(ben, caption="seen", hours=1, like_count=50))
    make_video(zoe, caption="old, not seen", hours=200)

    assert whole(ana) == ["old, not seen", "seen"]


def test_one_person_does_not_fill_a_page(ana, ben, zoe):
    for number in range(4):
        make_video(zoe, caption=f"zoe {number}", hours=number)
    make_video(make_user("mei"), caption="mei", hours=7)

    assert captions(feed.page(NOBODY, limit=3)) == ["zoe 0", "mei", "zoe 1"]


def test_ones_own_are_not_news(ana, zoe):
    make_video(ana, caption="mine")
    make_video(zoe, caption="hers")

    assert whole(ana) == ["hers"]


def test_the_feed_shows_what_one_may_see_and_nothing_else(ana, ben, zoe, kid):
    make_video(ben, caption="for friends", audience="friends")
    make_video(ben, caption="for himself", audience="private")
    make_video(ben, caption="not ready", state="processing")
    make_video(kid, caption="behind a private account")
    block(zoe, ana)
    make_video(zoe, caption="across a block")

    assert whole(ana) == ["for friends"]
    assert whole(NOBODY) == ["across a block"]


# --- Following and Friends ------------------------------------------------------------------------


def test_following_shows_followed_people_newest_first(ana, ben, zoe):
    mei = make_user("mei")
    follow(ana, mei)
    make_video(mei, caption="mei", hours=2, like_count=500)
    make_video(ben, caption="ben", hours=1)
    make_video(zoe, caption="zoe")

    assert whole(ana, tab=feed.FOLLOWING) == ["ben", "mei"]
    assert whole(ana, tab=feed.FRIENDS) == ["ben"]


@pytest.mark.parametrize("tab", [feed.FOLLOWING, feed.FRIENDS])
def test_signed_out_people_follow_nobody(zoe, tab):
    make_video(zoe)

    assert feed.page(NOBODY, tab=tab) == feed.Page([], None)


# --- Reasons --------------------------------------------------------------------------------------


def test_every_video_says_why_it_is_there(ana, ben, zoe):
    make_video(ben, caption="followed")
    make_video(zoe, caption="popular", like_count=3, comment_count=1)
    make_video(make_user("mei"), caption="new")
    make_video(make_user("lu"), caption="old", hours=24 * 8, like_count=9)

    reasons = {item.video.caption: item.reason for item in feed.page(ana).items}
    assert reasons == {
        "followed": "Because you follow Ben",
        "popular": "Popular this week",
        "new": "New on Medley",
        "old": "Worth another look",
    }


# --- Pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", [feed.FOR_YOU, feed.FOLLOWING])
def test_pages_hold_every_video_once(ana, ben, tab):
    mei = make_user("mei")
    follow(ana, mei)
    for number in range(14):
        make_video([ben, mei][number % 2], caption=str(number), hours=number / 10)

    found = whole(ana, tab=tab)

    assert sorted(map(int, found)) == list(range(14))


def test_nothing_comes_twice_whatever_happens_between_pages(ana, ben, zoe):
    videos = [make_video(zoe, caption=str(number), hours=number) for number in range(9)]
    first = feed.page(ana)

    # Hearts come and go, new videos appear, the reader has now seen the first page.
    Video.objects.filter(pk=videos[8].pk).update(like_count=1000)
    Video.objects.filter(pk=first.items[0].video.pk).update(published_at=videos[7].published_at)
    make_video(zoe, caption="just now")
    for item in first.items:
        actions.note_view(ana, item.video)
    befriend(ana, zoe)
    assert first.next is not None
    second = feed.page(ana, cursor=first.next)

    assert len(first.items) == 6
    assert sorted(captions(first) + captions(second)) == [str(number) for number in range(9)]
    assert second.next is None


def test_what_was_deleted_meanwhile_is_gone(ana, zoe):
    for number in range(8):
        make_video(zoe, caption=str(number), hours=number)
    first = feed.page(ana)
    Video.objects.filter(caption="7").delete()

    assert first.next is not None
    assert captions(feed.page(ana, cursor=first.next)) == ["6"]


@pytest.mark.parametrize("cursor", ["x", "é", "AAAA", "a" * 5000, "////", "f_gAAAAAAAA"])
def test_a_made_up_cursor_is_refused(ana, cursor):
    with pytest.raises(ValidationError) as refused:
        feed.page(ana, cursor=cursor)

    assert refused.value.code == "cursor.invalid"


@pytest.mark.parametrize("videos", [2, 12])
def test_a_page_costs_the_same_however_many_videos(
    ana, ben, zoe, videos, django_assert_max_num_queries
):
    for number in range(videos):
        with_files(make_video([ben, zoe][number % 2]))

    with django_assert_max_num_queries(3):
        for item in feed.page(ana, limit=10).items:
            assert item.video.author.name and item.video.large_url and item.reason


# --- Topics ---------------------------------------------------------------------------------------


def test_trending_counts_public_videos_of_the_last_month(ana, ben, kid):
    make_video(ana, caption="#slow #meadow")
    make_video(ben, caption="#slow")
    make_video(ben, caption="#old", hours=24 * 31)
    make_video(ben, caption="#secret", audience="friends")
    make_video(kid, caption="#school")

    assert feed.trending() == [("slow", 2), ("meadow", 1)]


def test_topics_are_found_by_part_of_their_name_private_ones_never(ana):
    make_video(ana, caption="#SlowMorning #noon", hours=24 * 90)
    make_video(ana, caption="#slowly", audience="private")

    assert feed.topics("SLOW") == [("slowmorning", 1)]
