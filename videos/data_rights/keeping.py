"""How long videos keep what has its time."""

from datetime import timedelta

from django.utils import timezone

from accounts.rights.keeping import Retention
from videos.models import ProcessingAttempt, WatchEvent

# Insights look back a year, and count its first days anew for a while.
WATCHES_KEPT = timedelta(days=400)
ATTEMPTS_KEPT = timedelta(days=90)
BATCH = 5000


def _forget_watches() -> int:
    """From the oldest on: keys have the order of their making."""
    before, gone = timezone.now() - WATCHES_KEPT, 0
    while True:
        oldest = WatchEvent.objects.order_by("pk").values_list("pk", "at")[:BATCH]
        keys = [key for key, at in oldest if at < before]
        if not keys:
            return gone
        gone += WatchEvent.objects.filter(pk__in=keys).delete()[0]


def _forget_attempts() -> int:
    before = timezone.now() - ATTEMPTS_KEPT
    return ProcessingAttempt.objects.filter(started_at__lt=before).delete()[0]


RETENTION = (
    Retention(
        ("videos.WatchEvent",),
        WATCHES_KEPT,
        "it was watched",
        "creators' figures look back a year",
        "accounts.keep_retention",
        _forget_watches,
    ),
    Retention(
        ("videos.ProcessingAttempt",),
        ATTEMPTS_KEPT,
        "it began",
        "to see why a film could not be prepared",
        "accounts.keep_retention",
        _forget_attempts,
    ),
)
