"""What the chat counts while it runs. One process's own; a counter costs less than a microsecond,

so what is done once a member and frame is counted once a frame.
"""

import time
from collections.abc import Iterable

from prometheus_client import Counter, Histogram

from accounts.errors import Unavailable

DELIVERIES = Counter("medley_deliveries", "Frames of conversations written to sockets.")
HEALS = Counter("medley_bus_heals", "Holes in what the bus brought, closed from the database.")
BATCH = Histogram(
    "medley_commit_batch",
    "Messages and reactions that shared a commit.",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512),
)
ACK_SECONDS = Histogram(
    "medley_ack_seconds",
    "From when a message or reaction was taken until its commit was answered.",
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
_WRITES = Counter("medley_writes", "Messages and reactions, by what became of them.", ["outcome"])
_COMMITTED, _REFUSED, _UNAVAILABLE = map(_WRITES.labels, ("committed", "refused", "unavailable"))


def note_answers(answers: Iterable[tuple[float, object]]) -> None:
    """Count what the writer answers now: since when each waited (`time.monotonic()`), and its
    outcome. Only commits have a time worth telling."""
    now = time.monotonic()
    for since, outcome in answers:
        if isinstance(outcome, Unavailable):
            _UNAVAILABLE.inc()
        elif isinstance(outcome, Exception):
            _REFUSED.inc()
        else:
            _COMMITTED.inc()
            ACK_SECONDS.observe(now - since)
