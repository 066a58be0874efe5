"""What people are told of their account's safety, whoever did it: it cannot be turned off."""

import pytest
from allauth.account.adapter import get_adapter
from django.test import Client

from accounts.models import Notification, NotificationChoice, User
from accounts.notifications import Channel, kinds
from accounts.notifications.choices import channels_of
from accounts.notifications.shown import shown
from tests.accounts.told import lines_of, run_jobs, told
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW_DEVICE = "Your account was signed in to on a new device"
ANOTHER_PASSWORD = "another long and odd one 7"


def browser() -> Client:
    return Client(HTTP_USER_AGENT=FIREFOX)


def sign_in(client: Client, user: User) -> None:
    """Through the page that people use."""
    answer = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    assert answer.status_code == 302


def test_the_first_sign_in_ever_is_no_news(ana):
    sign_in(browser(), ana)
    run_jobs()

    assert told(ana) == []


def test_a_sign_in_in_another_browser_is_told_with_its_name(ana):
    sign_in(browser(), ana)
    sign_in(browser(), ana)
    run_jobs()

    (one,) = shown(ana, lines_of(ana))
    assert (one.text, one.target.words) == (NEW_DEVICE, "Firefox on Linux")
    assert (one.href, one.kind.section.value, one.actors) == ("/settings/", "account", [])


def test_a_browser_that_was_used_before_is_known(ana, ben):
    shared = browser()
    for person in (ana, ben, ana, ben):
        sign_in(shared, person)
        shared.post("/accounts/logout/")
    run_jobs()

    assert (told(ana), told(ben)) == ([], [])


def test_each_new_browser_is_a_line_of_its_own(ana):
    for _each in range(3):
        sign_in(browser(), ana)
    run_jobs()

    assert told(ana) == [NEW_DEVICE] * 2


def test_a_forged_cookie_makes_no_browser_known(ana):
    sign_in(browser(), ana)
    forger = browser()
    forger.cookies["medley_known"] = f'["{ana.pk}"]:forged:signature'
    sign_in(forger, ana)
    run_jobs()

    assert told(ana) == [NEW_DEVICE]


def test_an_app_that_signs_in_is_told_of_as_well(ana, client):
    sign_in(browser(), ana)
    answer = client.post(
        "/_allauth/app/v1/auth/login",
        {"username": ana.username, "password": PASSWORD},
        content_type="application/json",
    )
    run_jobs()

    assert answer.status_code == 200
    assert told(ana) == [NEW_DEVICE]


def test_a_changed_password_is_told(ana):
    here = browser()
    sign_in(here, ana)
    here.post(
        "/accounts/password/change/",
        {
            "oldpassword": PASSWORD,
            "password1": ANOTHER_PASSWORD,
            "password2": ANOTHER_PASSWORD,
        },
    )
    run_jobs()

    (one,) = shown(ana, lines_of(ana))
    assert (one.text, one.target.words) == ("Your password was changed", "Firefox on Linux")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("account/email/password_changed", "Your password was changed"),
        ("account/email/password_set", "Your account has a password now"),
        ("account/email/password_reset", "Your password was reset"),
        ("account/email/email_changed", "The mail address of your account was changed"),
        ("account/email/email_deleted", "A mail address was taken out of your account"),
        ("mfa/email/totp_activated", "Two-step sign-in was turned on"),
        ("mfa/email/totp_deactivated", "Two-step sign-in was turned off"),
        ("mfa/email/recovery_codes_generated", "New recovery codes were made for your account"),
    ],
)
def test_what_allauth_says_is_told_in_our_words(ana, change, sentence):
    get_adapter().send_notification_mail(change, ana)
    run_jobs()

    assert told(ana) == [sentence]


def test_two_changes_are_two_lines(ana):
    adapter = get_adapter()
    for change in ("account/email/password_changed", "account/email/email_changed"):
        adapter.send_notification_mail(change, ana)
    run_jobs()

    assert told(ana) == [
        "The mail address of your account was changed",
        "Your password was changed",
    ]
    assert Notification.objects.count() == 2


@pytest.mark.parametrize("kind", ["accounts.new_device", "accounts.credentials"])
def test_it_cannot_be_turned_off(ana, kind):
    NotificationChoice.objects.create(user=ana, kind=kind, in_app=False, push=False, mail=False)

    assert channels_of(kinds()[kind], [ana]) == {ana.pk: frozenset(Channel)}
