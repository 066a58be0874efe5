"""The door speaks with one voice: sign-in, recovery and two-step pages, and the mails they send."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

PASSWORD = "correct horse battery"


def found(pattern: str, text: str) -> re.Match[str]:
    """The first place in the text, which must be there."""
    match = re.search(pattern, text)
    assert match is not None
    return match


@pytest.fixture
def ana(ana):
    ana.set_password(PASSWORD)
    ana.save()
    EmailAddress.objects.update_or_create(
        user=ana, email=ana.email, defaults={"verified": True, "primary": True}
    )
    return ana


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_login", "Good to see you"),
        ("account_signup", "Come in"),
        ("account_reset_password", "Forgot it? It happens"),
        ("account_reset_password_done", "Look in your mail"),
        ("account_reset_password_from_key_done", "Your new password is saved"),
        ("account_inactive", "This account is closed"),
        ("account_email_verification_sent", "One tap to go"),
    ],
)
def test_a_page_for_who_is_outside_has_its_heading(client, name, heading):
    page = client.get(reverse(name)).content.decode()

    assert re.findall(r"<h1>(.*?)</h1>", page) == [heading]


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_email", "Email addresses"),
        ("account_change_password", "Change your password"),
        ("account_logout", "Log out?"),
        ("account_reauthenticate", "Is it you?"),
        ("mfa_index", "Two-step sign-in"),
    ],
)
def test_a_page_for_who_is_inside_has_its_heading(browser, ana, name, heading):
    page = browser(ana).get(reverse(name)).content.decode()

    assert re.findall(r"<h1>(.*?)</h1>", page) == [heading]


def test_a_refused_field_says_why_beside_it_and_keeps_what_was_typed(client, db):
    page = client.post(reverse("account_signup"), {"email": "no", "username": "ana"})

    email = found(r'<input[^>]*name="email"[^>]*>', page.content.decode()).group()
    assert 'value="no"' in email
    assert 'aria-invalid="true"' in email
    assert 'aria-describedby="id_email-error"' in email
    assert 'id="id_email-error"' in page.content.decode()


def test_the_birth_date_has_no_default_and_hints_at_no_age(client, db):
    page = client.get(reverse("account_signup")).content.decode()

    birth_date = found(r'<input[^>]*name="birth_date"[^>]*>', page).group()
    assert re.findall(r"\b(value|min|max|placeholder)=", birth_date) == []


def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(client, ana, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": ana.email})
    [mail] = mailoutbox
    link = found(r"https?://[^/]+(/\S+)", mail.body).group(1)
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]

    done = client.post(form, {"password1": "a wholly new one", "password2": "a wholly new one"})

    ana.refresh_from_db()
    assert mail.subject.endswith("Choose a new password for Medley")
    assert done.status_code == 302
    assert ana.check_password("a wholly new one")


def test_two_steps_are_switched_on_with_codes_to_fall_back_on(browser, ana):
    client = browser(ana)
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "<h1>Is it you?</h1>" in page.content.decode()

    page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    code = code_now(page.context["form"].secret)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)

    words = answer.content.decode()
    assert "<h1>Recovery codes</h1>" in words
    assert len(re.findall(r'<li class="code">', words)) == 10
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_logging_in_asks_for_the_second_step(client, ana):
    TOTP.activate(ana, generate_totp_secret())

    answer = client.post(
        reverse("account_login"), {"login": "ana", "password": PASSWORD}, follow=True
    )

    assert "<h1>The second step</h1>" in answer.content.decode()


def code_now(secret: str) -> str:
    """What an authenticator app shows at this moment."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
