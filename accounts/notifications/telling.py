"""What is passed on of a line that was written: to the person's sockets."""

from typing import Any
from uuid import UUID

from django.utils import translation

from accounts import live
from accounts.models import Notification, NotificationLine, User
from accounts.notifications.choices import Channels
from accounts.notifications.kinds import Channel
from accounts.notifications.shown import card, shown


def tell(user: User, line: Notification, channels: Channels) -> None:
    """After the commit, let the person's browsers and phones know of it, in their language."""
    if Channel.IN_APP not in channels:
        return
    with translation.override(user.language or translation.get_language()):
        for one in shown(user, [line]):
            event = {"type": "notification", "notification": card(one)}
            live.tell_user(user.pk, event | standing(user.pk))


def tell_withdrawn(line: Notification) -> None:
    """A line changed to the smaller, or went."""
    event = {"type": "notification.withdrawn", "id": str(line.pk)}
    live.tell_user(line.user_id, event | standing(line.user_id))


def tell_read(user_id: UUID, ids: list[str] | None) -> None:
    """Lines were read on one device: these, or (None) all."""
    event = {"type": "notifications.read", "ids": ids}
    live.tell_user(user_id, event | standing(user_id))


def standing(user_id: UUID) -> dict[str, Any]:
    """`{unread, revision}`: the number on the badge, and how far the person's line is."""
    line = NotificationLine.objects.filter(user=user_id).first()
    if line is None:
        return {"unread": 0, "revision": 0}
    waiting = (
        Notification.objects.present()
        .unread()
        .filter(user=user_id, revision__gt=line.seen_revision)
    )
    return {"unread": waiting.count(), "revision": line.revision}
