"""What somebody does with their notifications: look at the list, read lines. What grew old goes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.ids import uuid7_from
from accounts.models import Notification, NotificationLine, User
from accounts.models.notification import NotificationQuerySet
from accounts.notifications.telling import tell_read

KEPT = timedelta(days=90)
WITHDRAWN_KEPT = timedelta(days=7)  # for devices that were away when it went
BATCH = 1000


@transaction.atomic
def see_notifications(user: User, up_to: int) -> None:
    """The list was looked at up to this revision: the badge counts what comes later, on all
    devices."""
    if _see(NotificationLine.objects.held([user.pk])[user.pk], up_to):
        tell_read(user.pk, [])


def _see(line: NotificationLine, up_to: int) -> bool:
    """Whether that is news. What is still to come cannot have been seen."""
    seen = min(up_to, line.revision)
    if seen <= line.seen_revision:
        return False
    line.seen_revision = seen
    line.save(update_fields=["seen_revision"])
    return True


@transaction.atomic
def read_notifications(user: User, ids: Iterable[UUID]) -> None:
    """Lines were opened; ids of others are passed over."""
    line = NotificationLine.objects.held([user.pk])[user.pk]
    unread = Notification.objects.open().filter(user=user, pk__in=list(ids))
    if keys := list(unread.values_list("pk", flat=True)):
        _read(line, Notification.objects.filter(pk__in=keys))
        tell_read(user.pk, [str(key) for key in keys])


@transaction.atomic
def read_all_notifications(user: User, up_to: int) -> None:
    """All lines up to this revision were read: what came since is not."""
    line = NotificationLine.objects.held([user.pk])[user.pk]
    is_news = _see(line, up_to)
    unread = Notification.objects.open().filter(user=user, news_revision__lte=up_to)
    keys = [str(key) for key in unread.values_list("pk", flat=True)]
    if keys:
        _read(line, unread)
    if keys or is_news:
        tell_read(user.pk, keys if len(keys) <= BATCH else None)


def _read(line: NotificationLine, lines: NotificationQuerySet) -> None:
    lines.update(read_at=timezone.now(), revision=line.next())


# --- By the clock -------------------------------------------------------------------------------


def forget_notifications() -> int:
    """Delete lines of which nothing was heard for 90 days, and those withdrawn a week ago; answer
    how many."""
    now = timezone.now()
    # Keys have the order of their making, and so stand in for an index of the age.
    old = Q(pk__lt=uuid7_from(now - KEPT), happened_at__lt=now - KEPT)
    withdrawn = Q(withdrawn_at__lt=now - WITHDRAWN_KEPT)
    return _forget(old) + _forget(withdrawn)


def _forget(which: Q) -> int:
    forgotten = 0
    while batch := _forget_some(which):
        forgotten += batch
    return forgotten


@transaction.atomic
def _forget_some(which: Q) -> int:
    """One batch. A device that knows less than what goes with it has to read its list anew."""
    some = list(Notification.objects.filter(which).order_by("pk")[:BATCH])
    last: defaultdict[UUID, int] = defaultdict(int)
    for line in some:
        last[line.user_id] = max(last[line.user_id], line.revision)
    for user_id, number in NotificationLine.objects.held(last).items():
        number.forgotten_revision = max(number.forgotten_revision, last[user_id])
        number.save(update_fields=["forgotten_revision"])
    Notification.objects.filter(pk__in=[line.pk for line in some]).delete()
    return len(some)
