"""The feed: what comes, in which order, why, and never twice."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import OutboxJob
from tests.factories import befriend, block, follow, make_user
from tests.rules import rule
from tests.videos.factories import make_video, with_files
from tests.videos.watching import watch
from videos import actions, feed
from videos.actions import crediting
from videos.feed import counting
from videos.feed.learning import learn
from videos.models import FeedProfile, Neighbourhood, SlateItem, Video, View

NOBODY = AnonymousUser()


def captions(page: feed.Page) -> list[str]:
    return [item.video.caption for item in page.items]


def whole(viewer, **options) -> list[str]:
    """Every caption, page after page."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = actions.feed_page(viewer, cursor=cursor, **options)
        found += captions(page)
        cursor = page.next
    return found


def seen(viewer, video: Video) -> None:
    earlier = timezone.now() - timedelta(minutes=1)
    View.objects.create(user=viewer, video=video, first_at=earlier)


def reasons(viewer) -> dict[str, str]:
    return {item.video.caption: item.reason for item in actions.feed_page(viewer).items}


# --- For You, made for somebody -------------------------------------------------------------------


def test_what_goes_with_what_was_watched_comes_with_its_reason(ana, zoe):
    """Those who watched the kettle to the end watched the tea to the end, too."""
    mei = make_user("mei")
    kettle, tea = make_video(mei, caption="kettle"), make_video(zoe, caption="tea")
    for number in range(4):
        fan = make_user(f"fan{number}")
        watch(fan, kettle, loops=1)
        watch(fan, tea, loops=1)
    watch(ana, kettle, loops=1)
    counting.count()

    fit = learn()

    assert fit is not None and fit.people == 5
    assert reasons(ana)["tea"] == "Because you watched “kettle” to the end"


def test_the_reason_names_nothing_that_one_may_no_longer_see(ana, zoe):
    mei = make_user("mei")
    kettle, tea = make_video(mei, caption="kettle"), make_video(zoe, caption="tea")
    for fan in [ana, *(make_user(f"fan{number}") for number in range(4))]:
        watch(fan, kettle, loops=1)
        if fan != ana:
            watch(fan, tea, loops=1)
    counting.count()
    learn()
    actions.fill_slate(ana)

    block(mei, ana)

    assert reasons(ana) == {"tea": "Because of what you watched to the end"}


def test_learning_forgets_what_it_learned_before(ana, ben):
    video = make_video(ana)
    Neighbourhood.objects.create(video=video, near=b"")
    watched = [make_video(ana, caption=str(number)) for number in range(2)]
    for number in range(3):
        fan = make_user(f"fan{number}")
        for each in watched:
            watch(fan, each, loops=1)
    counting.count()

    learn()

    assert set(Neighbourhood.objects.values_list("video", flat=True)) == {v.pk for v in watched}


def test_nothing_is_learned_from_nothing(db):
    assert learn() is None


def test_followed_people_are_there_with_their_reason(ana, ben, zoe):
    make_video(zoe, caption="hers", hours=24 * 20)
    make_video(ben, caption="his")

    assert reasons(ana) == {"his": "Because you follow Ben", "hers": "New on Medley"}


def test_what_is_watched_where_one_lives_trends(ana, zoe):
    ana.region = "ES"
    ana.save()
    video = make_video(zoe, caption="hot", hours=24 * 20)
    watch(make_user("mei", region="ES"), video)
    counting.count()

    assert reasons(ana) == {"hot": "Popular where you are"}


def test_new_videos_are_promised_somebody(ana, zoe):
    make_video(zoe, caption="first")

    assert reasons(ana) == {"first": "New: you are among the first to see it"}


def test_what_was_watched_does_not_come_again_while_there_is_more(ana, zoe):
    for number in range(14):
        make_video(zoe, caption=str(number))
    first = actions.feed_page(ana)

    for item in first.items:
        watch(ana, item.video)

    again = actions.feed_page(ana)
    assert not set(captions(first)) & set(captions(again))
    assert len(captions(first) + captions(again)) == 14


def test_where_all_was_seen_the_best_of_it_is_worth_another_look(ana, zoe):
    video = make_video(zoe, caption="lovely")
    actions.feed_page(ana)
    watch(ana, video)
    counting.count()

    assert reasons(ana) == {"lovely": "Worth another look"}


def test_who_skipped_everything_is_offered_it_again(ana, zoe):
    """Counted or not: a feed is never empty where there is something to see."""
    counted, other = make_video(zoe, caption="counted"), make_video(zoe, caption="not counted")
    actions.fill_slate(ana)
    watch(ana, counted, share=0.01)
    counting.count()
    watch(ana, other, share=0.01)

    assert sorted(reasons(ana)) == ["counted", "not counted"]


def test_one_person_does_not_fill_a_slate(ana, zoe):
    for number in range(20):
        make_video(zoe, caption=f"zoe {number}", like_count=50)
    make_video(make_user("mei"), caption="mei")

    assert "mei" in captions(actions.feed_page(ana))


def test_more_is_asked_for_once_when_little_is_ahead(ana, zoe):
    for number in range(3):
        make_video(zoe, caption=str(number))
    actions.feed_page(ana)

    for _time in range(3):
        actions.feed_page(ana)

    assert OutboxJob.objects.filter(task="videos.fill_slate").count() == 1


def test_a_slate_is_read_as_things_stand_now(ana, ben, zoe):
    make_video(zoe, caption="across a block")
    make_video(ben, caption="kept to himself")
    make_video(make_user("mei"), caption="mei")
    actions.fill_slate(ana)

    block(zoe, ana)
    Video.objects.filter(author=ben).update(audience="private")

    assert captions(actions.feed_page(ana)) == ["mei"]


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


# --- For You, without a profile -------------------------------------------------------------------


def test_signed_out_hearts_comments_and_shares_outweigh_hours(zoe):
    make_video(zoe, caption="new", hours=1)
    make_video(make_user("mei"), caption="loved", hours=10, like_count=3)
    make_video(make_user("lu"), caption="shared", hours=10, share_count=2, comment_count=1)

    assert whole(NOBODY) == ["shared", "loved", "new"]


@rule("R47", "query")
def test_without_a_profile_time_and_popularity_decide_alone(ana, ben, zoe):
    make_video(zoe, caption="new", hours=1)
    make_video(ben, caption="followed", hours=10)
    seen(ana, make_video(zoe, caption="seen", hours=0, like_count=50))
    actions.set_personal(ana, False)

    assert whole(ana) == ["new", "followed", "seen"]
    assert reasons(ana)["followed"] == "New on Medley"


def test_without_a_profile_no_slate_is_made(ana, zoe):
    make_video(zoe)
    actions.set_personal(ana, False)

    assert actions.fill_slate(ana) == 0
    assert not SlateItem.objects.exists()


def test_signed_out_one_person_does_not_fill_a_page(zoe):
    for number in range(4):
        make_video(zoe, caption=f"zoe {number}", hours=number)
    make_video(make_user("mei"), caption="mei", hours=7)

    assert captions(feed.page(NOBODY, limit=3)) == ["zoe 0", "mei", "zoe 1"]


def test_every_video_says_why_it_is_there_signed_out_too(zoe):
    make_video(zoe, caption="popular", like_count=3, comment_count=1)
    make_video(make_user("mei"), caption="new")
    make_video(make_user("lu"), caption="old", hours=24 * 8, like_count=9)

    assert reasons(NOBODY) == {
        "popular": "Popular this week",
        "new": "New on Medley",
        "old": "Worth another look",
    }


# --- What the feed is told ------------------------------------------------------------------------


@rule("R47", "query")
@pytest.mark.parametrize(
    ("less", "left"),
    [
        ({"kind": "video"}, ["zoe 2", "mei"]),
        ({"kind": "author"}, ["mei"]),
        ({"kind": "topic", "topic": "Cats"}, ["zoe 2", "mei"]),
    ],
)
def test_not_interested_takes_it_off_at_once_and_for_good(ana, zoe, less, left):
    video = make_video(zoe, caption="zoe 1 #cats")
    make_video(zoe, caption="zoe 2")
    make_video(make_user("mei"), caption="mei")
    actions.fill_slate(ana)

    actions.not_interested(ana, video, **less)

    assert sorted(whole(ana)) == sorted(left)
    actions.fill_slate(ana)
    assert sorted(whole(ana)) == sorted(left)


def test_muted_words_are_whole_words_in_any_case(ana, zoe):
    for caption in ("Modern ART", "a party", "état d'âme", "plain"):
        make_video(zoe, caption=caption)

    actions.mute_word(ana, "art")
    actions.mute_word(ana, "etat d'ame")

    assert sorted(whole(ana)) == ["a party", "plain"]
    actions.set_personal(ana, False)
    assert sorted(whole(ana)) == ["a party", "plain"]


def test_a_topic_turned_up_comes_before_one_turned_down(ana):
    for name, topic in (("mei", "cats"), ("lu", "dogs")):
        make_video(make_user(name), caption=f"#{topic}", hours=1)
    actions.set_topic(ana, "#Cats", 1)
    actions.set_topic(ana, "dogs", 3)

    assert whole(ana) == ["#dogs", "#cats"]


def test_what_was_told_can_be_taken_back(ana, zoe):
    video = make_video(zoe, caption="hers")
    taste = actions.not_interested(ana, video, kind="author")

    actions.take_back(make_user("mei"), taste.pk)
    assert whole(ana) == []
    actions.take_back(ana, taste.pk)
    assert whole(ana) == ["hers"]


def test_a_reset_forgets_what_was_learned_and_told(ana, zoe):
    video = make_video(zoe, caption="hers")
    watch(ana, video, loops=1)
    counting.count()
    actions.mute_word(ana, "rain")

    actions.reset_feed(ana)

    assert not ana.affinities.exists() and not ana.tastes.exists()
    assert not ana.watch_events.exists() and video.watch_events.count() == 1
    assert FeedProfile.objects.get(user=ana).reset_at is not None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": "weather"}, "taste.kind"),
        ({"kind": "topic", "topic": "dogs"}, "taste.topic"),
        ({"kind": "sound"}, "taste.sound"),
    ],
)
def test_what_makes_no_sense_is_refused(ana, zoe, wrong, code):
    with pytest.raises(ValidationError) as refused:
        actions.not_interested(ana, make_video(zoe, caption="#cats"), **wrong)

    assert refused.value.code == code


# --- Following and Friends ------------------------------------------------------------------------


def test_following_shows_followed_people_newest_first(ana, ben, zoe):
    mei = make_user("mei")
    follow(ana, mei)
    make_video(mei, caption="mei", hours=2, like_count=500)
    make_video(ben, caption="ben", hours=1)
    make_video(zoe, caption="zoe")

    assert whole(ana, tab=feed.FOLLOWING) == ["ben", "mei"]
    assert whole(ana, tab=feed.FRIENDS) == ["ben"]


def test_following_shows_what_others_made_together_with_those_one_follows(ana, ben, zoe):
    mei = make_user("mei")
    befriend(zoe, ben)
    befriend(ben, mei)
    with_ben = make_video(zoe, caption="with ben", hours=1)
    both = make_video(ben, caption="both", hours=2)
    own = make_video(ana, caption="own", hours=3)
    asked = make_video(zoe, caption="only asked", hours=4)
    for video, person in ((with_ben, ben), (both, mei), (own, ben)):
        crediting.invite_co_creator(video.author, video, person)
        crediting.accept_credit(person, video)
    crediting.invite_co_creator(zoe, asked, ben)

    page = feed.page(ana, tab=feed.FOLLOWING)

    assert [(item.video.caption, item.reason) for item in page.items] == [
        ("with ben", "Because you follow somebody who made it"),
        ("both", "Because you follow Ben"),
    ]


@pytest.mark.parametrize("tab", [feed.FOLLOWING, feed.FRIENDS])
def test_signed_out_people_follow_nobody(zoe, tab):
    make_video(zoe)

    assert feed.page(NOBODY, tab=tab) == feed.Page([], None)


# --- Pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", [feed.FOR_YOU, feed.FOLLOWING])
def test_pages_hold_every_video_once(ana, ben, tab):
    mei = make_user("mei")
    follow(ana, mei)
    for number in range(24):
        make_video([ben, mei][number % 2], caption=str(number), hours=number / 10)

    found = whole(ana, tab=tab)

    assert sorted(map(int, found)) == list(range(24))


@pytest.mark.parametrize("viewer", ["ana", "nobody"])
def test_nothing_comes_twice_whatever_happens_between_pages(ana, zoe, viewer):
    reader = ana if viewer == "ana" else NOBODY
    videos = [make_video(zoe, caption=str(number), hours=number) for number in range(13)]
    first = actions.feed_page(reader)

    # Hearts come and go, new videos appear, the reader has now seen the first page.
    Video.objects.filter(pk=videos[12].pk).update(like_count=1000)
    Video.objects.filter(pk=first.items[0].video.pk).update(published_at=videos[7].published_at)
    make_video(zoe, caption="just now")
    for item in first.items:
        watch(reader, item.video)
    befriend(ana, zoe)
    assert first.next is not None
    second = actions.feed_page(reader, cursor=first.next)

    assert len(first.items) == 10
    assert sorted(captions(first) + captions(second), key=int) == [str(n) for n in range(13)]
    assert second.next is None


def test_what_was_deleted_meanwhile_is_gone(ana, zoe):
    for number in range(12):
        make_video(zoe, caption=str(number), hours=number)
    first = actions.feed_page(ana)
    left = {str(number) for number in range(12)} - set(captions(first))
    gone = left.pop()
    Video.objects.filter(caption=gone).delete()

    assert first.next is not None
    assert captions(actions.feed_page(ana, cursor=first.next)) == list(left)


def test_time_order_survives_videos_of_one_moment(ana, ben):
    moment = timezone.now() - timedelta(hours=1)
    for number in range(5):
        make_video(ben, caption=str(number), published_at=moment)

    first = feed.page(ana, tab=feed.FOLLOWING, limit=3)
    second = feed.page(ana, tab=feed.FOLLOWING, limit=3, cursor=first.next or "")

    assert captions(first) + captions(second) == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize("tab", feed.TABS)
@pytest.mark.parametrize("cursor", ["x", "é", "AAAA", "a" * 5000, "////", "f_gAAAAAAAA"])
def test_a_made_up_cursor_is_refused(ana, cursor, tab):
    for viewer in (ana, NOBODY) if tab == feed.FOR_YOU else (ana,):
        with pytest.raises(ValidationError) as refused:
            feed.page(viewer, cursor=cursor, tab=tab)

        assert refused.value.code == "cursor.invalid"


@pytest.mark.parametrize("videos", [2, 12])
@pytest.mark.parametrize("tab", feed.TABS)
def test_a_page_costs_the_same_however_many_videos(
    ana, ben, zoe, videos, tab, django_assert_max_num_queries
):
    for number in range(videos):
        with_files(make_video([ben, zoe][number % 2]))
    actions.fill_slate(ana)

    with django_assert_max_num_queries(5):
        for item in feed.page(ana, tab=tab).items:
            assert item.video.author.name and item.video.large_url and item.reason


@pytest.mark.parametrize("videos", [2, 30])
def test_a_slate_costs_the_same_however_many_videos(
    ana, ben, zoe, videos, django_assert_max_num_queries
):
    for number in range(videos):
        make_video([ben, zoe][number % 2], caption=f"{number} #walk")

    with django_assert_max_num_queries(45):
        assert actions.fill_slate(ana) == videos
