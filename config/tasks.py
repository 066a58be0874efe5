"""What a Celery worker does for the house itself: it says that it is there, and that it works."""

import resource
from typing import Any

from celery import current_app, shared_task
from celery.signals import heartbeat_sent, worker_process_init
from django.conf import settings

from accounts.outbox import outbox_job
from config import canaries, health
from config.logs import jobs as traced_jobs  # noqa: F401  (by its signals, as the next)
from config.metrics import jobs as timed_jobs  # noqa: F401
from config.queues import QUEUES, canary_of


@heartbeat_sent.connect
def tell_the_web_processes(**_: Any) -> None:
    """At each heartbeat of the worker's own loop, which beats while its children do long jobs."""
    health.note_worker_heartbeat(current_app.amqp.queues.consume_from)


@worker_process_init.connect
def hold_no_more_than_allowed(**_: Any) -> None:
    """In each child, before its first job. ffmpeg has limits of its own."""
    if "media" not in current_app.amqp.queues.consume_from:
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (settings.WORKER_MEMORY, hard))


@shared_task(name="config.send_canary")
def send_canary(queue: str) -> None:
    """Let a canary go its way through this queue."""
    canaries.send(queue)


def _register_canary(queue: str) -> None:
    @shared_task(name=canary_of(queue))
    @outbox_job
    def sing() -> None:
        """It arrived: jobs of this queue get done."""
        canaries.sing(queue)


for _queue in QUEUES:
    _register_canary(_queue)
