"""Families through pages and REST: the same verbs, and nobody but the two of a link."""

import re

import pytest

from accounts import families
from accounts.models import GuardianLink, GuardianLook, User
from tests.accounts.test_families import fresh, linked
from tests.accounts.test_screen_time import used
from tests.factories import make_user
from tests.rules import rule

pytestmark = pytest.mark.django_db

FAMILY = "/api/v1/me/family/"


@rule("R30", "api")
def test_pairing_narrowing_looking_and_ending_by_rest(api, ana, teo):
    code = api(ana).post(f"{FAMILY}codes/").json()["code"]
    asked = api(teo).post(FAMILY, {"code": code})
    link = f"{FAMILY}{asked.json()['id']}/"
    assert (asked.status_code, asked.json()["role"], asked.json()["is_in_force"]) == (
        201,
        "teen",
        False,
    )
    assert api(ana).post(f"{link}consent/").json()["code"] == "policy.R30"
    assert api(teo).post(f"{link}consent/").json()["is_in_force"] is True

    narrowed = api(ana).patch(link, {"minutes": 30, "messages_from": "friends"})
    assert (narrowed.status_code, narrowed.json()["minutes"]) == (200, 30)
    assert api(fresh(teo)).patch(link, {"minutes": 60}).json()["code"] == "policy.R30"
    assert api(ana).patch(link, {"messages_from": "everyone"}).status_code == 400
    assert fresh(teo).guarded == {"minutes": 30, "messages_from": "friends"}

    seen = api(ana).get(f"{link}seen/").json()
    assert set(seen) == {
        *("contacts", "followers", "following", "blocked"),
        *("days", "today", "looks", "waiting"),
    }
    assert seen["today"]["limit"] == 30
    assert len(api(teo).get(f"{link}seen/").json()["looks"]) == 1

    assert api(teo).delete(link).status_code == 204
    assert (api(ana).get(link).status_code, api(ana).get(FAMILY).json()) == (404, [])


@pytest.mark.parametrize("who", ["ben", "kid", "mod"])
def test_a_link_is_not_there_for_anybody_else(api, browser, request, ana, teo, who):
    other = request.getfixturevalue(who)
    link = linked(ana, teo)
    path = f"{FAMILY}{link.pk}/"
    page = f"/settings/family/{link.pk}/"

    answers = [
        api(other).get(path),
        api(other).patch(path, {"minutes": 5}),
        api(other).delete(path),
        api(other).get(f"{path}seen/"),
        api(other).post(f"{path}consent/"),
        api(other).put(f"{path}passcode/", {"passcode": "1234"}),
        browser(other).get(page),
        *(
            browser(other).post(f"{page}{verb}/")
            for verb in ("consent", "end", "tighten", "passcode")
        ),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert fresh(teo).guarded == {}


def test_signed_out_there_is_nothing(client, api, ana, teo):
    link = linked(ana, teo)

    for path in ("", "join/", f"{link.pk}/"):
        assert client.get(f"/settings/family/{path}").status_code == 302
    for path in (FAMILY, f"{FAMILY}{link.pk}/", "/api/v1/me/screen-time/"):
        assert api().get(path).status_code == 401


def test_what_is_narrowed_goes_with_the_link(api, ana, teo):
    link = linked(ana, teo, minutes=20, is_search_off=True)
    assert api(fresh(teo)).get("/api/v1/search/?q=meadow").json()["code"] == "policy.R30"
    assert api(fresh(teo)).get("/api/v1/users/?search=ana").json()["code"] == "policy.R30"

    families.end_link(teo, link)

    assert api(fresh(teo)).get("/api/v1/search/?q=meadow").status_code == 200
    assert fresh(teo).allowance().limit == 60


# --- Pages ----------------------------------------------------------------------------------------


@rule("R30", "page")
def test_pairing_by_the_pages(client, ana, teo):
    client.force_login(ana)
    page = client.post("/settings/family/code/").content.decode()
    digits = re.search(r"(\d{4}) (\d{4})", page)
    assert digits
    assert "<svg" in page

    client.force_login(teo)
    joined = client.post("/settings/family/join/", {"code": digits[0]})
    link = GuardianLink.objects.get()
    assert joined["Location"] == f"/settings/family/{link.pk}/"
    consent = client.get(joined["Location"]).content.decode()
    for promise in ("What a guardian sees", "What nobody sees", "not one word"):
        assert promise in consent
    assert client.post(f"/settings/family/{link.pk}/consent/").status_code == 302

    assert "A guardian is linked to your account" in client.get("/settings/").content.decode()
    assert "A guardian is linked to your account" in client.get("/@teo/").content.decode()
    seen = client.get(f"/settings/family/{link.pk}/").content.decode()
    assert "What your guardian sees" in seen
    client.force_login(ana)
    assert "A guardian is linked" not in client.get("/@teo/").content.decode()


def test_a_wrong_code_is_said_at_its_field(client, teo):
    client.force_login(teo)

    answer = client.post("/settings/family/join/", {"code": "12"})

    assert answer.status_code == 422
    assert "This code is not right, or older than 15 minutes." in answer.content.decode()


def test_the_picture_of_a_code_leads_to_a_page_that_changes_nothing(client, ana, teo):
    code = families.make_code(ana)
    client.force_login(teo)

    page = client.get(f"/settings/family/join/?code={code.digits}").content.decode()

    assert f'value="{code.digits}"' in page
    assert not GuardianLink.objects.exists()


def test_a_guardian_narrows_by_the_page_and_each_look_is_shown(client, ana, teo):
    link = linked(ana, teo)
    page = f"/settings/family/{link.pk}/"
    client.force_login(ana)
    assert client.get(page).status_code == 200
    assert GuardianLook.objects.count() == 1

    bad = client.post(f"{page}tighten/", {"minutes": "20", "quiet_from": "21:00"})
    good = client.post(
        f"{page}tighten/", {"minutes": "20", "messages_from": "friends", "is_restricted": "on"}
    )

    assert (bad.status_code, good.status_code) == (422, 302)
    assert "Give both times." in bad.content.decode()
    assert fresh(teo).guarded == {"minutes": 20, "messages_from": "friends", "restricted": True}
    client.force_login(teo)
    own = client.get(page).content.decode()
    assert "20 minutes a day" in own
    assert "Restricted mode" in own


def test_a_guardian_answers_from_the_family_page(client, ana, teo):
    linked(ana, teo)
    asked = families.ask_for_more(used(teo, 60))
    client.force_login(ana)
    assert "asks for 15 more minutes today" in client.get("/settings/family/").content.decode()

    client.post(f"/settings/family/time/{asked.pk}/", {"answer": "yes"})

    assert fresh(teo).allowance().left == 15


def test_the_page_of_the_days_end_asks_the_guardian(client, ana, teo):
    linked(ana, teo)
    client.force_login(used(teo, 60))

    before = client.get("/discover/").content.decode()
    after = client.post("/settings/screen-time/ask/", {"next": "/discover/"}).content.decode()

    assert "Ask for 15 more minutes" in before
    assert "This page goes on as soon as your guardian answers." in after


def test_the_list_of_links_takes_as_many_queries_for_one_as_for_five(
    client, ana, django_assert_num_queries
):
    def ask(number: int) -> None:
        for _each in range(number):
            linked(ana, make_user(age=15))

    client.force_login(User.objects.get(pk=ana.pk))
    ask(1)
    client.get("/settings/family/")
    with django_assert_num_queries(5):
        client.get("/settings/family/")
    ask(4)
    with django_assert_num_queries(5):
        client.get("/settings/family/")
