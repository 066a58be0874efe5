"""Jobs by RabbitMQ in place of Redis: by their queues, in their time, and none lost in a stall."""

import time
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts import outbox
from accounts.models import Canary, OutboxJob
from config import canaries
from config.queues import QUEUES
from config.redis_urls import STALLED
from tests.rabbitmq import RabbitMQ, server
from tests.workers import sending_to, wait_until, working

OPTIONS = ["--include=tests.config.poison", "--concurrency=2", "--pool=prefork"]
BUT_MEDIA = f"--queues={','.join(set(QUEUES) - {'media'})}"
SOON = timedelta(seconds=4)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not server(), reason="there is no RabbitMQ on this machine"),
]


def is_done(job: OutboxJob) -> bool:
    return OutboxJob.objects.filter(pk=job.pk, done_at__isnull=False).exists()


@pytest.fixture
def rabbit(tmp_path):
    """A RabbitMQ that this process sends to, with a worker for each queue but that of films."""
    rabbit = RabbitMQ(tmp_path)
    with (
        rabbit.running(),
        sending_to(rabbit.url),
        # Of Redis it has nothing but an address where nobody listens.
        working("redis://127.0.0.1:1", *OPTIONS, BUT_MEDIA, BROKER_URL=rabbit.url),
    ):
        yield rabbit


def test_jobs_go_by_rabbitmq_to_their_queues_in_their_time_and_survive_its_standstill(rabbit):
    due_at = timezone.now() + SOON
    later = outbox.enqueue_later("poison.none", due_at)
    for queue in QUEUES:
        canaries.send(queue)

    # Each by the queue that it proves; nobody serves the one of films.
    others = Canary.objects.exclude(pk="media")
    wait_until(lambda: not others.filter(sung_at=None).exists(), "the canaries")
    assert canaries.late() == {"media"}

    # Not before its time, and not left to the sweeper.
    wait_until(partial(is_done, later), "what is due later")
    assert OutboxJob.objects.get(pk=later.pk, done_at__gte=due_at).tries == 1

    # What raises is tried again, and not by RabbitMQ itself: when, the outbox says.
    poison = OutboxJob.objects.filter(pk=outbox.enqueue("poison.raise").pk)
    wait_until(poison.filter(tries=1).exclude(last_error="").exists, "its first try")
    poison.update(due_at=timezone.now())
    outbox.sweep()
    wait_until(poison.filter(tries=2).exists, "its second try")

    # It takes nothing, and says nothing: whoever sends gives up, and the sweeper has the job.
    with rabbit.frozen():
        begun = time.monotonic()
        stalled = outbox.enqueue("poison.none")
        assert outbox.flush(4 * STALLED)  # its word, then the goodbyes
        assert time.monotonic() - begun >= STALLED
        assert not is_done(stalled)
    OutboxJob.objects.open().filter(pk=stalled.pk).update(due_at=timezone.now())
    outbox.sweep()
    wait_until(partial(is_done, stalled), "what was sent in the standstill")
    assert OutboxJob.objects.get(pk=stalled.pk).tries == 1
