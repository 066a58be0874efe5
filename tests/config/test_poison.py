"""Jobs that raise, crash, hang or eat memory: three tries each, then put aside; others go on."""

from functools import partial

import pytest
from django.utils import timezone

from accounts import outbox
from accounts.models import OutboxJob
from accounts.outbox.running import SILENT_END
from tests.workers import broker, wait_until, working

ERRORS = {
    "poison.raise": "ValueError: no film in it",
    "poison.segfault": SILENT_END,
    "poison.hang": SILENT_END,
    "poison.memory": "MemoryError: ",
}


def sweep_now() -> None:
    """As if the time until the next try had passed, for those that nobody runs any more."""
    OutboxJob.objects.open().update(due_at=timezone.now())
    outbox.sweep()


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(180)
@pytest.mark.parametrize("task", ERRORS)
def test_poison_is_put_aside_after_three_tries_and_others_go_on(tmp_path, task):
    options = ["--include=tests.config.poison", "--queues=celery", "--concurrency=1"]
    with broker(tmp_path) as url, working(url, *options, WORKER_MEMORY=str(2**30)):
        poison, harmless = outbox.enqueue(task), outbox.enqueue("poison.none")
        for tries in (1, 2, 3):
            wait_until(partial(_is_tried, poison, tries), f"try {tries}")
            _wait_for_its_end(poison, harmless, tries)
            sweep_now()
        wait_until(lambda: OutboxJob.objects.aside().filter(pk=poison.pk).exists(), "aside")

    poison.refresh_from_db()
    assert (poison.tries, poison.done_at, poison.last_error) == (3, None, ERRORS[task])


def _is_tried(job: OutboxJob, times: int) -> bool:
    return OutboxJob.objects.filter(pk=job.pk, tries=times).exists()


def _wait_for_its_end(poison: OutboxJob, harmless: OutboxJob, tries: int) -> None:
    """The worker has one process: whatever comes after the poison says that this is over."""
    after = harmless if tries == 1 else outbox.enqueue("poison.none")
    done = OutboxJob.objects.filter(pk=after.pk, done_at__isnull=False)
    wait_until(done.exists, f"what comes after try {tries}")
