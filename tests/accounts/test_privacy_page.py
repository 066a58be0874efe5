"""The one page on which somebody says how far others may come: what it shows, what it locks and
why, and that each choice is kept as it is made."""

import re

import pytest

from accounts.models import User
from tests.accounts.test_families import linked
from tests.factories import block, make_user
from tests.rules import rule
from videos import actions as video_actions
from videos.models import VideoSettings

pytestmark = pytest.mark.django_db

PAGE, VIDEOS = "/settings/privacy/", "/settings/videos/"
HTMX = {"HX-Request": "true"}


def shown(client, url: str = PAGE) -> str:
    return client.get(url).content.decode()


# --- What it says -----------------------------------------------------------------------------


@rule("R48", "page")
def test_it_says_what_messages_are(browser, ana):
    assert "Messages are private, not end-to-end encrypted" in shown(browser(ana))


def test_each_question_has_its_part_with_an_example(browser, ana):
    page = shown(browser(ana))

    for heading in (
        "Who sees your videos",
        "Who can write to you",
        "Who can comment, duet, stitch, download",
        "Who finds you",
        "Read receipts and typing",
        "Blocked people",
    ):
        assert f">{heading}</h2>" in page
    assert page.count("setting__example") >= 8


@rule("R4", "page")
def test_what_age_locks_is_locked_with_the_reason(browser, kid):
    page = shown(browser(kid))

    assert "Your account stays private until you are 16." in page
    assert "It is the same for everybody your age." in page
    assert 'name="is_private"' in page


def test_somebody_of_16_has_messages_to_open_and_no_lock(browser, teo):
    page = shown(browser(teo))

    assert "settings__lock" not in page
    assert page.count('name="messages_from"') == len(User.MessagesFrom.values)


@rule("R30", "page")
def test_what_a_guardian_narrowed_is_locked_as_theirs_and_may_still_be_narrower(
    browser, api, ana, teo
):
    linked(ana, teo, messages_from="friends")
    teo = User.objects.get(pk=teo.pk)

    page = shown(browser(teo))
    refused = api(teo).patch("/api/v1/me/", {"messages_from": "everyone"}, format="json")
    narrower = api(teo).patch("/api/v1/me/", {"messages_from": "no_one"}, format="json")

    lock = re.search(r'settings__lock small">.*?</p>', page, re.DOTALL)
    assert lock is not None
    assert "guardian" in lock.group()
    assert "everybody your age" not in lock.group()
    assert (refused.status_code, refused.json()["code"]) == (403, "policy.R30")
    assert narrower.json()["messages_from"] == "no_one"


def test_blocked_people_are_there(browser, ana):
    block(ana, make_user("pest", display_name="A Pest"))

    assert "A Pest" in shown(browser(ana))


@pytest.mark.parametrize("blocked", [0, 12])
def test_it_asks_a_fixed_number_of_queries(browser, ana, django_assert_max_num_queries, blocked):
    for _each in range(blocked):
        block(ana, make_user())
    client = browser(ana)

    with django_assert_max_num_queries(10):
        client.get(PAGE)


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PAGE)["Location"].startswith("/accounts/login/")


# --- One choice at a time -----------------------------------------------------------------------


def keep(client, only: str, url: str = PAGE, **said: str):
    return client.post(url, {"only": only, **said}, headers=HTMX)


def test_a_choice_is_kept_and_the_others_stay(browser, ana):
    answer = keep(browser(ana), "is_private", is_private="on", messages_from="no_one")

    ana.refresh_from_db()
    assert (ana.is_private, ana.messages_from, ana.suggests_account) == (True, "everyone", True)
    assert (answer.status_code, "Saved" in answer.content.decode()) == (200, True)
    assert answer["HX-Trigger"] == "privacy-kept"


def test_a_switch_that_is_turned_off_sends_nothing_and_is_off(browser, ana):
    keep(browser(ana), "suggests_account")

    ana.refresh_from_db()
    assert (ana.suggests_account, ana.messages_from) == (False, "everyone")


def test_what_is_not_among_the_choices_is_refused_in_words(browser, ana):
    answer = keep(browser(ana), "messages_from", messages_from="martians")

    ana.refresh_from_db()
    assert (answer.status_code, ana.messages_from) == (422, "everyone")
    assert "martians" in answer.content.decode()


@rule("R4", "page")
@rule("R3", "page")
def test_a_locked_choice_stays_whatever_is_sent(browser, kid):
    client = browser(kid)

    keep(client, "is_private")
    keep(client, "messages_from", messages_from="everyone")

    kid.refresh_from_db()
    assert (kid.is_private, kid.messages_from) == (True, "no_one")


@rule("R3", "page")
def test_somebody_of_16_opens_messages_themselves(browser, teo):
    keep(browser(teo), "messages_from", messages_from="following")

    teo.refresh_from_db()
    assert teo.messages_from == "following"


def test_a_choice_about_videos_is_kept_alone(browser, ana):
    answer = keep(browser(ana), "duets_by", VIDEOS, duets_by="friends", comments_by="no_one")

    kept = VideoSettings.objects.get(user=ana)
    assert (kept.duets_by, kept.comments_by) == ("friends", "everyone")
    assert "Saved" in answer.content.decode()


def test_the_part_about_videos_follows_a_private_account(browser, ana):
    client = browser(ana)
    keep(client, "is_private", is_private="on")

    part = client.get(VIDEOS, headers=HTMX).content.decode()

    assert "<html" not in part
    assert "Not while your account is private." in part


@rule("R5", "page")
def test_under_16_what_others_do_with_videos_is_locked_with_the_reason(browser, kid):
    client = browser(kid)
    keep(client, "duets_by", VIDEOS, duets_by="everyone")

    assert video_actions.video_settings_of(kid).duets_by == "no_one"
    assert "It is the same for everybody your age." in shown(client)


# --- By REST ------------------------------------------------------------------------------------


@rule("R4", "api")
def test_rest_says_what_is_locked_and_by_which_rule(api, kid):
    locked = api(kid).get("/api/v1/me/").json()["locked"]

    assert [(one["field"], one["code"], one["wholly"]) for one in locked] == [
        ("is_private", "policy.R4", True),
        ("messages_from", "policy.R2", True),
    ]
    assert all(one["sentence"] for one in locked)


def test_rest_locks_nothing_for_grown_ups(api, ana):
    assert api(ana).get("/api/v1/me/").json()["locked"] == []


@rule("R5", "api")
def test_rest_says_what_is_locked_about_videos(api, kid):
    locked = api(kid).get("/api/v1/me/video-settings/").json()["locked"]

    assert {one["field"] for one in locked} == {
        "comments_by",
        "duets_by",
        "stitches_by",
        "downloads_by",
        "shows_sensitive",
    }
    assert {one["code"] for one in locked} == {"policy.R5", "label.adults_only"}
