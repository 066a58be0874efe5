"""Appeals: once, within six months, to somebody else; and what stays open to who is kept out."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.errors import Conflict, Refused
from accounts.models import Appeal, Case, Decision
from accounts.moderation import appeals, cases, deciding
from tests.accounts.staff import make_case, make_staff
from tests.accounts.test_decisions import SAID, told
from tests.factories import PASSWORD
from tests.rules import rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def senior(db):
    return make_staff("sam", "senior")


@pytest.fixture
def other_senior(db):
    return make_staff("sue", "senior")


@pytest.fixture
def warned(senior, zoe) -> Decision:
    return deciding.decide(senior, make_case(zoe), acts=[("warn", {})], **SAID)


@pytest.fixture
def suspended(senior, zoe) -> Decision:
    return deciding.decide(senior, make_case(zoe), acts=[("suspend", {"days": 7})], **SAID)


# --- Appealing ------------------------------------------------------------------------------------


@rule("R41", "page")
def test_an_appeal_is_sent_from_the_statement(warned, zoe, browser):
    page = browser(zoe).post(warned.get_absolute_url(), {"words": "It was a joke."}, follow=True)

    assert "It was a joke." in page.content.decode()
    case = Case.objects.get(origin="appeal")
    assert (case.owner, case.appeal.decision, case.state) == (zoe, warned, "open")


@rule("R41", "api")
def test_an_app_appeals_as_well(warned, zoe, ana, api):
    url = f"/api/v1/me/decisions/{warned.pk}/appeal/"

    answer = api(zoe).post(url, {"words": "It was a joke."})
    again = api(zoe).post(url, {"words": "It really was."})

    assert (answer.status_code, answer.json()["state"]) == (201, "open")
    assert (again.status_code, again.json()["code"]) == (409, "appeal.once")
    assert api(ana).post(url, {"words": "Me too."}).status_code == 404
    assert api().post(url, {"words": "Me too."}).status_code == 401


def test_an_appeal_has_its_limits(warned, zoe, ana):
    for words in (" ", "x" * 2001):
        with pytest.raises(ValidationError) as refusal:
            appeals.appeal(zoe, warned, words)
        assert refusal.value.code == "appeal.words"
    with pytest.raises(Http404):
        appeals.appeal(ana, warned, "Not about me.")


def test_the_form_says_what_is_wrong(warned, zoe, browser):
    page = browser(zoe).post(warned.get_absolute_url(), {"words": ""})

    assert page.status_code == 422
    assert "Say why." in page.content.decode()


def test_after_six_months_it_is_too_late(warned, zoe):
    Decision.objects.update(made_at=timezone.now() - timedelta(days=184))

    with pytest.raises(Refused) as refusal:
        appeals.appeal(zoe, warned, "I was away.")
    assert refusal.value.code == "appeal.late"


# --- Answering ------------------------------------------------------------------------------------


@rule("R41", "admin")
def test_who_decided_does_not_answer(warned, zoe, senior, other_senior):
    made = appeals.appeal(zoe, warned, "It was a joke.")

    for verb in (
        lambda: appeals.answer(senior, made, overturn=False, words="No."),
        lambda: cases.claim(senior, made.case),
    ):
        with pytest.raises(Refused) as refusal:
            verb()
        assert refusal.value.code == "appeal.same_moderator"
    with pytest.raises(Refused) as refusal:
        cases.claim(make_staff("max", "moderator"), made.case)
    assert refusal.value.code == "moderation.role"
    assert cases.claim(other_senior, made.case).holder == other_senior


@rule("R41", "page", "admin")
def test_an_appeal_that_is_right_puts_everything_back(suspended, zoe, other_senior, browser):
    zoe.refresh_from_db()
    made = appeals.appeal(zoe, suspended, "That was not me.")

    appeals.answer(other_senior, made, overturn=True, words="You are right. Sorry.")

    zoe.refresh_from_db()
    suspended.refresh_from_db()
    assert (zoe.is_active, suspended.state) == (True, Decision.State.UNDONE)
    assert told(zoe) == ["accounts.decision", "accounts.appeal_answered"]
    assert "You are right. Sorry." in browser(zoe).get(suspended.get_absolute_url()).text


def test_an_appeal_that_is_not_leaves_it(warned, zoe, other_senior):
    made = appeals.appeal(zoe, warned, "It was a joke.")

    appeals.answer(other_senior, made, overturn=False, words="Ana did not laugh.")

    made.refresh_from_db()
    warned.refresh_from_db()
    assert (made.state, made.answer) == (Appeal.State.UPHELD, "Ana did not laugh.")
    assert (warned.state, made.case.state) == (Decision.State.STANDING, Case.State.DECIDED)
    with pytest.raises(Conflict):
        appeals.answer(other_senior, made, overturn=True, words="Or yes.")


def test_an_appeal_is_answered_not_decided(warned, zoe, other_senior):
    made = appeals.appeal(zoe, warned, "It was a joke.")

    with pytest.raises(ValidationError):
        deciding.decide(other_senior, made.case, acts=[("none", {})], **SAID)


# --- Kept out -------------------------------------------------------------------------------------


def log_in(client, person, password=PASSWORD):
    return client.post(
        reverse("account_login"), {"login": person.username, "password": password}, follow=True
    )


@rule("R43", "page")
def test_who_is_suspended_reads_why_and_appeals(suspended, zoe, client):
    page = log_in(client, zoe)

    assert page.redirect_chain[-1][0] == reverse("accounts:standing")
    assert "You threatened Ana." in page.content.decode()
    assert client.get(reverse("accounts:settings")).status_code == 302
    answer = client.post(suspended.get_absolute_url(), {"words": "Not me."}, follow=True)
    assert "Not me." in answer.content.decode()
    assert Appeal.objects.get().person == zoe


def test_the_wrong_password_opens_nothing(suspended, zoe, client):
    log_in(client, zoe, "guessed")

    assert client.get(suspended.get_absolute_url()).status_code == 302
    assert client.get(reverse("accounts:standing")).status_code == 302


def test_a_standing_session_ends_with_the_hour_and_with_the_account_being_open(
    suspended, zoe, client, other_senior
):
    log_in(client, zoe)
    session = client.session
    kept = dict(session["standing"])
    session["standing"] = kept | {"until": (timezone.now() - timedelta(seconds=1)).isoformat()}
    session.save()
    assert client.get(reverse("accounts:decisions")).status_code == 302

    log_in(client, zoe)
    assert client.get(reverse("accounts:decisions")).status_code == 200
    deciding.undo(other_senior, suspended, "It was not you.")
    assert client.get(reverse("accounts:decisions")).status_code == 302


@rule("R46", "page")
def test_who_is_kept_out_takes_their_data_and_leaves(suspended, zoe, client):
    log_in(client, zoe)

    client.post(reverse("accounts:standing_acts", args=["copy"]))
    page = client.post(reverse("accounts:standing_acts", args=["leave"]), follow=True)

    zoe.refresh_from_db()
    assert zoe.leaving_at is not None
    assert "Keep my account" in page.content.decode()
    client.post(reverse("accounts:standing_acts", args=["back"]))
    zoe.refresh_from_db()
    assert (zoe.leaving_at, zoe.is_active) == (None, False)


@rule("R43", "api")
@rule("R46", "api")
def test_an_app_gets_a_token_for_what_stays_open(suspended, zoe, client, api):
    url = "/_allauth/app/v1/auth/login"
    said = {"username": zoe.username, "password": PASSWORD}

    answer = client.post(url, said, content_type="application/json")

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "account.suspended")
    app = api()
    app.credentials(HTTP_X_STANDING_TOKEN=answer.json()["meta"]["standing_token"])
    shown = app.get("/api/v1/me/decisions/").json()["results"]
    assert [each["id"] for each in shown] == [str(suspended.pk)]
    sent = app.post(f"/api/v1/me/decisions/{suspended.pk}/appeal/", {"words": "Not me."})
    assert sent.status_code == 201
    assert app.get("/api/v1/me/").status_code == 401
    assert app.get("/api/v1/me/export/").status_code == 404
    assert app.post("/api/v1/me/deletion/").status_code in {200, 403}
