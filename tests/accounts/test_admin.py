"""The admin: a second factor for everybody, nothing more to read than needed, verbs for deeds."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.admin.models import LogEntry
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


JOBS = "admin:accounts_outboxjob_changelist"


def put_aside(task: str = "x.y", **arguments) -> OutboxJob:
    return OutboxJob.objects.create(
        task=task,
        arguments=arguments,
        tries=3,
        parked_at=timezone.now(),
        last_error="ValueError: no",
    )


def test_every_job_of_a_task_gets_its_tries_again(desk):
    chosen, alike, other = put_aside(), put_aside(), put_aside("x.other")

    act(desk, "retry_task", chosen, page=JOBS)

    assert set(OutboxJob.objects.due()) == {chosen, alike}
    assert list(OutboxJob.objects.aside()) == [other]


def test_a_job_is_discarded_with_a_reason_only(desk, mod):
    job = put_aside()

    act(desk, "discard", job, page=JOBS)
    assert list(OutboxJob.objects.aside()) == [job]

    desk.post(
        reverse(JOBS),
        {"action": "discard", "_selected_action": [job.pk], "reason": "Its video is gone."},
    )
    job.refresh_from_db()
    assert job.discard_reason == "Its video is gone."
    logged = LogEntry.objects.get(object_id=str(job.pk))
    assert (logged.user, logged.change_message) == (mod, "Discarded: Its video is gone.")


def test_a_job_shows_what_it_is_about_and_nobody_s_words(desk):
    video = str(uuid4())
    job = put_aside(video=video, kind="videos.like", body="See you at nine", to=[video] * 5, n=3)

    for page in (reverse(JOBS), reverse("admin:accounts_outboxjob_change", args=[job.pk])):
        shown = desk.get(page).content.decode()

        about = f"kind=videos.like, n=3, to=(5 of them), video={video}"
        assert f"body=(15 characters), {about}" in shown
        assert "nine" not in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=parked", {"aside", "videos.process_video"}),
        ("state=waiting", {"waits"}),
        ("state=done", {"done"}),
        ("state=discarded", {"discarded"}),
        ("queue=media", {"videos.process_video"}),
        ("task=videos.process_video", {"videos.process_video"}),
        ("age=day", {"done"}),
    ],
)
def test_jobs_are_found_by_state_queue_task_and_age(desk, query, found):
    put_aside("aside")
    put_aside("videos.process_video")
    OutboxJob.objects.create(task="waits")
    OutboxJob.objects.create(task="done", done_at=timezone.now())
    OutboxJob.objects.create(
        task="discarded", parked_at=timezone.now(), discarded_at=timezone.now()
    )
    OutboxJob.objects.filter(task="done").update(created_at=timezone.now() - timedelta(days=2))

    page = desk.get(f"{reverse(JOBS)}?{query}")

    assert {job.task for job in page.context["cl"].queryset} == found


def test_the_first_page_says_how_many_were_put_aside(desk):
    put_aside()
    put_aside()

    assert "(2)" in desk.get(reverse("admin:index")).content.decode()


def test_the_jobs_page_tells_how_the_queues_stand(desk):
    put_aside("videos.process_video")

    standings = desk.get(reverse(JOBS)).context["standings"]

    assert (standings["media"].aside, standings["links"].aside) == (1, 0)


def test_the_jobs_page_asks_the_same_however_many_there_are(desk, django_assert_max_num_queries):
    for _time in range(30):
        put_aside()

    with django_assert_max_num_queries(14):
        desk.get(reverse(JOBS))


def test_parked_job_gets_its_tries_again(desk):
    job = OutboxJob.objects.create(task="x.y", tries=3, parked_at=timezone.now(), last_error="no")

    act(desk, "retry", job, page=JOBS)

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
