"""One visit of a host at a time, a second apart, whichever worker makes it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.linking.failures import Busy
from accounts.models import LinkHost

PAUSE = timedelta(seconds=1)
# Longer than any visit: where its worker dies, others go on after that.
HOLD = timedelta(seconds=20)


def claim(host: str) -> LinkHost:
    """The host is one's own until `leave`. Raises `Busy` with the next turn that nobody has."""
    own, _is_new = LinkHost.objects.get_or_create(host=host)
    now = timezone.now()
    free = LinkHost.objects.filter(host=host, busy_until__lte=now)
    if not free.update(busy_until=now + HOLD):
        raise Busy(_next_turn(host))
    return own


def leave(host: str) -> None:
    """The next visit may begin a pause later."""
    LinkHost.objects.filter(host=host).update(busy_until=timezone.now() + PAUSE)


@transaction.atomic
def _next_turn(host: str) -> datetime:
    """Those who wait come one after the other: together they would only find one of them in."""
    row = LinkHost.objects.select_for_update().get(host=host)
    turn = max(row.next_at, timezone.now() + PAUSE)
    row.next_at = turn + PAUSE
    row.save(update_fields=["next_at"])
    return turn
