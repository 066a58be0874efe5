"""The admin: a second factor for everybody, nothing more to read than needed, verbs for deeds."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutboxJob, User
from tests.factories import PASSWORD, block, follow, make_user

USERS = "admin:accounts_user_changelist"


@pytest.fixture
def secret(mod) -> str:
    """Mod's second factor."""
    secret = generate_totp_secret()
    TOTP.activate(mod, secret)
    return secret


def code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return f"{hotp_value(secret, counter):06d}"


@pytest.fixture
def desk(client, mod, secret):
    """A browser in which Mod signed in with password and code."""
    signing_in = {"login": "mod", "password": PASSWORD, "next": reverse("admin:index")}
    client.post(reverse("account_login"), signing_in)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    return client


def test_password_and_code_open_the_admin(desk):
    assert desk.get(reverse("admin:index")).status_code == 200


def test_signed_out_person_is_sent_to_sign_in(client, db):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2F"


def test_staff_without_second_factor_is_sent_to_set_it_up(browser, mod):
    response = browser(mod).get(reverse("admin:login"))

    assert response["Location"] == "/accounts/2fa/totp/activate/?next=%2Fadmin%2F"


def test_staff_who_skipped_the_code_is_asked_for_it(browser, mod, secret):
    client = browser(mod)

    assert client.get(reverse(USERS)).status_code == 302
    response = client.get(reverse("admin:login"))
    assert response["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"


def test_everybody_else_is_refused(browser, ana):
    assert browser(ana).get(reverse("admin:login")).status_code == 403


def test_signing_out_ends_the_admin(desk):
    assert desk.get(reverse("admin:logout")).status_code == 405

    desk.post(reverse("admin:logout"))

    assert desk.get(reverse("admin:index")).status_code == 302


def test_person_is_shown_without_password_and_nothing_can_be_typed(desk, ana):
    page = desk.get(reverse("admin:accounts_user_change", args=[ana.pk])).content.decode()

    assert ana.password not in page
    assert 'name="birth_date"' not in page
    assert 'name="is_superuser"' not in page


def test_people_are_found_by_name_and_age(desk, ana, kid, teo):
    def found(query: str) -> set[str]:
        page = desk.get(f"{reverse(USERS)}?{query}")
        return {person.username for person in page.context["cl"].queryset}

    assert found("q=ana") == {"ana"}
    assert found("age=13-15") == {"kid"}
    assert found("age=16-17") == {"teo"}
    assert found("age=18%2B") == {"ana", "mod"}


def act(desk, name: str, *rows: User | OutboxJob, page: str = USERS):
    chosen = {"action": name, "_selected_action": [row.pk for row in rows]}
    return desk.post(reverse(page), chosen, follow=True)


def test_people_are_taken_away_and_given_back(desk, ana):
    act(desk, "deactivate", ana)
    ana.refresh_from_db()
    assert ana.is_active is False

    act(desk, "reactivate", ana)
    ana.refresh_from_db()
    assert ana.is_active is True


def test_nobody_takes_themselves_away(desk, mod):
    response = act(desk, "deactivate", mod)

    mod.refresh_from_db()
    assert mod.is_active is True
    assert "mod: That is you." in [str(message) for message in response.context["messages"]]


def test_parked_job_gets_its_tries_again(desk):
    job = OutboxJob.objects.create(task="x.y", tries=3, parked_at=timezone.now(), last_error="no")

    act(desk, "retry", job, page="admin:accounts_outboxjob_changelist")

    job.refresh_from_db()
    assert (job.tries, job.parked_at) == (0, None)
    assert list(OutboxJob.objects.due()) == [job]


@pytest.mark.parametrize("model", ["user", "follow", "block", "outboxjob"])
def test_every_list_and_form_opens_and_adds_nothing(desk, ana, zoe, model):
    follow(ana, zoe)
    block(zoe, make_user())
    OutboxJob.objects.create(task="x.y")

    page = desk.get(reverse(f"admin:accounts_{model}_changelist"))
    row = page.context["cl"].queryset.first()

    assert page.status_code == 200
    assert desk.get(reverse(f"admin:accounts_{model}_change", args=[row.pk])).status_code == 200
    assert desk.get(reverse(f"admin:accounts_{model}_add")).status_code == 403
    assert desk.post(reverse(f"admin:accounts_{model}_delete", args=[row.pk])).status_code == 403


def test_second_factor_secrets_are_not_in_the_admin(desk):
    assert Authenticator.objects.exists()
    assert desk.get("/admin/mfa/authenticator/").status_code == 404
