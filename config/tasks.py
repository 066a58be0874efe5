"""What a Celery worker does for the house itself: it says that it is there."""

from typing import Any

from celery import current_app
from celery.signals import heartbeat_sent

from config import health


@heartbeat_sent.connect
def tell_the_web_processes(**_: Any) -> None:
    """At each heartbeat of the worker's own loop, which beats while its children do long jobs."""
    health.note_worker_heartbeat(current_app.amqp.queues.consume_from)
