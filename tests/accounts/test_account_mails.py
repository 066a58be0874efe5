"""Mails about one's account: to the old address when it changes, and "that was not me"."""

import re
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.test import Client

from accounts import tasks
from accounts.models import OutboxJob, User
from accounts.notifications import not_me
from tests.accounts.told import run_jobs
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def sign_in(client: Client, user: User, password: str = PASSWORD):
    return client.post("/accounts/login/", {"login": user.username, "password": password})


@pytest.fixture
def eva(ana):
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)
    return ana


def test_a_mail_server_that_hangs_holds_nobody():
    assert 0 < settings.EMAIL_TIMEOUT <= 30


def test_every_mail_of_the_account_has_html_beside_its_text():
    folders = [Path(settings.BASE_DIR) / "templates" / app / "email" for app in ("account", "mfa")]
    texts = [path for folder in folders for path in folder.glob("*_message.txt")]

    missing = [path.name for path in texts if not path.with_suffix(".html").exists()]

    assert len(texts) > 10
    assert missing == []


@pytest.mark.parametrize(
    "name", ["email_confirmation_signup", "password_reset_key", "unknown_account"]
)
def test_the_html_says_what_the_text_says(name, eva):
    context = {
        "user": eva,
        "email": "a@example.com",
        "activate_url": "https://medley.example/confirm/",
        "password_reset_url": "https://medley.example/reset/",
        "signup_url": "https://medley.example/sign-up/",
    }
    text = render_to_string(f"account/email/{name}_message.txt", context)
    html = render_to_string(f"account/email/{name}_message.html", context)

    links = set(re.findall(r"https://\S+", text))
    assert links
    assert links == set(re.findall(r'href="(https://[^"]+)"', html))
    assert "Ana" in html


def test_the_old_address_hears_that_it_is_the_accounts_no_more(eva, rf):
    request = rf.get("/", HTTP_USER_AGENT=FIREFOX)
    said = {"from_email": "old@example.com", "to_email": "new@example.com"}
    with allauth_context.request_context(request):
        adapter = get_adapter(request)
        adapter.send_notification_mail("account/email/email_changed", eva, said, "old@example.com")
        adapter.send_notification_mail("account/email/password_changed", eva)

    (sent,) = mail.outbox
    assert sent.to == ["old@example.com"]
    assert "from old@example.com to new@example.com" in sent.body
    assert isinstance(sent, EmailMultiAlternatives)
    (html, kind) = map(str, sent.alternatives[0])
    assert kind == "text/html"
    assert "from old@example.com to new@example.com" in html
    assert "<!doctype html>" in html


def told_of_sign_in(user: User) -> str:
    """The address in the mail about a sign-in on another device."""
    for _each in range(2):
        sign_in(Client(HTTP_USER_AGENT=FIREFOX), user)
    run_jobs()
    for job in OutboxJob.objects.filter(task="accounts.mail_line"):
        tasks.mail_line(**job.arguments, job_id=job.pk)
    (sent,) = mail.outbox
    assert "Firefox on Linux" in sent.body
    assert isinstance(sent, EmailMultiAlternatives)
    found = re.search(r"http://\S+/not-me/\S+/", str(sent.body))
    assert found
    assert f'href="{found.group()}"' in str(sent.alternatives[0][0])
    return found.group()


def test_that_was_not_me_signs_everybody_out_and_asks_for_a_new_password(eva):
    thief = Client(HTTP_USER_AGENT=FIREFOX)
    address = told_of_sign_in(eva)
    sign_in(thief, eva)
    assert thief.get("/settings/").status_code == 200
    mine = Client()

    asked = mine.get(address)
    assert thief.get("/settings/").status_code == 200
    done = mine.post(address, follow=True)

    assert "That was not you?" in asked.content.decode()
    assert thief.get("/settings/").status_code == 302
    assert sign_in(thief, eva).status_code != 302
    assert done.redirect_chain[0][0].startswith("/accounts/password/reset/key/")
    form = mine.post(
        done.redirect_chain[-1][0],
        {"password1": "a long new one 93", "password2": "a long new one 93"},
    )
    assert form.status_code == 302
    assert sign_in(Client(), eva, "a long new one 93").status_code == 302


def test_the_address_works_once_and_for_nobody_else(eva, ben):
    address = not_me.address_for(eva)
    Client().post(address)

    again = Client().post(address)
    forged = Client().post(address[:-3] + "xx/")

    assert [again.status_code, forged.status_code] == [404, 404]
    assert "Choose a new password" in again.content.decode()


def test_a_decision_does_not_ask_whether_it_was_you(eva):
    context = {"user": eva, "entry": {"text": "A", "address": "https://x/"}, "not_me": ""}

    for kind in ("txt", "html"):
        assert "Was that you" not in render_to_string(f"accounts/mail/urgent.{kind}", context)
