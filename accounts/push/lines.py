"""Pushes of lines, when their jobs run: what is still news to its receiver, and what it says."""

from uuid import UUID

from django.urls import reverse
from django.utils import translation

from accounts.models import Notification, User
from accounts.notifications.choices import channels_of
from accounts.notifications.kinds import Channel, Kind, kinds
from accounts.notifications.shown import shown
from accounts.push.pushes import Push
from accounts.push.sending import awake, send
from accounts.reading import ANY_ID, NOBODY, Prepared
from accounts.regions import asking


def push_line(device_id: UUID, line_id: UUID) -> None:
    """Tell one device of the line as it is now, if it is still news to its receiver: unread, not
    taken back, theirs to see, and of a kind that they want on their devices.

    Raises `NotNow` and `Refusal` as `send` does.
    """
    line = _line.first(NOBODY, line_id)
    kind = kinds().get(line.kind) if line else None
    if line is None or kind is None:
        return
    device = awake(device_id, is_urgent=kind.is_urgent)
    if device is None or device.user_id != line.user_id or not _is_wanted(kind, device.user):
        return
    if asking.is_off_for(device.user, kind.feature):  # it waits in the list
        return
    push = push_of(device.user, line)
    if push is not None:
        send(device, push)


_line = Prepared(lambda _viewer, key: Notification.objects.open().filter(pk=key), ANY_ID)


def _is_wanted(kind: Kind, user: User) -> bool:
    return Channel.PUSH in channels_of(kind, [user])[user.pk]


def push_of(user: User, line: Notification) -> Push | None:
    """What its receiver may read of it, in their language; None where that is nothing.

    The address says nothing either: it leads to where the line does at that moment.
    """
    with translation.override(user.language or translation.get_language()):
        for one in shown(user, [line]):
            return Push(
                title=one.text,
                body=one.target.words,
                url=reverse("accounts:follow_activity", args=[line.pk]),
                tag=str(line.pk),
                id=str(line.pk),
                is_urgent=one.kind.is_urgent,
            )
    return None
