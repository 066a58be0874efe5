"""Jobs that must happen: sent after the commit, swept up, tried three times, put aside."""

import time
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone

from accounts import outbox
from accounts.models import OutboxJob


@pytest.fixture
def sent(monkeypatch):
    """What reached the broker: (task, arguments)."""
    jobs = []
    monkeypatch.setattr(
        current_app, "send_task", lambda task, kwargs, retry: jobs.append((task, kwargs))
    )
    return jobs


def overdue(**fields) -> OutboxJob:
    return OutboxJob.objects.create(
        task="x.y", due_at=timezone.now() - timedelta(seconds=1), **fields
    )


def test_job_is_sent_after_the_commit_only(db, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = outbox.enqueue("x.y", video="1")
        assert sent == []

    assert sent == [("x.y", {"video": "1", "job_id": job.pk})]


@pytest.mark.django_db(transaction=True)
def test_job_goes_with_the_transaction_that_failed(sent):
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.enqueue("x.y")
        raise RuntimeError

    assert (sent, OutboxJob.objects.count()) == ([], 0)


def test_lost_broker_leaves_the_job_to_the_sweeper(
    db, monkeypatch, django_capture_on_commit_callbacks
):
    def lost(*_arguments, **_options):
        raise ConnectionError

    monkeypatch.setattr(current_app, "send_task", lost)
    with django_capture_on_commit_callbacks(execute=True):
        job = outbox.enqueue("x.y")

    assert OutboxJob.objects.get(pk=job.pk).done_at is None


def test_sweeper_sends_what_is_due_and_not_again_at_once(db, sent):
    overdue()
    overdue(done_at=timezone.now())
    overdue(parked_at=timezone.now())
    OutboxJob.objects.create(task="later", due_at=timezone.now() + timedelta(hours=1))

    assert (outbox.sweep(), outbox.sweep()) == (1, 0)
    assert [task for task, _arguments in sent] == ["x.y"]


def test_done_job_is_not_run_again(db):
    runs = []
    job = overdue()
    task = outbox.outbox_job(lambda **arguments: runs.append(arguments))

    task(job_id=job.pk, video="1")
    task(job_id=job.pk, video="1")

    job.refresh_from_db()
    assert runs == [{"video": "1"}]
    assert (job.tries, job.done_at is not None) == (1, True)


def test_failing_job_waits_longer_and_is_put_aside_after_three_tries(db):
    job = overdue()

    @outbox.outbox_job
    def fail() -> None:
        raise ValueError("no film in it")

    waits = []
    for _try in range(3):
        with pytest.raises(ValueError, match="no film"):
            fail(job_id=job.pk)
        job.refresh_from_db()
        waits.append(round((job.due_at - timezone.now()).total_seconds(), -1))
        OutboxJob.objects.filter(pk=job.pk).update(due_at=timezone.now())

    assert waits[:2] == [30, 90]
    assert (job.tries, job.parked_at is not None) == (3, True)
    assert job.last_error == "ValueError: no film in it"
    fail(job_id=job.pk)  # put aside: does nothing


def test_job_that_killed_its_worker_three_times_is_put_aside(db):
    job = overdue(tries=3)

    outbox.outbox_job(lambda: None)(job_id=job.pk)

    job.refresh_from_db()
    assert job.parked_at is not None
    assert job.done_at is None


def test_whoever_waits_for_a_job_learns_that_it_was_given_up(db):
    told = []
    failing, deadly = overdue(tries=2), overdue(tries=3)

    def fail(**_arguments) -> None:
        raise ValueError

    task = outbox.outbox_job(fail, given_up=lambda video: told.append(video))
    with pytest.raises(ValueError):
        task(job_id=failing.pk, video="1")
    task(job_id=deadly.pk, video="2")
    task(job_id=deadly.pk, video="2")

    assert told == ["1", "2"]


def test_retry_gives_the_tries_back(db, sent):
    job = overdue(tries=3, parked_at=timezone.now())

    outbox.retry(job)

    assert outbox.sweep() == 1


def test_task_without_a_row_just_runs():
    runs = []

    outbox.outbox_job(lambda: runs.append(1))()

    assert runs == [1]


@pytest.mark.django_db(transaction=True)
def test_job_of_one_transaction_counts_once(db):
    """What it does to the database and that it is done stand and fall together."""
    job, sent_to = OutboxJob.objects.create(task="x.y"), []
    task = outbox.outbox_job(lambda: sent_to.append(1), is_one_transaction=True)

    for _time in range(2):
        task(job_id=job.pk)
        OutboxJob.objects.filter(pk=job.pk).update(tries=0, due_at=timezone.now())

    assert sent_to == [1]


@pytest.mark.django_db(transaction=True)
def test_job_of_one_transaction_that_fails_is_not_done(db):
    job = OutboxJob.objects.create(task="x.y")

    def run():
        OutboxJob.objects.create(task="effect")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        outbox.outbox_job(run, is_one_transaction=True)(job_id=job.pk)

    job.refresh_from_db()
    assert (job.done_at, job.tries) == (None, 1)
    assert not OutboxJob.objects.filter(task="effect").exists()


@pytest.mark.django_db(transaction=True)
def test_a_long_job_keeps_its_lease(monkeypatch, sent):
    """Nobody else runs it, however long it takes."""
    monkeypatch.setattr(outbox, "RENEWED_EVERY", 0.02)
    job = overdue()

    @outbox.outbox_job
    def wait_for_two_renewals() -> None:
        seen: set[Any] = set()
        deadline = time.monotonic() + 20
        while len(seen) < 3 and time.monotonic() < deadline:
            seen.add(OutboxJob.objects.get(pk=job.pk).due_at)
        assert len(seen) == 3
        assert outbox.sweep() == 0

    wait_for_two_renewals(job_id=job.pk)

    assert OutboxJob.objects.get(pk=job.pk).done_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_is_sent_again_within_a_minute(sent):
    job = overdue()

    class Death(BaseException):
        """Nothing after it is run: what a kill leaves behind."""

    @outbox.outbox_job
    def die() -> None:
        raise Death

    with pytest.raises(Death):
        die(job_id=job.pk)

    job.refresh_from_db()
    assert (job.tries, job.done_at, job.parked_at) == (1, None, None)
    assert job.due_at <= timezone.now() + timedelta(minutes=1)
    OutboxJob.objects.update(due_at=timezone.now())
    assert outbox.sweep() == 1
