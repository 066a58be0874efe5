"""Canaries: jobs that prove a queue, by going its whole way."""

from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from accounts.models import Canary, OutboxJob
from accounts.outbox import queue_of
from config import canaries
from config.queues import QUEUES, canary_of
from config.tasks import send_canary

pytestmark = pytest.mark.django_db


def arrive() -> None:
    """What the worker of its queue does with it."""
    job = OutboxJob.objects.get(task=canary_of("links"), done_at=None)
    current_app.tasks[job.task](**job.arguments, job_id=job.pk)


def test_a_canary_s_song_is_a_job_that_was_done():
    send_canary("links")
    assert "links" in canaries.late()

    arrive()

    assert canaries.late() == set(QUEUES) - {"links"}


def test_one_goes_at_a_time_and_leaves_no_rows():
    for _time in range(3):
        send_canary("links")
    assert OutboxJob.objects.count() == 1

    arrive()
    send_canary("links")

    assert list(OutboxJob.objects.values_list("done_at", flat=True)) == [None]


def test_one_that_was_put_aside_is_not_waited_for():
    send_canary("links")
    OutboxJob.objects.update(parked_at=timezone.now())

    send_canary("links")

    assert list(OutboxJob.objects.values_list("parked_at", flat=True)) == [None]


@pytest.mark.parametrize("queue", QUEUES)
def test_a_queue_is_late_after_its_patience(queue):
    ago = timedelta(seconds=QUEUES[queue].patience + 1)
    Canary.objects.bulk_create(Canary(queue=each, sung_at=timezone.now()) for each in QUEUES)
    Canary.objects.filter(pk=queue).update(sung_at=timezone.now() - ago)

    assert canaries.late() == {queue}


@pytest.mark.parametrize("queue", QUEUES)
def test_each_stays_within_the_queue_that_it_proves(queue):
    entry = current_app.conf.beat_schedule[f"canary-{queue}"]

    assert entry["options"]["queue"] == queue
    assert queue_of(canary_of(queue)) == queue


def test_whoever_waits_for_a_person_is_proved_every_minute():
    waited_for = ("celery", "notifications", "fanout", "links")

    assert {QUEUES[queue].patience for queue in waited_for} == {60}
