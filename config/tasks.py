"""What a Celery worker does for the house itself: it says that it is there."""

from typing import Any

from celery.signals import heartbeat_sent

from config import health


@heartbeat_sent.connect
def tell_the_web_processes(**_: Any) -> None:
    """At every heartbeat of the worker's own loop, which goes on while its children are busy with long jobs."""
    health.note_worker_heartbeat()
