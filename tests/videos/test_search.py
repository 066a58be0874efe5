"""Search and Discover: found is what one may see, however it is written."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import block, follow, make_user
from tests.rules import rule
from tests.videos.factories import make_video
from tests.videos.watching import watch
from videos import actions, search, tasks
from videos.feed import counting
from videos.models import Findable
from videos.search import indexing, spelling

NOBODY = AnonymousUser()


def found(viewer, words, **options) -> list[str]:
    """Captions."""
    indexing.catch_up()
    return [video.caption for video in search.find(viewer, words, **options).videos]


# --- Words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["meadow", "MEAD", "walk mead", "café", "CAFE", "#slow", "草原"])
def test_captions_are_found_by_how_their_words_begin(ana, zoe, words):
    make_video(zoe, caption="A Walk in the meadow, café 大草原 #SlowMorning")
    make_video(zoe, caption="nothing of it")

    assert found(ana, words) == ["A Walk in the meadow, café 大草原 #SlowMorning"]


@pytest.mark.parametrize("words", ["adow", "walk rain", "'; drop table", "%", '"', "\\"])
def test_what_is_not_said_is_not_found(ana, zoe, words):
    make_video(zoe, caption="a walk in the meadow")

    assert found(ana, words) == []


def test_only_what_one_may_see_is_found(ana, ben, zoe, kid):
    make_video(ben, caption="walk with friends", audience="friends")
    make_video(zoe, caption="walk alone", audience="private")
    make_video(kid, caption="walk to school")
    make_video(zoe, caption="walk")

    assert sorted(found(ana, "walk")) == ["walk", "walk with friends"]
    assert found(NOBODY, "walk") == ["walk"]
    block(zoe, ana)
    assert found(ana, "walk") == ["walk with friends"]


def test_an_edited_caption_is_read_again(ana, zoe):
    video = make_video(zoe, caption="a walk")
    assert found(ana, "walk") == ["a walk"]

    actions.edit_video(zoe, video, caption="a swim")

    assert found(ana, "walk") == []
    assert found(ana, "swim") == ["a swim"]


def test_the_rare_is_found_behind_the_newest(ana, zoe, monkeypatch):
    monkeypatch.setattr("videos.search.engines.WALKED", 2)
    for caption in ("the rare one", "common", "common", "common"):
        make_video(zoe, caption=caption)

    assert found(ana, "rare") == ["the rare one"]


def test_what_is_known_is_not_read_again(zoe):
    make_video(zoe)

    assert indexing.catch_up() == 1
    assert indexing.catch_up() == 0
    assert Findable.objects.count() == 1


# --- Slips ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["medow", "meadwo", "meadoww", "meadaw", "maedow"])
def test_one_slip_of_the_finger_is_mended(ana, zoe, typed):
    make_video(zoe, caption="a meadow")
    indexing.catch_up()

    results = search.find(ana, typed)

    assert results.mended == "meadow"
    assert [video.caption for video in results.videos] == ["a meadow"]


def test_of_two_words_the_more_used_one_is_meant(ana, zoe):
    for caption in ("house", "mouse", "mouse again"):
        make_video(zoe, caption=caption)
    indexing.catch_up()

    assert spelling.mended(["xouse"]) == ["mouse"]


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [
        ("meadow", "meadow", True),
        ("meadow", "medow", True),
        ("meadow", "meadows", True),
        ("meadow", "meodaw", False),
        ("abcd", "badc", False),
        ("abcde", "abc", False),
    ],
)
def test_one_slip_is_one(one, other, is_slip):
    assert spelling.is_one_slip(one, other) is is_slip


# --- Everything else ------------------------------------------------------------------------------


def test_people_topics_and_videos_answer_together(ana, zoe):
    make_user("meadowlark")
    make_video(zoe, caption="#meadow")
    indexing.catch_up()

    results = search.find(ana, "meadow")

    assert [person.username for person in results.people] == ["meadowlark"]
    assert results.topics == [("meadow", 1)]
    assert [video.caption for video in results.videos] == ["#meadow"]
    assert search.find(ana, "meadow", tab="people").videos == []
    assert search.find(ana, "@meadow").topics == ()
    assert search.find(ana, "#meadow").people == ()


@rule("R15", "query")
def test_blocked_people_are_not_found(ana, zoe):
    block(zoe, ana)

    assert search.find(ana, "zoe").is_empty


def test_trending_counts_public_videos_of_the_last_month(ana, ben, kid):
    make_video(ana, caption="#slow #meadow")
    make_video(ben, caption="#slow")
    make_video(ben, caption="#old", hours=24 * 31)
    make_video(ben, caption="#secret", audience="friends")
    make_video(kid, caption="#school")

    assert search.trending() == [("slow", 2), ("meadow", 1)]


def test_topics_are_found_by_part_of_their_name_private_ones_never(ana):
    make_video(ana, caption="#SlowMorning #noon", hours=24 * 90)
    make_video(ana, caption="#slowly", audience="private")

    assert search.topics("SLOW") == [("slowmorning", 1)]


def test_what_is_watched_now_comes_first(ana, zoe):
    watched, newer = make_video(zoe, caption="watched", hours=9), make_video(zoe, caption="newer")
    watch(ana, watched)
    counting.count()

    assert search.going_on(ana).videos == [watched, newer]


@rule("R6", "query")
def test_people_to_watch_may_be_suggested_and_are_not_followed(ana, zoe):
    shy = make_user("shy", suggests_account=False)
    mei = make_user("mei")
    follow(ana, mei)
    for author in (ana, zoe, shy, mei):
        make_video(author)

    assert search.going_on(ana).people == [zoe]


# --- Doors ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/discover/", "/discover/?q=meadow", "/discover/?q=zzzz"])
def test_discover_opens_for_everybody(client, browser, ana, zoe, path):
    make_video(zoe, caption="#meadow")
    indexing.catch_up()

    assert client.get(path).status_code == 200
    assert browser(ana).get(path).status_code == 200


def test_as_one_types_only_what_was_found_is_sent(browser, ana, zoe):
    make_video(zoe, caption="a meadow")
    indexing.catch_up()

    part = browser(ana).get("/discover/?q=mead", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part and "a meadow" in part


def test_no_words_find_nothing_and_no_such_tab_is_refused(api, client):
    assert api().get("/api/v1/search/").json()["videos"] == []
    assert api().get("/api/v1/search/?q=a&tab=moon").json()["code"] == "search.tab"
    assert client.get("/discover/?q=a&tab=moon").status_code == 404


def test_search_and_discover_by_rest(api, ana, zoe):
    video = make_video(zoe, caption="a #meadow")
    indexing.catch_up()

    results = api(ana).get("/api/v1/search/?q=medow").json()
    now = api(ana).get("/api/v1/discover/").json()

    assert results["mended"] == "meadow"
    assert [one["id"] for one in results["videos"]] == [str(video.pk)]
    assert now["topics"] == [{"name": "meadow", "count": 1}]
    assert [person["username"] for person in now["people"]] == ["zoe"]


@pytest.mark.parametrize("videos", [1, 9])
def test_a_search_costs_the_same_however_much_is_found(
    browser, ana, zoe, videos, django_assert_max_num_queries
):
    for number in range(videos):
        make_video(zoe, caption=f"walk {number} #t{number}")
    indexing.catch_up()
    client = browser(ana)

    with django_assert_max_num_queries(22):
        assert client.get("/discover/?q=walk").status_code == 200
    with django_assert_max_num_queries(26):
        assert client.get("/discover/").status_code == 200


def test_what_was_there_before_search_was_is_found_after_the_long_look(ana):
    make_video(ana, caption="an old meadow", hours=24 * 400)

    tasks.index_words()
    assert [video.caption for video in search.find(ana, "meadow").videos] == []

    tasks.index_words(days=36_500)
    assert [video.caption for video in search.find(ana, "meadow").videos] == ["an old meadow"]
