"""How an app gets in and out, by allauth's door for programs alone (docs/api.md, "Signing in")."""

import json
import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "paper boats on a river"
OTHER_PASSWORD = "lanterns over the harbour"
DORA = {"username": "dora", "email": "dora@example.com", "birth_date": "1990-05-04"}


class App:
    """One installation: keeps the token that it was given last, and says it each time."""

    def __init__(self) -> None:
        self.token = ""
        self._client = Client(enforce_csrf_checks=True)

    def ask(self, method: str, path: str, **body):
        """Below `/_allauth/app/v1/`, or at a path from the root on."""
        where = path if path.startswith("/") else f"/_allauth/app/v1/{path}"
        answer = self._client.generic(
            method,
            where,
            json.dumps(body) if body else "",
            content_type="application/json",
            headers={"X-Session-Token": self.token} if self.token else {},
        )
        told = answer.json() if answer.content else {}
        self.token = told.get("meta", {}).get("session_token") or self.token
        return answer.status_code, told

    def sign_in(self, password: str = PASSWORD):
        return self.ask("POST", "auth/login", username="dora", password=password)

    @property
    def is_in(self) -> bool:
        return self.ask("GET", "/api/v1/me/")[0] == 200


def pending(told: dict) -> list[str]:
    return [flow["id"] for flow in told["data"]["flows"] if flow.get("is_pending")]


def codes(told: dict) -> list[str]:
    return [error["code"] for error in told["errors"]]


def mailed_key() -> str:
    """The key in the address that the last mail names."""
    places = r"/(?:confirm-email|password/reset/key)/([^/\s]+)/"
    found = re.search(places, str(mail.outbox[-1].body))
    assert found
    return found[1]


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.fixture
def app(as_in_production) -> App:
    """Dora's, who has just signed up and answered the mail."""
    app = App()
    app.ask("POST", "auth/signup", **DORA, password=PASSWORD)
    app.ask("POST", "auth/email/verify", key=mailed_key())
    app.sign_in()
    return app


def test_whoever_signs_up_signs_in_once_the_mail_is_answered():
    app = App()

    status, told = app.ask("POST", "auth/signup", **DORA, password=PASSWORD)
    assert (status, pending(told)) == (401, ["verify_email"])
    assert not app.is_in

    app.ask("POST", "auth/email/verify", key=mailed_key())
    assert not app.is_in  # whoever reads the mail need not be who signed up here
    assert app.sign_in()[0] == 200
    assert app.is_in


def test_the_age_screen_stands_before_it():
    young = DORA | {"birth_date": "2020-01-01"}

    status, told = App().ask("POST", "auth/signup", **young, password=PASSWORD)

    assert (status, codes(told)) == (400, ["policy.R1"])
    assert not User.objects.filter(username="dora").exists()


def test_a_wrong_password_opens_nothing(app):
    other = App()

    status, told = other.sign_in("a guess")

    assert (status, codes(told)) == (400, ["username_password_mismatch"])
    assert not other.is_in


def test_signing_out_ends_the_token(app):
    assert app.ask("DELETE", "auth/session")[0] == 401
    assert not app.is_in


def test_a_second_factor_is_asked_for_from_then_on(app):
    codes_left = set_up_second_factor(app)
    other = App()

    status, told = other.sign_in()
    assert (status, pending(told)) == (401, ["mfa_authenticate"])
    assert not other.is_in
    assert other.ask("POST", "auth/2fa/authenticate", code="000000")[0] == 400

    assert other.ask("POST", "auth/2fa/authenticate", code=codes_left[0])[0] == 200
    assert other.is_in


def set_up_second_factor(app: App) -> list[str]:
    """TOTP; the recovery codes."""
    status, told = app.ask("GET", "account/authenticators/totp")
    assert status == 404
    secret = told["meta"]["secret"]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    status, told = app.ask("POST", "account/authenticators/totp", code=code)
    assert (status, told["data"]["flows"]) == (401, [{"id": "reauthenticate"}])
    app.ask("POST", "auth/reauthenticate", password=PASSWORD)
    assert app.ask("POST", "account/authenticators/totp", code=code)[0] == 200
    _status, told = app.ask("GET", "account/authenticators/recovery-codes")
    return told["data"]["unused_codes"]


def test_a_passkey_can_be_begun_with_and_signed_in_by(app):
    app.ask("POST", "auth/reauthenticate", password=PASSWORD)
    status, told = app.ask("GET", "account/authenticators/webauthn")
    assert status == 200
    assert told["data"]["creation_options"]["publicKey"]["user"]["displayName"] == "dora"

    status, told = App().ask("GET", "auth/webauthn/login")
    assert status == 200
    assert told["data"]["request_options"]["publicKey"]["challenge"]


def test_a_forgotten_password_is_set_anew_by_mail(app):
    other = App()
    assert other.ask("POST", "auth/password/request", email=DORA["email"])[0] == 200
    key = mailed_key()

    other.ask("POST", "auth/password/reset", key=key, password=OTHER_PASSWORD)

    assert App().sign_in()[0] == 400
    assert App().sign_in(OTHER_PASSWORD)[0] == 200
    assert other.ask("POST", "auth/password/reset", key=key, password=PASSWORD)[0] == 400


def test_nobody_learns_from_it_who_has_an_account():
    status, _told = App().ask("POST", "auth/password/request", email="nobody@example.com")

    assert status == 200


def test_one_session_ends_another(app):
    lost = App()
    assert lost.sign_in()[0] == 200

    _status, told = app.ask("GET", "/api/v1/me/sessions/")
    theirs = next(one for one in told["results"] if not one["is_this"])
    app.ask("DELETE", f"/api/v1/me/sessions/{theirs['id']}/")

    assert app.is_in
    assert not lost.is_in


def test_whoever_is_in_gets_a_ticket_for_the_socket(app):
    status, told = app.ask("POST", "/api/v1/socket-tickets/")

    assert status == 201
    assert told["ticket"]
