"""What somebody does with their notifications: look at the list, read lines."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.models import Notification, NotificationLine, User
from accounts.notifications.telling import tell_read


@transaction.atomic
def see_notifications(user: User, up_to: int) -> None:
    """The list was looked at up to this revision, and not before: the badge counts what comes
    later, on all devices."""
    line, _is_new = NotificationLine.objects.select_for_update().get_or_create(user=user)
    seen = min(up_to, line.revision)
    if seen > line.seen_revision:
        line.seen_revision = seen
        line.save(update_fields=["seen_revision"])
        tell_read(user.pk, [])


@transaction.atomic
def read_notifications(user: User, ids: Iterable[UUID]) -> None:
    """Lines were opened; ids of others are passed over."""
    unread = Notification.objects.open().filter(user=user, pk__in=list(ids))
    if keys := [str(key) for key in unread.values_list("pk", flat=True)]:
        revision = NotificationLine.objects.next_revision(user.pk)
        unread.filter(pk__in=keys).update(read_at=timezone.now(), revision=revision)
        tell_read(user.pk, keys)


@transaction.atomic
def read_all_notifications(user: User, up_to: int) -> None:
    """All lines up to this revision were read: what came since is not."""
    unread = Notification.objects.open().filter(user=user, revision__lte=up_to)
    if unread.exists():
        revision = NotificationLine.objects.next_revision(user.pk)
        unread.update(read_at=timezone.now(), revision=revision)
        lines = NotificationLine.objects.filter(user=user)
        lines.update(seen_revision=Greatest("seen_revision", up_to))
        tell_read(user.pk, None)
