"""The digest by mail: whose morning it is, what it says, once each, and how it ends; and mails of
what is urgent."""

import re
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import actions, tasks
from accounts.models import Notification, NotificationLine, NotificationPreferences, OutboxJob, User
from accounts.notifications import Cause, digest, kinds, lines
from accounts.notifications.unsubscribing import address_for
from accounts.outbox import NotNow
from tests.factories import block, follow, make_user

FOLLOWS, URGENT = "accounts.follow", "accounts.sessions_ended"
SITE = settings.SITE_ORIGINS[0]
# Eight o'clock on a Monday in Madrid, with summer time.
MORNING = datetime(2026, 3, 30, 6, tzinfo=UTC)
YESTERDAY = MORNING - timedelta(days=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def verify(user: User) -> User:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def reader(name: str, **fields) -> User:
    """Somebody in Madrid whose address is confirmed."""
    return verify(make_user(name, **{"time_zone": "Europe/Madrid", **fields}))


@pytest.fixture
def eva(db) -> User:
    return reader("eva")


def follows(actor: User, user: User, at: datetime = YESTERDAY) -> None:
    follow(actor, user)
    lines.note(kinds()[FOLLOWS], [user.pk], Cause(actor=actor.pk), at)


def run(task: str) -> None:
    """Do the jobs of that name that wait."""
    for job in OutboxJob.objects.filter(task=f"accounts.{task}", done_at=None).order_by("pk"):
        getattr(tasks, task)(**job.arguments, job_id=job.pk)


def write(now: datetime = MORNING) -> list[Any]:
    """The mails of that time: `django.core.mail.EmailMultiAlternatives`."""
    before = len(mail.outbox)
    digest.send_due(now)
    run("mail_digest")
    return mail.outbox[before:]


# --- Whose turn it is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "at", "is_due"),
    [
        ("Europe/Madrid", "2026-03-27T06:59", False),  # winter time
        ("Europe/Madrid", "2026-03-27T07:00", True),
        ("Europe/Madrid", "2026-03-29T05:59", False),  # the day on which it ends
        ("Europe/Madrid", "2026-03-29T06:00", True),
        ("Europe/Madrid", "2026-10-25T06:00", False),  # the day on which it begins
        ("Europe/Madrid", "2026-10-25T07:00", True),
        ("Europe/Madrid", "2026-10-25T10:59", True),  # late, where no worker ran
        ("Europe/Madrid", "2026-10-25T11:00", False),  # noon
        ("Asia/Kathmandu", "2026-03-27T02:14", False),
        ("Asia/Kathmandu", "2026-03-27T02:15", True),
        ("Pacific/Kiritimati", "2026-03-26T18:00", True),
        ("Pacific/Niue", "2026-03-27T19:00", True),
    ],
)
def test_a_daily_digest_comes_at_eight_by_the_persons_clock(db, ben, zone, at, is_due):
    user = reader("eva", time_zone=zone)
    actions.choose_notifications(user, digest="daily")
    follows(ben, user, utc(at) - timedelta(hours=12))

    assert len(write(utc(at))) == is_due


@pytest.mark.parametrize(
    ("at", "is_due"),
    [("2026-03-29T07:00", False), ("2026-03-30T07:00", True), ("2026-03-31T07:00", False)],
)
def test_a_weekly_one_comes_on_mondays(eva, ben, at, is_due):
    follows(ben, eva, utc(at) - timedelta(hours=12))

    assert len(write(utc(at))) == is_due


def test_it_is_monday_where_the_person_is(db, ben):
    west, east = reader("west", time_zone="Pacific/Niue"), reader("east", time_zone="Asia/Tokyo")
    sunday_evening = utc("2026-03-29T23:00")  # Monday, eight o'clock, in Tokyo
    for user in (west, east):
        follows(ben, user, sunday_evening - timedelta(hours=12))

    assert [one.to for one in write(sunday_evening)] == [[east.email]]


def test_nobody_is_written_to_without_something_to_read(eva, ben):
    assert write() == []

    follows(ben, eva)
    actions.read_notifications(eva, Notification.objects.values_list("pk", flat=True))

    assert write() == []


def test_what_was_seen_in_the_list_is_not_mailed(eva, ben, zoe):
    follows(ben, eva)
    actions.see_notifications(eva, 10)
    assert write() == []

    follows(zoe, eva)

    (one,) = write()
    assert "* Zoe and 1 other follow you\n" in one.body


def test_nobody_is_written_to_at_an_address_that_is_not_surely_theirs(db, ana, ben):
    User.objects.filter(pk=ana.pk).update(time_zone="Europe/Madrid")
    EmailAddress.objects.create(user=ana, email=ana.email, verified=False, primary=True)
    EmailAddress.objects.create(user=ana, email="old@example.com", verified=True, primary=False)
    follows(ben, ana)

    assert write() == []


@pytest.mark.parametrize("age", [13, 15])
def test_the_youngest_are_written_to_once_they_asked(db, ben, age):
    user = reader("eva", age=age)
    follows(ben, user)
    assert write() == []

    actions.choose_notifications(user, digest="weekly")

    assert len(write()) == 1


def test_nobody_is_written_to_who_left_or_wants_none(db, ben):
    gone, silent, quiet = reader("gone"), reader("silent"), reader("quiet")
    for user in (gone, silent, quiet):
        follows(ben, user)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    actions.choose_notifications(silent, digest="never")
    actions.choose_notifications(quiet, kinds={FOLLOWS: {"mail": False}})

    assert write() == []


def test_what_came_between_the_look_and_the_mail_counts(eva, ben):
    follows(ben, eva)
    digest.send_due(MORNING)
    actions.choose_notifications(eva, digest="never")

    run("mail_digest")

    assert mail.outbox == []


# --- Once -----------------------------------------------------------------------------------------


def test_a_job_that_runs_twice_sends_one(eva, ben):
    follows(ben, eva)

    assert digest.send_due(MORNING) == 1
    assert digest.send_due(MORNING + timedelta(minutes=15)) == 0
    run("mail_digest")
    run("mail_digest")
    job = OutboxJob.objects.get(task="accounts.mail_digest")
    tasks.mail_digest(**job.arguments, job_id=job.pk)

    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_looks_at_once_send_one():
    eva, ben = reader("eva"), make_user("ben")
    follows(ben, eva)
    both = threading.Barrier(2)
    counts = []

    def look() -> None:
        both.wait()
        counts.append(digest.send_due(MORNING))
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(counts) == [0, 1]
    assert OutboxJob.objects.filter(task="accounts.mail_digest").count() == 1


def test_a_crash_before_the_jobs_are_written_marks_nobody(eva, ben, monkeypatch):
    follows(ben, eva)
    with monkeypatch.context() as broken, pytest.raises(OSError):
        broken.setattr(digest.outbox, "enqueue_all", fail)
        digest.send_due(MORNING)

    assert len(write()) == 1


def fail(_jobs) -> None:
    raise OSError


def test_a_mail_that_was_sent_twice_is_known_for_one(eva, ben):
    follows(ben, eva)
    digest.send_due(MORNING)
    job = OutboxJob.objects.get(task="accounts.mail_digest")

    for _ in range(2):  # the worker died after the mail server had it
        tasks.mail_digest(**job.arguments)

    assert len({one.message()["Message-ID"] for one in mail.outbox}) == 1


@pytest.mark.parametrize("away", [ConnectionRefusedError, TimeoutError, SMTPServerDisconnected])
def test_a_mail_server_that_is_away_is_asked_again_later(eva, ben, monkeypatch, away):
    follows(ben, eva)
    digest.send_due(MORNING)
    with monkeypatch.context() as broken, pytest.raises(NotNow):
        broken.setattr(mail.EmailMultiAlternatives, "send", raising(away))
        run("mail_digest")
    job = OutboxJob.objects.get(task="accounts.mail_digest")
    assert timedelta(minutes=14) < job.due_at - timezone.now() <= timedelta(minutes=15)

    with time_machine.travel(job.due_at):
        run("mail_digest")

    assert len(mail.outbox) == 1


def raising(error: type[Exception]) -> Any:
    def raise_it(_self) -> None:
        raise error

    return raise_it


def test_the_next_one_has_only_what_is_new(eva, ana, ben, zoe):
    actions.choose_notifications(eva, digest="daily")
    follows(ben, eva)
    write()
    actions.read_notifications(eva, Notification.objects.values_list("pk", flat=True))
    assert write(MORNING + timedelta(days=1)) == []

    follows(zoe, eva, MORNING + timedelta(days=1))

    (one,) = write(MORNING + timedelta(days=2))
    assert "* Zoe follows you\n" in one.body
    assert "Ben" not in one.body


def test_many_are_looked_after_in_batches(db, ben, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(digest, "BATCH", 3)
    for number in range(7):
        follows(ben, reader(f"reader{number}"))

    # Three batches, and one that is empty: people; a row for each, held; jobs; marks.
    with django_assert_max_num_queries(4 + 3 * 6):
        assert digest.send_due(MORNING) == 7


# --- What it says ---------------------------------------------------------------------------------


def test_it_says_what_happened(eva, ana, ben):
    follows(ana, eva)
    follows(ben, eva)
    line = Notification.objects.get()

    (one,) = write()

    assert (one.to, one.from_email) == ([eva.email], settings.DEFAULT_FROM_EMAIL)
    assert one.subject == "1 thing you missed on Medley"
    start, stop = one.body.split(f"{SITE}/mail/stop/")
    assert start == (
        "Hi Eva,\n"
        "\n"
        "Here is what you have not seen yet:\n"
        "\n"
        "* Ben and 1 other follow you\n"
        f"  {SITE}/activity/{line.pk}/place/\n"
        "\n"
        "See you there,\n"
        "Medley\n"
        "\n"
        "-- \n"
        "You get this mail at most once a week.\n"
        "Choose what is in it:\n"
        f"{SITE}/settings/notifications/\n"
        "Get it no more:\n"
    )
    assert stop.endswith("/\n")


def test_it_names_ten_and_counts_the_rest(eva, ana):
    NotificationLine.objects.create(user=eva, revision=12)
    for number in range(1, 13):
        group = f"{FOLLOWS}:{number}"
        Notification.objects.create(
            user=eva,
            kind=FOLLOWS,
            group=group,
            actors=[str(ana.pk)],
            actor_count=1,
            revision=number,
            news_revision=number,
            happened_at=YESTERDAY + timedelta(minutes=number),
        )

    (one,) = write()

    assert one.subject == "12 things you missed on Medley"
    assert one.body.count("* Ana follows you") == 10
    assert f"\nAnd 2 more things:\n{SITE}/activity/\n" in one.body


def test_it_hides_names_and_words_where_that_is_wanted(eva, ben):
    actions.choose_notifications(eva, hides_content=True)
    follows(ben, eva)

    (one,) = write()

    html = one.alternatives[0].content
    assert "Ben" not in one.subject + one.body + html
    assert f"1 thing is waiting for you:\n\n{SITE}/activity/\n" in one.body


def test_it_says_nothing_of_people_across_a_block(eva, ben):
    follows(ben, eva)
    digest.send_due(MORNING)
    block(ben, eva)

    run("mail_digest")

    assert mail.outbox == []


def test_it_speaks_the_receivers_language(db, ben):
    eva = reader("eva", language="es")
    follows(ben, eva)

    (one,) = write()

    assert '<html lang="es" dir="ltr">' in one.alternatives[0].content
    assert "See you there," not in one.body


def test_a_name_makes_no_markup_and_no_header(db, eva):
    nasty = make_user("nasty", display_name="<b>Zoe</b> & co")
    follows(nasty, eva)

    (one,) = write()

    assert "&lt;b&gt;Zoe&lt;/b&gt; &amp; co" in one.alternatives[0].content
    assert "* <b>Zoe</b> & co follows you" in one.body


def test_it_can_be_ended_in_one_click(eva, ben):
    follows(ben, eva)

    (one,) = write()

    sent = message_from_bytes(one.message().as_bytes(), policy=policy.default)
    (address,) = [line for line in one.body.splitlines() if "/mail/stop/" in line]
    assert sent["List-Unsubscribe"].strip() == f"<{address}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert one.alternatives[0].content.count(address) == 1


# --- Ending it ------------------------------------------------------------------------------------


def digest_of(user: User) -> str:
    return NotificationPreferences.of(User.objects.get(pk=user.pk)).digest


def test_a_mailbox_ends_it_without_signing_in(eva):
    stranger = Client(enforce_csrf_checks=True)

    answer = stranger.post(address_for(eva), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert digest_of(eva) == "never"


def test_looking_at_the_page_ends_nothing(client, eva):
    answer = client.get(address_for(eva))

    assert "No more summaries by mail?" in answer.content.decode()
    assert digest_of(eva) == "weekly"
    assert answer["Cache-Control"].startswith("max-age=0")

    assert "Stopped" in client.post(address_for(eva)).content.decode()
    assert digest_of(eva) == "never"


def test_it_ends_for_whom_it_was_made_whoever_is_signed_in(browser, eva, zoe):
    browser(zoe).post(address_for(eva))

    assert (digest_of(eva), digest_of(zoe)) == ("never", "weekly")


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_that_is_too_old_says_so(client, eva, method):
    with time_machine.travel(utc("2026-01-01")):
        address = address_for(eva)

    with time_machine.travel(utc("2026-07-01")):
        answer = getattr(client, method)(address)

    assert answer.status_code == 410
    assert "This link is too old" in answer.content.decode()
    assert digest_of(eva) == "weekly"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_address_does_nothing(client, eva, method):
    forged = [address_for(eva)[:-3] + "xx/", "/mail/stop/x/", f"/mail/stop/{eva.pk.hex}/"]
    User.objects.filter(pk=eva.pk).update(is_active=False)
    forged.append(address_for(eva))

    for address in forged:
        answer = getattr(client, method)(address)

        assert answer.status_code == 404
        assert "This link is not complete" in answer.content.decode()
    assert digest_of(eva) == "weekly"


# --- What is urgent -------------------------------------------------------------------------------


def test_what_is_urgent_is_mailed_at_once_whatever_was_chosen(eva):
    actions.choose_notifications(eva, in_app=False, push=False, digest="never", hides_content=True)
    lines.note(kinds()[URGENT], [eva.pk], Cause(), MORNING)

    run("mail_line")
    run("mail_line")

    (one,) = mail.outbox
    line = Notification.objects.get()
    assert (one.to, one.subject) == ([eva.email], "All devices were signed out of your account")
    assert "List-Unsubscribe" not in one.message()
    assert re.sub(r"/not-me/\S+", "/not-me/...", str(one.body)) == (
        "Hi Eva,\n"
        "\n"
        "All devices were signed out of your account.\n"
        "\n"
        "Time: March 30, 2026, 8 a.m.\n"
        "\n"
        "Was that you? Then all is well.\n"
        "\n"
        "If it was not: open this address. Everybody is signed out of your account, and you choose"
        " a new password.\n"
        "\n"
        f"{SITE}/not-me/...\n"
        "\n"
        "See what is signed in:\n"
        f"{SITE}/activity/{line.pk}/place/\n"
        "\n"
        "See you there,\n"
        "Medley\n"
    )


def test_what_is_not_urgent_waits_for_the_digest(eva, ben):
    follows(ben, eva)

    assert not OutboxJob.objects.filter(task="accounts.mail_line").exists()


def test_what_is_urgent_goes_to_nobody_elses_address(db, ana):
    lines.note(kinds()[URGENT], [ana.pk], Cause(), MORNING)

    run("mail_line")

    assert mail.outbox == []


def test_a_digest_repeats_nothing_urgent(eva):
    lines.note(kinds()[URGENT], [eva.pk], Cause(), YESTERDAY)

    assert write() == []
