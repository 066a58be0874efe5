"""How long a day is (R9): counted once a minute, ended on every surface, gone on with by passcode
or by a guardian's yes."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts import actions, families, policy
from accounts.errors import Conflict, Refused
from accounts.families import day
from accounts.models import ScreenDay, User
from tests.accounts.test_families import linked
from tests.accounts.told import run_jobs, told
from tests.factories import PASSWORD, make_user
from tests.rules import rule

pytestmark = pytest.mark.django_db

SCREEN_TIME = "/api/v1/me/screen-time/"
DAY_OVER = "That is today’s time"


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def used(user: User, minutes: int, **more) -> User:
    """Somebody who used so much of today."""
    today = fresh(user).day_at(timezone.now())
    values = {"screen_day": today, "screen_minutes": minutes, **more}
    User.objects.filter(pk=user.pk).update(**values)
    return fresh(user)


@pytest.fixture
def clock(monkeypatch):
    """`clock(5)`: five minutes later."""
    now = [1_000_000]
    monkeypatch.setattr(day, "minute_now", lambda: now[0])

    def later(minutes: int = 1) -> None:
        now[0] += minutes

    return later


# --- Counting -------------------------------------------------------------------------------------


def test_a_minute_counts_once_however_many_devices_beat(teo, clock):
    for _device in range(3):
        families.beat(fresh(teo))
    clock(1)
    families.beat(fresh(teo))

    assert fresh(teo).allowance() == policy.Allowance(60, used=2)
    assert ScreenDay.objects.get().minutes == 2


def test_nothing_is_counted_for_whom_a_day_has_no_end(ana, clock, django_assert_num_queries):
    with django_assert_num_queries(0):
        families.beat(ana)

    assert not ScreenDay.objects.exists()


def test_a_beat_takes_few_queries(teo, clock, django_assert_num_queries):
    families.beat(teo)
    clock(1)
    person = fresh(teo)

    with django_assert_num_queries(5):  # a savepoint and its release among them
        families.beat(person)


def test_a_new_day_begins_anew_by_the_persons_own_clock(teo, clock):
    used(teo, 60, screen_extra=15)
    assert fresh(teo).allowance().left == 15

    yesterday = fresh(teo).day_at(timezone.now()) - datetime.timedelta(days=1)
    User.objects.filter(pk=teo.pk).update(screen_day=yesterday)
    assert fresh(teo).allowance() == policy.Allowance(60)
    families.beat(fresh(teo))

    assert fresh(teo).allowance() == policy.Allowance(60, used=1)


def test_no_day_is_gained_by_moving_to_another_time_zone(teo):
    teo = used(teo, 60)
    here = teo.day_at(timezone.now())
    zones = ("Pacific/Kiritimati", "Pacific/Pago_Pago")
    elsewhere = next(
        zone for zone in zones if timezone.now().astimezone(ZoneInfo(zone)).date() != here
    )

    actions.update_profile(teo, time_zone=elsewhere)

    assert fresh(teo).allowance().is_over
    actions.update_profile(fresh(teo), time_zone="UTC")
    assert fresh(teo).allowance().is_over


# --- How long it is -------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "limit"), [(13, 60), (17, 60), (18, None)])
def test_under_eighteen_a_day_is_an_hour(age, limit):
    assert make_user(age=age).allowance().limit == limit


def test_ones_own_limit_is_shorter_at_once_and_longer_tomorrow(ana):
    today = ana.day_at(timezone.now())
    tomorrow = today + datetime.timedelta(days=1)

    families.set_own_limit(ana, 30)
    families.set_own_limit(ana, 90)
    assert (ana.chosen_limit(today), ana.chosen_limit(tomorrow)) == (30, 90)
    families.set_own_limit(ana, 20)
    assert (ana.chosen_limit(today), ana.chosen_limit(tomorrow)) == (20, 20)
    families.set_own_limit(ana, None)

    assert (ana.chosen_limit(today), ana.chosen_limit(tomorrow)) == (20, None)


@rule("R9", "api")
@pytest.mark.parametrize("wanted", [61, None])
def test_under_eighteen_nobody_has_more_than_the_hour(api, teo, wanted):
    answer = api(teo).patch(SCREEN_TIME, {"limit": wanted}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (403, "policy.R9")


def test_nobody_has_more_than_their_guardian_says(ana, teo):
    linked(ana, teo, minutes=20)

    with pytest.raises(Refused) as refused:
        families.set_own_limit(fresh(teo), 30)

    assert refused.value.code == "policy.R30"


# --- Its end, on every surface --------------------------------------------------------------------


@rule("R9", "page")
@pytest.mark.parametrize("path", ["/", "/inbox/", "/discover/", "/@teo/", "/activity/"])
def test_the_page_of_the_days_end_stands_in_the_place_of_any(client, teo, path):
    client.force_login(used(teo, 60))

    answer = client.get(path)

    assert answer.status_code == 403
    assert DAY_OVER in answer.content.decode()
    assert f'value="{path}"' in answer.content.decode() or "choose one" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/settings/",
        "/settings/family/",
        "/settings/screen-time/",
        "/settings/privacy/",
        "/settings/reports/",
        "/accounts/logout/",
        "/jsi18n/",
    ],
)
def test_settings_help_and_the_way_out_stay_open(client, teo, path):
    client.force_login(used(teo, 60))

    assert client.get(path).status_code == 200


def test_blocking_and_reporting_stay_open(client, api, teo, zoe):
    client.force_login(used(teo, 60))

    assert client.post("/@zoe/block/").status_code == 302
    assert client.get(f"/report/user/{zoe.pk}/").status_code != 403
    assert api(fresh(teo)).post("/api/v1/users/zoe/block/").status_code == 204


def test_htmx_is_sent_to_the_page(client, teo):
    client.force_login(used(teo, 60))

    answer = client.get("/discover/?q=x", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Refresh"]) == (403, "true")


@rule("R9", "api")
@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("feed/", "policy.R9"),
        ("conversations/", "policy.R9"),
        ("notifications/", "policy.R9"),
        ("me/liked/", "policy.R9"),
        ("me/", None),
        ("me/family/", None),
        ("me/screen-time/", None),
    ],
)
def test_the_api_says_so_with_its_code(api, teo, path, code):
    answer = api(used(teo, 60)).get(f"/api/v1/{path}")

    assert answer.status_code == (403 if code else 200)
    assert answer.json().get("code") == code if code else True


def test_an_app_with_its_token_is_refused_too(client, teo):
    signed_in = client.post(
        "/_allauth/app/v1/auth/login",
        {"username": "teo", "password": PASSWORD},
        content_type="application/json",
    )
    used(teo, 59)
    token = {"X-Session-Token": signed_in.json()["meta"]["session_token"]}

    answers = [Client().get("/api/v1/feed/", headers=token) for _minute in range(2)]

    assert [answer.status_code for answer in answers] == [200, 403]
    assert answers[1].json()["code"] == "policy.R9"


def test_minutes_in_which_an_app_asks_count_without_a_beat(client, ana, teo, clock):
    """Once a minute; not for what is always open, nor for whom a day has no end."""
    for name, paths, minutes in (
        ("teo", ["feed/", "feed/", "conversations/"], 1),
        ("teo", ["me/", "me/screen-time/"], 1),
        ("teo", ["feed/"], 2),
        ("ana", ["feed/"], 0),
    ):
        signed_in = client.post(
            "/_allauth/app/v1/auth/login",
            {"username": name, "password": PASSWORD},
            content_type="application/json",
        )
        token = {"X-Session-Token": signed_in.json()["meta"]["session_token"]}
        for path in paths:
            assert Client().get(f"/api/v1/{path}", headers=token).status_code == 200
        assert User.objects.get(username=name).screen_minutes == minutes
        clock(1)


def test_an_hour_that_is_not_over_costs_no_query(client, teo, django_assert_num_queries):
    path = "/settings/screen-time/"
    client.force_login(teo)
    client.get(path)

    with django_assert_num_queries(5):
        client.get(path)


def test_beats_tell_how_the_day_stands(api, teo, clock):
    used(teo, 59)

    first = api(fresh(teo)).post(SCREEN_TIME)
    clock(1)
    again = api(fresh(teo)).post(SCREEN_TIME)

    over = {"limit": 60, "used": 60, "extra": 0, "left": 0, "is_over": True}
    assert (first.json(), again.json()) == (over, over)


# --- Going on -------------------------------------------------------------------------------------


@rule("R9", "page")
def test_ones_own_passcode_opens_a_quarter_of_an_hour(client, teo):
    client.force_login(used(teo, 60))
    chosen = {"passcode": "2468", "again": "2468", "next": "/discover/"}
    assert client.post("/settings/screen-time/passcode/", chosen).status_code == 302

    wrong = client.post("/settings/screen-time/unlock/", {"passcode": "1111"})
    right = client.post("/settings/screen-time/unlock/", {"passcode": "2468", "next": "/discover/"})

    assert wrong.status_code == 422
    assert (right.status_code, right["Location"]) == (302, "/discover/")
    assert fresh(teo).allowance() == policy.Allowance(60, used=60, extra=15)
    assert client.get("/discover/").status_code == 200


def test_the_way_on_leads_nowhere_else(client, teo):
    families.set_passcode(teo, "2468")
    client.force_login(used(teo, 60))

    answer = client.post(
        "/settings/screen-time/unlock/", {"passcode": "2468", "next": "https://evil.example/"}
    )

    assert answer["Location"] == "/settings/screen-time/"


def test_passcodes_cannot_be_tried_out(teo):
    families.set_passcode(teo, "2468")
    for _again in range(5):
        with pytest.raises(ValidationError):
            families.unlock(teo, "0000")

    with pytest.raises(Refused) as refused:
        families.unlock(teo, "2468")

    assert refused.value.code == "guess.too_many"


def test_another_passcode_takes_the_accounts_password(teo):
    families.set_passcode(teo, "2468")

    with pytest.raises(ValidationError) as refused:
        families.set_passcode(teo, "1357", password="not this")
    families.set_passcode(teo, "1357", password=PASSWORD)

    assert refused.value.error_dict["password"][0].code == "passcode.password"
    families.unlock(teo, "1357")


@pytest.mark.parametrize("passcode", ["", "123", "12345", "12a4", "١٢٣٤"])
def test_a_passcode_is_four_digits(teo, passcode):
    with pytest.raises(ValidationError):
        families.set_passcode(teo, passcode)


def test_with_a_guardian_theirs_counts_and_ones_own_no_more(ana, teo):
    families.set_passcode(teo, "2468")
    link = linked(ana, teo)
    families.set_guardian_passcode(ana, link, "1357")
    person = used(teo, 60)

    with pytest.raises(ValidationError):
        families.unlock(person, "2468")
    with pytest.raises(Refused):
        families.set_passcode(person, "1111")
    families.unlock(person, "1357")

    assert fresh(teo).allowance().left == 15


def test_a_quarter_is_a_quarter_from_here_on_also_where_the_limit_was_lowered(ana, teo):
    linked(ana, teo, minutes=20)
    person = used(teo, 50)
    assert person.allowance().is_over

    families.grant_quarter(person)

    assert fresh(teo).allowance().left == 15


# --- “15 more minutes” ----------------------------------------------------------------------------


def test_a_guardian_is_asked_and_their_yes_is_heard(ana, ben, teo):
    linked(ana, teo)
    linked(ben, teo)
    person = used(teo, 60)

    asked = families.ask_for_more(person)
    assert families.ask_for_more(person) == asked
    run_jobs()
    assert told(ana)[0] == told(ben)[0] == "Teo asks for 15 more minutes today"
    families.answer_request(ana, asked.pk, grants=True)
    run_jobs()

    assert fresh(teo).allowance().left == 15
    assert told(teo)[0] == "Ana gave you 15 more minutes"
    assert "asks for 15 more" not in told(ben)[0]
    with pytest.raises(Conflict):
        families.answer_request(ben, asked.pk, grants=False)
    families.answer_request(ben, asked.pk, grants=True)
    assert fresh(teo).allowance().left == 15


def test_a_no_is_told_and_three_are_enough_for_a_day(ana, teo):
    linked(ana, teo)
    person = used(teo, 60)
    for _again in range(3):
        asked = families.ask_for_more(person)
        families.answer_request(ana, asked.pk, grants=False)
    run_jobs()

    assert told(teo)[0] == "Ana says: not now"
    assert fresh(teo).allowance().is_over
    with pytest.raises(Refused) as refused:
        families.ask_for_more(person)
    assert refused.value.code == "time.asked_often"


def test_nobody_else_answers(api, ana, ben, zoe, teo):
    linked(ana, teo)
    asked = families.ask_for_more(used(teo, 60))

    for other in (ben, zoe, fresh(teo)):
        answer = api(other).post(f"/api/v1/me/family/time/{asked.pk}/", {"grants": True})
        assert answer.status_code == 404
    assert fresh(teo).allowance().is_over


def test_without_a_guardian_there_is_nobody_to_ask(teo):
    with pytest.raises(Refused) as refused:
        families.ask_for_more(teo)

    assert refused.value.code == "policy.R30"
