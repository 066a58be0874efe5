"""Signing up and in by browser: the age screen, names, and what the answers never tell."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import live
from accounts.age_screen import COOKIE
from accounts.models import User
from tests.factories import PASSWORD, make_user
from tests.rules import rule

WORD = "a long sentence 7"


def born(age: int) -> str:
    return (timezone.now().date() - datetime.timedelta(days=int(age * 365.25) + 30)).isoformat()


def sign_up(client: Client, **more):
    fields = {
        "email": "lea@example.com",
        "username": "lea",
        "password1": WORD,
        "birth_date": born(30),
        "audience": "",
        "time_zone": "Europe/Madrid",
        "next": "/settings/",
        **more,
    }
    return client.post(reverse("account_signup"), fields)


def errors(response) -> dict[str, list[str]]:
    """Codes by field."""
    found = response.context["form"].errors.as_data()
    return {field: [error.code for error in items] for field, items in found.items()}


@rule("R1", "page")
def test_form_asks_for_a_birth_date_without_default_or_hint(client, db):
    form = client.get(reverse("account_signup")).context["form"]

    assert form["birth_date"].value() is None
    assert "13" not in str(form["birth_date"])


@rule("R3", "page")
@rule("R4", "page")
@rule("R6", "page")
@pytest.mark.parametrize(
    ("age", "audience", "private", "messages_from", "suggested"),
    [
        (14, "", True, "no_one", False),
        (14, "public", True, "no_one", False),
        (16, "", True, "no_one", True),
        (16, "public", False, "no_one", True),
        (30, "", False, "everyone", True),
        (30, "private", True, "everyone", True),
    ],
)
def test_new_account_starts_as_its_age_says(
    client, db, age, audience, private, messages_from, suggested
):
    response = sign_up(client, birth_date=born(age), audience=audience)

    lea = User.objects.get(username="lea")
    assert response.status_code == 302
    assert (lea.age, lea.is_private, lea.messages_from) == (age, private, messages_from)
    assert (lea.suggests_account, lea.time_zone, lea.language) == (
        suggested,
        "Europe/Madrid",
        "en",
    )


def test_unknown_time_zone_is_utc(client, db):
    sign_up(client, time_zone="Mars/Olympus")

    assert User.objects.get(username="lea").time_zone == "UTC"


@rule("R1", "page")
def test_r1_browser_is_refused_for_a_day_whatever_it_says_next(client, db):
    first = sign_up(client, birth_date=born(12))
    second = sign_up(client, birth_date=born(30))

    assert errors(first) == errors(second) == {"birth_date": ["policy.R1"]}
    assert client.cookies[COOKIE]["httponly"]
    assert client.cookies[COOKIE]["max-age"] == 24 * 60 * 60
    assert not User.objects.exists()
    assert sign_up(Client()).status_code == 302


def test_r1_refusal_does_not_tell_the_threshold(client, db):
    sentence = sign_up(client, birth_date=born(12)).context["form"].errors["birth_date"][0]

    assert sentence == "You cannot open an account right now."


def test_forged_refusal_cookie_refuses_nobody(client, db):
    client.cookies[COOKIE] = "1:forged"

    assert sign_up(client).status_code == 302


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"username": "ANA"}, {"username": ["username_taken"]}),
        ({"username": "Admin"}, {"username": ["username.reserved"]}),
        ({"username": "a b"}, {"username": ["username.shape"]}),
        ({"birth_date": ""}, {"birth_date": ["required"]}),
        ({"birth_date": "1850-01-01"}, {"birth_date": ["birth_date.implausible"]}),
        ({"email": ""}, {"email": ["required"]}),
    ],
)
def test_refused_form_keeps_what_was_typed(client, ana, fields, wrong):
    response = sign_up(client, **fields)

    assert errors(response) == wrong
    assert response.context["form"]["time_zone"].value() == "Europe/Madrid"
    if "email" not in fields:
        assert "lea@example.com" in response.content.decode()


def test_same_name_in_the_same_moment_makes_one_account(client, db, monkeypatch):
    """The form found the name free; somebody else took it before the insert."""
    monkeypatch.setattr(
        "allauth.account.internal.userkit.filter_users_by_username",
        lambda *names: User.objects.none(),
    )
    make_user("lea", email="first@example.com")

    response = sign_up(client)

    assert response["Location"] == reverse("account_signup")
    assert User.objects.count() == 1


def test_sign_up_tells_nobody_which_addresses_are_known(db, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    make_user("ana")

    known = sign_up(Client(), email="ana@example.com", username="new1")
    unknown = sign_up(Client(), email="new@example.com", username="new2")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert not User.objects.filter(username="new1").exists()


def test_reset_tells_nobody_which_addresses_are_known(client, ana):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in ("ana@example.com", "nobody@example.com")
    ]

    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]
    assert mail.outbox[0].to == ["ana@example.com"]


@pytest.mark.parametrize("login", ["ana", "ANA", "ana@example.com"])
def test_sign_in_by_name_or_address(client, ana, login):
    fields = {"login": login, "password": PASSWORD, "next": "/settings/"}

    assert client.post(reverse("account_login"), fields)["Location"] == "/settings/"


def test_signing_out_closes_this_session_s_sockets(browser, ana, monkeypatch):
    closed = []
    monkeypatch.setattr(
        live, "revoke_sockets", lambda user_id, session_key=None: closed.append(session_key)
    )
    client = browser(ana)
    session_key = client.session.session_key

    client.post(reverse("account_logout"))

    assert closed == [session_key]


def test_new_password_ends_other_sessions_and_all_sockets(ana, monkeypatch):
    closed = []
    monkeypatch.setattr(
        live, "revoke_sockets", lambda user_id, session_key=None: closed.append(session_key)
    )
    here, there = Client(), Client()
    for client in (here, there):
        client.post(
            reverse("account_login"),
            {"login": "ana", "password": PASSWORD, "next": "/settings/"},
        )
    changed = {"oldpassword": PASSWORD, "password1": WORD, "password2": WORD}

    here.post(reverse("account_change_password"), changed)

    assert here.get("/settings/").status_code == 200
    assert there.get("/settings/").status_code == 302
    assert closed == [None]
