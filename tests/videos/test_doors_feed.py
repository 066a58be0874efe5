"""The feed through its doors: pages, forms and REST say and refuse the same."""

import pytest

from tests.factories import block
from tests.rules import rule
from tests.videos.factories import make_video, with_files
from videos import actions
from videos.models import FeedProfile, SlateItem, Taste

FEED = "/api/v1/feed/"


@pytest.fixture
def video(zoe):
    return with_files(make_video(zoe, caption="a walk #meadow"))


# --- Reading --------------------------------------------------------------------------------------


@rule("R47", "page", "api")
def test_every_item_says_why_by_rest_and_on_the_page(api, browser, ana, video):
    item = api(ana).get(FEED).json()["results"][0]
    page = browser(ana).get("/").content.decode()

    assert item["video"]["id"] == str(video.pk)
    assert (item["reason"], item["code"]) == ("New: you are among the first to see it", "fresh")
    assert item["reason"] in page and f"/videos/{video.pk}/why/" in page


def test_signed_out_the_feed_opens_without_a_profile(client, api, video):
    assert api().get(FEED).json()["results"][0]["code"] == "new"
    assert client.get("/").status_code == 200
    assert not FeedProfile.objects.exists()


@pytest.mark.parametrize(
    ("asked", "code"), [("tab=moon", "feed.tab"), ("cursor=x", "cursor.invalid")]
)
def test_what_is_no_feed_is_refused(api, ana, asked, code):
    answer = api(ana).get(f"{FEED}?{asked}")

    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_why_tells_the_factors_that_counted(api, browser, ana, video):
    actions.fill_slate(ana)

    told = api(ana).get(f"/api/v1/videos/{video.pk}/why/").json()
    page = browser(ana).get(f"/videos/{video.pk}/why/").content.decode()

    assert told["sentence"] == "New: you are among the first to see it"
    assert told["factors"][0] == {"words": "How many people watch it to the end", "weight": 100}
    assert told["is_personal"] is True
    assert told["sentence"] in page and "#meadow" in page and "Videos by Zoe" in page


def test_why_tells_when_nothing_personal_counted(api, client, ana, video):
    assert api().get(f"/api/v1/videos/{video.pk}/why/").json()["factors"] == []
    page = client.get(f"/videos/{video.pk}/why/").content.decode()
    assert "nothing you did was used" in page and "Less of this" not in page


def test_a_video_one_may_not_see_has_no_reason_and_no_less(api, browser, ana, zoe, video):
    block(zoe, ana)

    assert api(ana).get(f"/api/v1/videos/{video.pk}/why/").status_code == 404
    assert api(ana).post(f"/api/v1/videos/{video.pk}/not-interested/").status_code == 404
    assert browser(ana).get(f"/videos/{video.pk}/why/").status_code == 404
    assert browser(ana).post(f"/videos/{video.pk}/less/").status_code == 404


# --- Telling --------------------------------------------------------------------------------------


@rule("R47", "page", "api")
@pytest.mark.parametrize(
    ("less", "key"),
    [
        ({"kind": "video"}, None),
        ({"kind": "author"}, "author"),
        ({"kind": "topic", "topic": "meadow"}, "meadow"),
    ],
)
@pytest.mark.parametrize("door", ["rest", "form", "htmx"])
def test_less_of_it_through_every_door(api, browser, ana, zoe, video, less, key, door):
    actions.fill_slate(ana)
    if door == "rest":
        answer = api(ana).post(f"/api/v1/videos/{video.pk}/not-interested/", less)
        assert answer.status_code == 201
    else:
        headers = {"HX-Request": "true"} if door == "htmx" else {}
        answer = browser(ana).post(f"/videos/{video.pk}/less/", less, headers=headers)
        assert answer.status_code == {"form": 302, "htmx": 204}[door]

    taste = Taste.objects.get(user=ana)
    assert taste.key == {None: str(video.pk), "author": str(zoe.pk)}.get(key, key)
    assert not SlateItem.objects.ahead_of(ana).exists()


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/api/v1/feed/settings/", "get"),
        ("/api/v1/feed/settings/", "patch"),
        ("/api/v1/feed/reset/", "post"),
        ("/api/v1/feed/tastes/", "get"),
        ("/api/v1/feed/tastes/", "post"),
        ("/api/v1/feed/tastes/1/", "delete"),
    ],
)
def test_telling_the_feed_asks_to_sign_in(api, path, method):
    assert getattr(api(), method)(path).status_code in {401, 403}


def test_pages_of_ones_feed_ask_to_sign_in(client, video):
    assert client.get("/settings/feed/").status_code == 302
    assert client.post(f"/videos/{video.pk}/less/").status_code == 302


@rule("R47", "page", "api")
def test_the_profile_is_one_setting_away_by_rest_and_form(api, browser, ana):
    off = api(ana).patch("/api/v1/feed/settings/", {"is_personal": False}).json()
    assert off == {"is_personal": False}

    browser(ana).post("/settings/feed/", {"do": "personal", "is_personal": "on"})
    assert api(ana).get("/api/v1/feed/settings/").json() == {"is_personal": True}

    browser(ana).post("/settings/feed/", {"do": "personal"})
    assert FeedProfile.objects.get(user=ana).is_personal is False


def test_sliders_and_muted_words_by_rest(api, ana):
    tastes = "/api/v1/feed/tastes/"
    word = api(ana).post(tastes, {"kind": "word", "key": "Rain"})
    topic = api(ana).post(tastes, {"kind": "topic", "key": "#Cats", "level": 3})

    assert [word.status_code, topic.status_code] == [201, 201]
    found = [(one["kind"], one["key"], one["level"]) for one in api(ana).get(tastes).json()]
    assert found == [("topic", "cats", 3), ("word", "rain", 0)]

    as_usual = api(ana).post(tastes, {"kind": "topic", "key": "cats", "level": 2})
    gone = api(ana).delete(f"{tastes}{word.json()['id']}/")
    assert [as_usual.status_code, gone.status_code] == [204, 204]
    assert api(ana).get(tastes).json() == []


def test_another_persons_taste_is_not_ones_own_to_forget(api, ana, ben):
    taste = actions.mute_word(ana, "rain")

    api(ben).delete(f"/api/v1/feed/tastes/{taste.pk}/")

    assert Taste.objects.filter(pk=taste.pk).exists()


def test_the_page_of_ones_feed_shows_and_takes_back(browser, ana, zoe, video):
    actions.not_interested(ana, video, kind="author")
    word = actions.mute_word(ana, "rain")
    client = browser(ana)
    client.post("/settings/feed/", {"do": "topic", "topic": "cats", "level": "1"})

    page = client.get("/settings/feed/").content.decode()
    assert "Zoe" in page and "rain" in page and "#cats" in page

    client.post("/settings/feed/", {"do": "forget", "taste": word.pk})
    assert not Taste.objects.filter(pk=word.pk).exists()
    client.post("/settings/feed/", {"do": "reset"})
    assert not Taste.objects.exists()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"do": "mute", "word": " ! "}, "Write a word."),
        ({"do": "topic", "topic": "#", "level": "3"}, "Name a topic."),
        ({"do": "topic", "topic": "cats", "level": "9"}, "Choose more, less or none of it."),
    ],
)
def test_the_page_says_what_is_wrong(browser, ana, told, words):
    answer = browser(ana).post("/settings/feed/", told)

    assert answer.status_code == 422 and words in answer.content.decode()


def test_the_feed_page_costs_the_same_however_many(
    browser, ana, zoe, django_assert_max_num_queries
):
    for number in range(12):
        with_files(make_video(zoe, caption=f"{number}"))
    actions.fill_slate(ana)
    client = browser(ana)
    client.get("/")

    with django_assert_max_num_queries(20):
        assert client.get("/").status_code == 200
