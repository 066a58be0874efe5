"""Jobs that must happen: sent after the commit, swept up, tried three times, put aside."""

import queue
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import outbox
from accounts.models import OutboxJob
from accounts.outbox import leases, sending, tending


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
        assert outbox.flush(5)
        assert sent == []

    assert outbox.flush(5)
    assert sent == [("x.y", {"video": "1", "job_id": job.pk})]


def test_jobs_are_sent_in_the_order_of_their_commits(db, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        outbox.enqueue("one")
        outbox.enqueue_all([("two", {}), ("three", {})])
        outbox.enqueue("four")

    assert outbox.flush(5)
    assert [task for task, _arguments in sent] == ["one", "two", "three", "four"]


@pytest.mark.parametrize(("waits", "pause"), [("accounts.note", 5), ("accounts.fetch_link", 0)])
def test_the_next_batch_leaves_half_of_the_time_to_who_waits_for_less(db, waits, pause):
    outbox.enqueue(waits)

    job = outbox.enqueue_next("videos.tell_followers", timedelta(seconds=5), video_id="1")

    beyond = job.due_at - timezone.now() - outbox.PATIENCE
    assert round(beyond / timedelta(seconds=1)) == pause


def test_a_frozen_broker_holds_up_nobody(db, monkeypatch, django_capture_on_commit_callbacks):
    thawed = threading.Event()
    monkeypatch.setattr(current_app, "send_task", lambda *_args, **_kwargs: thawed.wait(20))

    begun = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(20):
            outbox.enqueue("x.y")
    seconds = time.monotonic() - begun
    is_sent = outbox.flush(0)
    thawed.set()

    assert (is_sent, outbox.flush(5)) == (False, True)
    assert seconds < 2


def test_what_does_not_fit_waits_for_the_sweeper(db, monkeypatch, sent):
    monkeypatch.setattr(sending, "_waiting", queue.Queue(2))
    monkeypatch.setattr(sending, "_start_sender", lambda: None)

    outbox.send_soon([OutboxJob.objects.create(task="x.y") for _time in range(3)])

    assert sending._waiting.qsize() == 2


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

    assert outbox.flush(5)
    assert OutboxJob.objects.get(pk=job.pk).done_at is None


def test_sweeper_sends_what_is_due_and_not_again_at_once(db, sent):
    overdue()
    overdue(done_at=timezone.now())
    overdue(parked_at=timezone.now())
    OutboxJob.objects.create(task="later", due_at=timezone.now() + timedelta(hours=1))

    assert (outbox.sweep(), outbox.sweep()) == (1, 0)
    assert [task for task, _arguments in sent] == ["x.y"]


def test_sweeper_begins_with_what_is_due_longest(db, sent):
    for minutes in (1, 3, 2):
        due_at = timezone.now() - timedelta(minutes=minutes)
        OutboxJob.objects.create(task=f"{minutes}", due_at=due_at)

    outbox.sweep()

    assert [task for task, _arguments in sent] == ["3", "2", "1"]


def test_sweeper_waits_for_a_lost_broker_but_once(db, monkeypatch):
    """A frozen one would hold it up for seconds with each of hundreds."""
    asked = []

    def lost(task, **_options):
        asked.append(task)
        raise ConnectionError

    monkeypatch.setattr(current_app, "send_task", lost)
    for _time in range(3):
        overdue()

    assert (outbox.sweep(), len(asked)) == (0, 1)


def test_done_job_is_not_run_again(db):
    runs = []
    job = overdue()
    task = outbox.outbox_job(lambda **arguments: runs.append(arguments))

    task(job_id=job.pk, video="1")
    task(job_id=job.pk, video="1")

    job.refresh_from_db()
    assert runs == [{"video": "1"}]
    assert (job.tries, job.done_at is not None) == (1, True)


def test_done_job_keeps_nobody_s_words(db):
    job = overdue(arguments={"body": "See you at nine"})

    outbox.outbox_job(lambda **_arguments: None)(job_id=job.pk, **job.arguments)

    job.refresh_from_db()
    assert job.arguments == {}


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


def test_an_error_is_kept_without_the_row_that_the_database_shows_with_it(db):
    job = overdue()

    @outbox.outbox_job
    def fail() -> None:
        raise ValueError("null value in column\nDETAIL:  Failing row contains (See you at nine).")

    with pytest.raises(ValueError):
        fail(job_id=job.pk)

    assert OutboxJob.objects.get(pk=job.pk).last_error == "ValueError: null value in column"


def test_job_that_killed_its_worker_three_times_is_put_aside(db):
    job = overdue(tries=3)

    outbox.outbox_job(lambda: None)(job_id=job.pk)

    job.refresh_from_db()
    assert job.parked_at is not None
    assert job.done_at is None
    assert job.last_error.startswith("The worker ended in the middle of it")


def test_a_sweep_brings_such_a_job_to_where_it_is_put_aside(db, sent):
    job = overdue(tries=3)
    outbox.sweep()

    outbox.outbox_job(lambda: None)(job_id=job.pk)

    assert list(OutboxJob.objects.aside()) == [job]


def test_the_last_try_of_a_job_that_somebody_runs_is_left_to_them(db):
    job = overdue(tries=3)
    OutboxJob.objects.update(due_at=timezone.now() + outbox.LEASE)

    outbox.outbox_job(lambda: None)(job_id=job.pk)

    assert list(OutboxJob.objects.open()) == [job]


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

    outbox.retry(OutboxJob.objects.filter(pk=job.pk))

    assert outbox.sweep() == 1


def test_retry_leaves_alone_what_is_done_or_waits(db):
    overdue(done_at=timezone.now())
    overdue(tries=2)

    assert outbox.retry(OutboxJob.objects.all()) == 0
    assert OutboxJob.objects.filter(tries=2).exists()


def test_discarded_job_never_runs_and_can_be_taken_back(db, sent):
    job = overdue(tries=3, parked_at=timezone.now())
    runs = []
    task = outbox.outbox_job(lambda: runs.append(1))

    assert outbox.discard(OutboxJob.objects.all(), "The video is gone.") == 1
    task(job_id=job.pk)
    job.refresh_from_db()
    assert (runs, job.discard_reason) == ([], "The video is gone.")
    assert (outbox.sweep(), list(OutboxJob.objects.aside())) == (0, [])

    assert (outbox.retry(OutboxJob.objects.all()), outbox.sweep()) == (1, 1)


def test_jobs_done_a_week_ago_are_forgotten_in_batches(
    db, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(tending, "BATCH", 2)
    now, long_ago = timezone.now(), timezone.now() - timedelta(days=8)
    for _time in range(3):
        overdue(done_at=long_ago)
    kept = [overdue(parked_at=long_ago), overdue()]
    overdue(parked_at=long_ago, discarded_at=long_ago)
    OutboxJob.objects.update(created_at=long_ago)
    kept.append(overdue(done_at=now))

    with django_assert_max_num_queries(8):
        assert outbox.forget_done() == 4

    assert list(OutboxJob.objects.order_by("pk")) == kept


def test_every_queue_tells_how_it_stands(db, django_assert_num_queries):
    jobs = [overdue(), overdue(parked_at=timezone.now())]
    jobs += [OutboxJob.objects.create(task="videos.process_video") for _time in range(2)]
    overdue(done_at=timezone.now())
    OutboxJob.objects.update(created_at=timezone.now() - timedelta(minutes=5))

    with django_assert_num_queries(2):
        standings = outbox.standings()

    assert set(standings) == set(settings.CELERY_TASK_QUEUES)
    assert (standings["celery"].waiting, standings["celery"].aside) == (1, 1)
    assert (standings["media"].waiting, standings["media"].aside) == (2, 0)
    assert 300 <= standings["media"].oldest < 320
    assert standings["links"] == outbox.Standing()


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
    monkeypatch.setattr(leases, "RENEWED_EVERY", 0.02)
    leases._start_renewing.cache_clear()  # the thread of an earlier test sleeps for ten seconds
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
