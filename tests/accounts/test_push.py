"""What reaches a device: read by a push service on this machine, as its browser would read it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from celery import current_app
from django.contrib.sessions.models import Session
from django.utils import timezone

import accounts.tasks  # noqa: F401
from accounts import actions
from accounts.models import (
    Device,
    Notification,
    NotificationChoice,
    NotificationPreferences,
    OutboxJob,
    User,
)
from accounts.outbox import NotNow
from accounts.push import Push, Refusal, vapid
from tests.accounts.told import run_jobs
from tests.factories import block, follow, make_user
from tests.push_service import Browser, PushService, push_service
from tests.rules import rule

pytestmark = pytest.mark.django_db

DEVICES = "/api/v1/me/devices/"
NOON = "2026-11-22 12:00Z"


@pytest.fixture(scope="module")
def running_service():
    with push_service() as service:
        yield service


@pytest.fixture
def service(running_service: PushService, settings) -> PushService:
    """A push service that the deployment trusts, with nothing heard yet."""
    running_service.forget()
    settings.WEB_PUSH_SERVICES = [running_service.origin]
    return running_service


@pytest.fixture
def told(service, client) -> Any:
    """`told(ana)` is a browser in which Ana is signed in and wants to be told."""

    def register(user: User) -> Browser:
        browser = service.subscribe()
        client.force_login(user)
        answer = client.post(DEVICES, browser.registration, content_type="application/json")
        assert answer.status_code == 201, answer.content
        return browser

    return register


def push_jobs() -> list[OutboxJob]:
    return list(OutboxJob.objects.open().filter(task="accounts.push_line").order_by("pk"))


def run_pushes() -> None:
    """What a worker does with the jobs that are due."""
    for job in push_jobs():
        if job.due_at <= timezone.now() + timedelta(seconds=30):
            run(job)


def run(job: OutboxJob) -> None:
    current_app.tasks[job.task](**job.arguments, job_id=job.pk)


def follow_and_tell(follower: User, followed: User) -> Notification:
    """Through the verb and the outbox, as far as a line and its waiting push."""
    actions.follow(follower, followed)
    run_jobs()
    return Notification.objects.filter(user=followed).latest("revision")


# --- What is said ---------------------------------------------------------------------------------


def test_push_says_what_happened_and_nothing_else(service, told, ana, zoe):
    browser = told(ana)

    line = follow_and_tell(zoe, ana)
    run_pushes()

    [heard] = service.heard()
    assert heard.browser is browser
    assert heard.card == {
        "title": "Zoe follows you",
        "body": "",
        "url": f"/activity/{line.pk}/place/",
        "tag": str(line.pk),
        "badge": 1,
        "id": str(line.pk),
    }


def test_service_learns_who_pushes_and_how_long_it_matters(service, told, ana, zoe):
    told(ana)

    line = follow_and_tell(zoe, ana)
    run_pushes()

    [heard] = service.heard()
    shown = {name: heard.headers.get(name) for name in ("ttl", "urgency", "content-encoding")}
    assert shown == {"ttl": "86400", "urgency": "normal", "content-encoding": "aes128gcm"}
    assert heard.claims["key"] == vapid.public_key()
    assert heard.claims["sub"] == "mailto:hello@medley.example"
    assert len(heard.headers["topic"]) == 32
    assert str(line.pk) not in heard.headers["topic"]


def test_hidden_content_holds_neither_name_nor_words(service, told, ana, zoe):
    told(ana)
    NotificationPreferences.objects.create(user=ana, digest="never", hides_content=True)

    line = follow_and_tell(zoe, ana)
    run_pushes()

    [heard] = service.heard()
    assert heard.card == {
        "title": "Medley",
        "body": "Something new is waiting for you",
        "url": f"/activity/{line.pk}/place/",
        "tag": str(line.pk),
        "badge": 1,
        "id": str(line.pk),
    }


def test_push_leads_to_its_place(told, client, ana, zoe):
    told(ana)
    line = follow_and_tell(zoe, ana)

    answer = client.get(f"/activity/{line.pk}/place/")

    assert (answer.status_code, answer["Location"]) == (302, f"/@zoe/?notification={line.pk}")
    line.refresh_from_db()
    assert not line.is_read  # looking at an address changes nothing


def test_push_whose_thing_is_gone_leads_to_the_list(told, client, ana, zoe):
    told(ana)
    line = follow_and_tell(zoe, ana)
    block(zoe, ana)

    answer = client.get(f"/activity/{line.pk}/place/")

    assert answer["Location"] == f"/activity/?notification={line.pk}"


def test_places_of_others_do_not_exist(told, client, ana, zoe):
    told(ana)
    line = follow_and_tell(zoe, ana)
    client.force_login(zoe)

    assert client.get(f"/activity/{line.pk}/place/").status_code == 404


def test_long_words_are_cut_where_they_fit(service):
    push = Push(title="Ana", body="🌞 sol " * 1000, url="/", tag="t")

    assert len(push.payload()) <= 3000
    assert push.payload().decode().count("…") == 1
    assert len(push.fitting(100).body.encode()) < 100
    endless = Push(title="x" * 5000).fitting(3000)
    assert (endless.title[:2], endless.title[-1], endless.body) == ("xx", "…", "")


# --- Whether it is said ---------------------------------------------------------------------------


def test_nobody_without_a_device_costs_a_job(service, ana, zoe):
    follow_and_tell(zoe, ana)

    assert push_jobs() == []


def test_kinds_turned_off_for_devices_are_not_pushed(service, told, ana, zoe):
    told(ana)
    NotificationChoice.objects.create(
        user=ana, kind="accounts.follow", in_app=True, push=False, mail=False
    )

    follow_and_tell(zoe, ana)

    assert push_jobs() == []


def _read(ana, zoe, line):
    actions.read_notifications(ana, [line.pk])


def _taken_back(ana, zoe, line):
    actions.unfollow(zoe, ana)
    run_jobs()


def _blocked(ana, zoe, line):
    block(ana, zoe)


def _blocked_by_them(ana, zoe, line):
    block(zoe, ana)


def _turned_off(ana, zoe, line):
    NotificationChoice.objects.create(
        user=ana, kind="accounts.follow", in_app=True, push=False, mail=False
    )


def _turned_all_off(ana, zoe, line):
    NotificationPreferences.objects.create(user=ana, digest="never", push=False)


def _left(ana, zoe, line):
    User.objects.filter(pk=ana.pk).update(is_active=False)


def _actor_left(ana, zoe, line):
    User.objects.filter(pk=zoe.pk).update(is_active=False)


def _signed_out_everywhere(ana, zoe, line):
    actions.end_sessions(ana)


def _session_over(ana, zoe, line):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def _password_changed_beside_us(ana, zoe, line):
    ana.set_password("another, and long enough")
    ana.save()


@pytest.mark.parametrize(
    "meanwhile",
    [
        _read,
        _taken_back,
        _blocked,
        _blocked_by_them,
        _turned_off,
        _turned_all_off,
        _left,
        _actor_left,
        _signed_out_everywhere,
        _session_over,
        _password_changed_beside_us,
    ],
)
def test_what_happens_before_the_job_runs_counts(service, told, ana, zoe, meanwhile):
    told(ana)
    line = follow_and_tell(zoe, ana)

    meanwhile(ana, zoe, line)
    run_pushes()

    assert (service.asked, push_jobs()) == (0, [])


@rule("R8", "job")
@pytest.mark.parametrize(
    ("age", "hour", "count"), [(14, 21, 0), (14, 20, 1), (16, 22, 0), (16, 21, 1), (25, 23, 1)]
)
def test_nobody_under_18_is_disturbed_at_night(service, client, age, hour, count, zoe):
    """R8, by the person's own clock."""
    with time_machine.travel(f"2026-11-22 {hour - 9:02}:30Z", tick=True):
        user = make_user("yuki", age=age, time_zone="Asia/Tokyo")
        browser = service.subscribe()
        client.force_login(user)
        client.post(DEVICES, browser.registration, content_type="application/json")
        follow_and_tell(zoe, user)

        run_pushes()

    assert len(service.heard()) == count
    assert Notification.objects.filter(user=user).count() == 1  # it waits in the list


# --- How often ------------------------------------------------------------------------------------


def test_job_run_twice_pushes_once(service, told, ana, zoe):
    told(ana)
    follow_and_tell(zoe, ana)
    [job] = push_jobs()

    run(job)
    run(job)

    assert len(service.heard()) == 1


def test_line_that_grows_is_gathered_and_takes_the_place_of_its_push(service, told, ana):
    told(ana)
    with time_machine.travel(NOON, tick=False) as clock:
        for number in range(5):
            follow_and_tell(make_user(f"fan{number}"), ana)
            run_pushes()
        assert [heard.card["title"] for heard in service.heard()] == ["Fan0 follows you"]

        clock.shift(timedelta(minutes=1))
        run_pushes()

    first, second = service.heard()
    assert second.card["title"] == "Fan4 and 4 others follow you"
    assert second.card["tag"] == first.card["tag"]
    assert second.headers["topic"] == first.headers["topic"]
    assert push_jobs() == []


def test_each_device_is_told(service, told, ana, zoe):
    browsers = [told(ana), told(ana)]

    follow_and_tell(zoe, ana)
    run_pushes()

    assert {heard.browser.endpoint for heard in service.heard()} == {
        browser.endpoint for browser in browsers
    }


# --- What services answer -------------------------------------------------------------------------


def test_browser_that_is_gone_is_forgotten(service, told, ana, zoe):
    service.unsubscribe(told(ana))

    follow_and_tell(zoe, ana)
    run_pushes()

    assert not Device.objects.exists()
    assert push_jobs() == []


def test_busy_service_is_asked_again_when_it_said(service, told, ana, zoe):
    told(ana)
    service.will_answer(429, Retry_After="120")
    follow_and_tell(zoe, ana)
    [job] = push_jobs()

    with pytest.raises(NotNow):
        run(job)

    job.refresh_from_db()
    assert timedelta(seconds=110) < job.due_at - timezone.now() <= timedelta(seconds=120)
    assert Device.objects.get().failures == 1
    OutboxJob.objects.update(due_at=timezone.now())
    run(job)
    assert len(service.heard()) == 1
    assert Device.objects.get().failures == 0


@pytest.mark.parametrize("status", [500, 502, 503])
def test_broken_service_is_asked_again(service, told, ana, zoe, status):
    told(ana)
    service.will_answer(status)
    follow_and_tell(zoe, ana)
    [job] = push_jobs()

    with pytest.raises(NotNow):
        run(job)

    job.refresh_from_db()
    assert (job.tries, job.parked_at, job.done_at) == (1, None, None)


def test_silent_service_holds_up_a_job_for_seconds_only(service, told, ana, zoe, monkeypatch):
    monkeypatch.setattr("accounts.push.webpush.PATIENCE", (0.2, 0.2))
    told(ana)
    service.will_answer(201, after=0.6)
    follow_and_tell(zoe, ana)
    [job] = push_jobs()

    with pytest.raises(NotNow):
        run(job)


def test_service_that_refuses_us_is_left_to_the_admin(service, told, ana, zoe):
    told(ana)
    service.will_answer(403, times=3)
    follow_and_tell(zoe, ana)
    [job] = push_jobs()

    for _try in range(3):
        OutboxJob.objects.update(due_at=timezone.now())
        with pytest.raises(Refusal):
            run(job)

    job.refresh_from_db()
    assert job.parked_at is not None
    assert job.last_error == "Refusal: 403: "


def test_redirects_lead_nowhere(service, told, ana, zoe):
    told(ana)
    service.will_answer(307, Location=f"{service.origin}/elsewhere")
    follow_and_tell(zoe, ana)
    [job] = push_jobs()

    with pytest.raises(NotNow):
        run(job)

    assert service.asked == 1


def test_too_long_a_push_goes_shorter(service, told, ana, zoe):
    told(ana)
    service.will_answer(413)

    follow_and_tell(zoe, ana)
    run_pushes()

    assert (service.asked, len(service.heard())) == (2, 1)


def test_device_that_nothing_reaches_for_a_month_is_forgotten(service, told, ana, zoe):
    told(ana)
    long_ago = timezone.now() - timedelta(days=31)
    Device.objects.update(registered_at=long_ago, last_ok_at=long_ago, failures=19)
    service.will_answer(503)
    follow_and_tell(zoe, ana)
    [job] = push_jobs()

    with pytest.raises(NotNow):
        run(job)

    assert not Device.objects.exists()


def test_words_of_a_push_stay_out_of_the_outbox(told, ana, zoe):
    told(ana)

    follow_and_tell(zoe, ana)

    [job] = push_jobs()
    assert set(job.arguments) == {"device", "line"}


def test_telling_many_asks_for_their_devices_once(told, ana, ben, zoe, django_assert_num_queries):
    told(ana)
    follow(ana, zoe)

    from accounts.push.soon import devices_to_tell

    with django_assert_num_queries(1):
        assert set(devices_to_tell([ana.pk, ben.pk, zoe.pk])) == {ana.pk}
    with django_assert_num_queries(0):
        assert devices_to_tell([]) == {}
