"""Reposts in Following: what people one follows show on, once, in time order, by the rules."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import befriend, block, follow, make_user
from tests.videos.factories import make_video, with_files
from videos import actions, feed
from videos.models import Repost, Taste, Video

FOLLOWING = "/api/v1/feed/?tab=following"


@pytest.fixture
def walk_of_zoe(zoe):
    """A video of somebody whom Ana does not follow, three hours old."""
    return with_files(make_video(zoe, caption="a walk #meadow", hours=3))


def repost(person, video, *, hours: float = 0) -> None:
    actions.repost(person, video)
    then = timezone.now() - timedelta(hours=hours)
    Repost.objects.filter(user=person, video=video).update(created_at=then)


def following(viewer) -> list[tuple[str, str]]:
    items = actions.feed_page(viewer, tab=feed.FOLLOWING).items
    return [(item.video.caption, item.reason) for item in items]


def test_a_repost_comes_when_it_was_shown_and_says_by_whom(ana, ben, walk_of_zoe):
    make_video(ben, caption="older", hours=2)
    make_video(ben, caption="newer", hours=0.5)

    repost(ben, walk_of_zoe, hours=1)

    assert following(ana) == [
        ("newer", "Because you follow Ben"),
        ("a walk #meadow", "Ben reposted"),
        ("older", "Because you follow Ben"),
    ]
    assert actions.feed_page(ana, tab=feed.FRIENDS).items[1].video.caption == "older"


def test_what_several_repost_comes_once_by_the_first(ana, ben, walk_of_zoe):
    mei, ivo = make_user("mei"), make_user("ivo")
    follow(ana, mei)
    follow(ana, ivo)
    repost(mei, walk_of_zoe, hours=2)
    repost(ben, walk_of_zoe, hours=1)
    assert following(ana) == [("a walk #meadow", "Mei and 1 other reposted")]

    repost(ivo, walk_of_zoe)

    assert following(ana) == [("a walk #meadow", "Mei and 2 others reposted")]


def test_what_one_gets_anyway_does_not_come_again(ana, ben, zoe, walk_of_zoe):
    follow(ana, zoe)
    own = make_video(ana, caption="my own")

    repost(ben, walk_of_zoe)
    repost(ben, own)

    assert following(ana) == [("a walk #meadow", "Because you follow Zoe")]


def test_a_repost_that_was_taken_back_is_gone(ana, ben, walk_of_zoe):
    repost(ben, walk_of_zoe)

    actions.unrepost(ben, walk_of_zoe)

    assert following(ana) == []


def test_reposts_of_strangers_are_no_news(ana, mod, walk_of_zoe):
    repost(mod, walk_of_zoe)

    assert following(ana) == []


@pytest.mark.parametrize("audience", ["followers", "friends", "private"])
def test_the_videos_audience_holds_for_reposts(ana, ben, walk_of_zoe, audience):
    repost(ben, walk_of_zoe)

    Video.objects.filter(pk=walk_of_zoe.pk).update(audience=audience)

    assert following(ana) == []


def test_a_private_accounts_videos_are_shown_on_to_nobody(ana, ben, zoe, walk_of_zoe):
    repost(ben, walk_of_zoe)

    zoe.is_private = True
    zoe.save()

    assert following(ana) == []


@pytest.mark.parametrize(
    ("one", "other"), [("ana", "zoe"), ("zoe", "ana"), ("zoe", "ben"), ("ben", "zoe")]
)
def test_a_block_ends_it_for_whoever_is_part_of_it(request, ana, ben, walk_of_zoe, one, other):
    repost(ben, walk_of_zoe)

    block(request.getfixturevalue(one), request.getfixturevalue(other))

    assert following(ana) == []


def test_who_is_gone_shows_nothing(ana, ben, walk_of_zoe):
    repost(ben, walk_of_zoe)

    ben.is_active = False
    ben.save()

    assert following(ana) == []


@pytest.mark.parametrize("kind", [Taste.Kind.VIDEO, Taste.Kind.AUTHOR, Taste.Kind.TOPIC])
def test_less_of_it_means_its_reposts_too(ana, ben, walk_of_zoe, kind):
    repost(ben, walk_of_zoe)

    actions.not_interested(ana, walk_of_zoe, kind=kind, topic="meadow")

    assert following(ana) == []


def test_muted_words_and_muted_people_are_left_out(ana, ben, zoe, walk_of_zoe):
    repost(ben, walk_of_zoe)
    word = actions.mute_word(ana, "walk")
    assert following(ana) == []
    actions.take_back(ana, word.pk)

    less_of_ben = actions.not_interested(ana, make_video(ben, hours=50), kind=Taste.Kind.AUTHOR)

    assert less_of_ben.key == str(ben.pk)
    assert [reason for _caption, reason in following(ana)] == ["Because you follow Ben"]


def test_a_fourteen_year_olds_feed_shows_them_too(kid, ben, walk_of_zoe):
    befriend(kid, ben)

    repost(ben, walk_of_zoe)

    assert following(kid) == [("a walk #meadow", "Ben reposted")]


def test_pages_hold_posts_and_reposts_once_in_time_order(ana, ben, zoe):
    for number in range(30):
        if number % 2:
            repost(ben, make_video(zoe, caption=str(number), hours=90), hours=number)
        else:
            make_video(ben, caption=str(number), hours=number)

    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = feed.page(ana, tab=feed.FOLLOWING, cursor=cursor, limit=7)
        found += [item.video.caption for item in page.items]
        cursor = page.next

    assert found == [str(number) for number in range(30)]


def test_unwanted_ones_do_not_end_a_page_early(ana, ben, zoe):
    actions.mute_word(ana, "rain")
    for number in range(12):
        repost(ben, make_video(zoe, caption="rain", hours=90), hours=number)
    repost(ben, make_video(zoe, caption="sun", hours=90), hours=20)

    page = feed.page(ana, tab=feed.FOLLOWING, limit=3)

    assert [item.video.caption for item in page.items] == ["sun"]
    assert page.next is None


@pytest.mark.parametrize("number", [2, 9])
def test_reposts_cost_the_same_however_many(ana, ben, zoe, number, django_assert_max_num_queries):
    for place in range(number):
        repost(ben, with_files(make_video(zoe)), hours=place)

    with django_assert_max_num_queries(6):
        for item in feed.page(ana, tab=feed.FOLLOWING).items:
            assert item.video.author.name and item.video.large_url and item.reposted_by.name


# --- Doors ----------------------------------------------------------------------------------------


def test_rest_names_who_reposted(api, ana, ben, walk_of_zoe):
    repost(ben, walk_of_zoe)
    make_video(ben, caption="older", hours=9)

    shown, posted = api(ana).get(FOLLOWING).json()["results"]

    assert (shown["code"], shown["reason"]) == ("reposted", "Ben reposted")
    assert shown["reposted_by"]["username"] == "ben"
    assert (posted["code"], posted["reposted_by"]) == ("followed", None)


def test_the_page_links_to_who_reposted(browser, ana, ben, walk_of_zoe):
    repost(ben, walk_of_zoe)

    page = browser(ana).get("/?tab=following").content.decode()

    assert "Ben reposted" in page
    assert f'class="clip__by" href="{ben.get_absolute_url()}"' in page
    assert f"/videos/{walk_of_zoe.pk}/why/?tab=following" in page


def test_why_says_the_same_in_following(api, browser, ana, ben, walk_of_zoe):
    repost(ben, walk_of_zoe)
    actions.fill_slate(ana)
    why = f"videos/{walk_of_zoe.pk}/why/"

    told = api(ana).get(f"/api/v1/{why}?tab=following").json()
    page = browser(ana).get(f"/{why}?tab=following").content.decode()
    for_you = api(ana).get(f"/api/v1/{why}").json()

    assert (told["sentence"], told["code"], told["factors"]) == ("Ben reposted", "reposted", [])
    assert "Ben reposted" in page and "you follow" in page
    assert for_you["code"] == "fresh"
