"""Where somebody is signed in, and what happened to that: by page and by REST; asked once more
before what matters."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import actions, live, sign_ins
from accounts.models import Device, SecurityEvent, SignIn
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
PAGE, REST = "/settings/security/", "/api/v1/me/sessions/"


@pytest.fixture
def revoked(monkeypatch):
    """Whose sockets were told to close: `(person, session key or None for all)`."""
    told = []
    monkeypatch.setattr(
        live,
        "revoke_sockets",
        lambda person, *, session_key=None: told.append((person, session_key)),
    )
    return told


def signed_in(person, agent: str = FIREFOX) -> Client:
    """A browser in which they signed in on the page."""
    client = Client(HTTP_USER_AGENT=agent)
    answer = client.post("/accounts/login/", {"login": person.username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def app(person) -> APIClient:
    """An app that signed in with a token."""
    answer = Client(HTTP_USER_AGENT="Medley/1 Android").post(
        "/_allauth/app/v1/auth/login",
        {"username": person.username, "password": PASSWORD},
        content_type="application/json",
    )
    client = APIClient()
    client.credentials(HTTP_X_SESSION_TOKEN=answer.json()["meta"]["session_token"])
    return client


def sessions_of(client) -> list[tuple[str, bool, bool]]:
    """Name, whether an app, whether the one that asks."""
    found = client.get(REST).json()["results"]
    return [(one["name"], one["is_app"], one["is_this"]) for one in found]


def id_of(client, name: str) -> str:
    return next(one["id"] for one in client.get(REST).json()["results"] if one["name"] == name)


# --- The list ---------------------------------------------------------------------------------


def test_every_browser_and_app_is_listed_and_says_which_is_this(ana):
    here = signed_in(ana)
    signed_in(ana, CHROME)
    app(ana)

    assert sorted(sessions_of(here)) == [
        ("Android", True, False),
        ("Chrome on Android", False, False),
        ("Firefox on Linux", False, True),
    ]
    shown = here.get(PAGE).content.decode()
    assert "Chrome on Android" in shown
    assert shown.count("This device, now") == 1


def test_an_app_sees_itself(ana):
    phone = app(ana)

    assert sessions_of(phone) == [("Android", True, True)]


def test_a_session_that_is_over_is_not_listed(ana):
    here, there = signed_in(ana), signed_in(ana, CHROME)

    there.post("/accounts/logout/")

    assert sessions_of(here) == [("Firefox on Linux", False, True)]


def test_a_session_from_before_there_was_a_list_comes_with_its_next_visit(ana):
    here = signed_in(ana)
    SignIn.objects.all().delete()
    sign_ins._looked_at.clear()
    here.get("/")

    assert sessions_of(here) == [("Firefox on Linux", False, True)]


def test_the_list_is_ones_own(ana, zoe):
    signed_in(zoe, CHROME)

    assert sessions_of(signed_in(ana)) == [("Firefox on Linux", False, True)]


def test_coming_by_asks_nothing_while_the_last_look_is_fresh(
    ana, django_assert_num_queries, monkeypatch
):
    here = signed_in(ana)

    with django_assert_num_queries(1):  # the session with its person
        here.get("/offline/")

    monkeypatch.setattr(sign_ins, "SEEN_WITHIN", timedelta(0))
    SignIn.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    here.get("/offline/")
    assert SignIn.objects.get(user=ana).seen_at > timezone.now() - timedelta(minutes=1)


@pytest.mark.parametrize("count", [1, 8])
def test_the_page_asks_a_fixed_number_of_queries(ana, django_assert_max_num_queries, count):
    here = signed_in(ana)
    for _each in range(count):
        signed_in(ana, CHROME)

    with django_assert_max_num_queries(13):
        here.get(PAGE)


# --- Ending one -------------------------------------------------------------------------------


def test_one_browser_is_signed_out_from_another(ana, revoked):
    here, there = signed_in(ana), signed_in(ana, CHROME)
    key = there.session.session_key

    here.post(reverse("accounts:end_session", args=[id_of(here, "Chrome on Android")]))

    assert there.get(PAGE).status_code == 302
    assert here.get(PAGE).status_code == 200
    assert revoked == [(ana.pk, key)]


def test_an_app_loses_its_token(ana, revoked):
    here, phone = signed_in(ana), app(ana)

    answer = here.delete(
        f"{REST}{id_of(here, 'Android')}/", headers={"X-CSRFToken": here.cookies["csrftoken"].value}
    )

    assert answer.status_code == 204
    assert phone.get(REST).status_code == 401
    assert len(revoked) == 1


def test_ending_this_one_leads_to_the_door(ana):
    here = signed_in(ana)

    answer = here.post(reverse("accounts:end_session", args=[id_of(here, "Firefox on Linux")]))

    assert answer["Location"] == "/accounts/login/"
    assert here.get(PAGE).status_code == 302


def test_what_was_told_there_is_told_no_more(ana):
    here, there = signed_in(ana), signed_in(ana, CHROME)
    Device.objects.create(
        user=ana,
        kind="web",
        address="https://push.example/1",
        digest="1",
        session_key=there.session.session_key or "",
    )

    here.post(reverse("accounts:end_session", args=[id_of(here, "Chrome on Android")]))

    assert not Device.objects.exists()


def test_nobody_ends_anothers(ana, zoe):
    here = signed_in(ana)
    hers = signed_in(zoe)
    theirs = id_of(hers, "Firefox on Linux")

    assert here.post(reverse("accounts:end_session", args=[theirs])).status_code == 404
    assert app(ana).delete(f"{REST}{theirs}/").status_code == 404
    assert hers.get(PAGE).status_code == 200


def test_all_others_end_by_rest_and_the_one_that_asked_stays(ana, revoked):
    here, phone = signed_in(ana), app(ana)

    assert phone.delete(REST).status_code == 204

    assert here.get(PAGE).status_code == 302
    assert sessions_of(phone) == [("Android", True, True)]
    assert (ana.pk, None) in revoked


@pytest.mark.parametrize("address", [PAGE, REST, "/api/v1/me/security-events/"])
def test_a_stranger_finds_nothing(address):
    assert Client().get(address).status_code in (302, 401)


def test_ending_wants_a_post_with_a_token(ana):
    here = signed_in(ana)
    address = reverse("accounts:end_session", args=[id_of(here, "Firefox on Linux")])
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)

    assert here.get(address).status_code == 405
    assert strict.post(address).status_code == 403


# --- What happened ----------------------------------------------------------------------------


def test_what_happened_is_listed_with_where(ana):
    here = signed_in(ana)
    signed_in(ana, CHROME).post("/accounts/logout/")
    actions.end_sessions(ana, keep=here.session)

    found = here.get("/api/v1/me/security-events/").json()["results"]

    assert [(one["kind"], one["name"]) for one in found] == [
        ("sessions_ended", ""),
        ("signed_out", "Chrome on Android"),
        ("signed_in", "Chrome on Android"),
        ("signed_in", "Firefox on Linux"),
    ]
    assert "Signed out" in here.get(PAGE).content.decode()


def test_a_changed_password_is_among_it(ana):
    here = signed_in(ana)
    new = "another long and odd one 7"
    here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    kinds = SecurityEvent.objects.filter(user=ana).lately().values_list("kind", flat=True)
    assert kinds[0] == "password_changed"


def test_an_address_is_kept_nowhere(ana):
    signed_in(ana)

    kept = [str(row) for model in (SignIn, SecurityEvent) for row in model.objects.values_list()]
    assert not any("127.0.0.1" in row for row in kept)


# --- Asked once more --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_what_opens_the_account_is_changed_after_asking_once_more(ana, name):
    here = signed_in(ana)

    assert here.get(reverse(name))["Location"].startswith("/accounts/reauthenticate/")


def test_the_mail_address_is_changed_after_asking_once_more(ana):
    here = signed_in(ana)
    address = {"email": "new@example.com", "action_add": "1"}

    asked = here.post(reverse("account_email"), address)
    assert asked["Location"].startswith("/accounts/reauthenticate/")

    assert not ana.emailaddress_set.filter(email="new@example.com").exists()

    here.post(asked["Location"], {"password": PASSWORD})
    assert ana.emailaddress_set.filter(email="new@example.com").exists()


def test_reset_ends_every_session_and_socket(ana, revoked, mailoutbox):
    here = signed_in(ana)
    Client().post("/accounts/password/reset/", {"email": ana.email})
    link = next(word for word in mailoutbox[-1].body.split() if "/password/reset/key/" in word)
    form = Client()
    place = form.get(link, follow=True).redirect_chain[-1][0]
    new = "another long and odd one 7"

    form.post(place, {"password1": new, "password2": new})

    assert here.get(PAGE).status_code == 302
    assert (ana.pk, None) in revoked


def test_asking_for_a_reset_says_the_same_and_writes_a_mail_either_way(ana, mailoutbox):
    answers = [
        Client().post("/accounts/password/reset/", {"email": address}, follow=True)
        for address in (ana.email, "nobody@example.com")
    ]

    known, unknown = answers
    assert known.redirect_chain == unknown.redirect_chain
    assert len(known.content) == len(unknown.content)
    assert [mail.to for mail in mailoutbox] == [[ana.email], ["nobody@example.com"]]


def test_signing_in_hashes_once_whoever_is_named(ana, monkeypatch):
    """The slow part is the same for an address that nobody has."""
    counted: list[str] = []
    encode = MD5PasswordHasher.encode

    def encoded(self, password, salt):
        counted.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encoded)
    hashed = []
    for name in ("ana@example.com", "nobody@example.com"):
        counted.clear()
        Client().post("/accounts/login/", {"login": name, "password": "wrong words here"})
        hashed.append(len(counted))

    assert hashed[0] == hashed[1] > 0


def test_somebody_new_has_one_session(db):
    assert sessions_of(signed_in(make_user("new"))) == [("Firefox on Linux", False, True)]
