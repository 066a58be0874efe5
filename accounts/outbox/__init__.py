"""Jobs that must happen: written with their cause, sent after the commit, swept up later."""

from accounts.outbox.leases import LEASE, RENEWED_EVERY
from accounts.outbox.running import NotNow, outbox_job
from accounts.outbox.sending import (
    PATIENCE,
    REQUEST_HEADER,
    enqueue,
    enqueue_all,
    enqueue_later,
    enqueue_next,
    flush,
    send_soon,
    sweep,
)
from accounts.outbox.tending import Standing, discard, forget_done, queue_of, retry, standings

__all__ = [
    "LEASE",
    "PATIENCE",
    "RENEWED_EVERY",
    "REQUEST_HEADER",
    "NotNow",
    "Standing",
    "discard",
    "enqueue",
    "enqueue_all",
    "enqueue_later",
    "enqueue_next",
    "flush",
    "forget_done",
    "outbox_job",
    "queue_of",
    "retry",
    "send_soon",
    "standings",
    "sweep",
]
