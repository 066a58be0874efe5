"""What is passed on of a line that was written: to the person's sockets."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import translation

from accounts import live
from accounts.models import Notification, NotificationLine, User
from accounts.notifications.shown import card, shown
from accounts.reading import ANY_ID, NOBODY, Prepared


def tell(user: User, line: Notification, *, is_news: bool = True) -> None:
    """After the commit, let the person's browsers and phones know of it, in their language.

    Nothing, where they do not want it in their list or may not see what it is about."""
    if not line.is_present:
        return
    with translation.override(user.language or translation.get_language()):
        for one in shown(user, [line]):
            event = {"type": "notification", "notification": card(one), "is_news": is_news}
            live.tell_user(user.pk, event | standing(user.pk))


def tell_smaller(user: User, line: Notification) -> None:
    """Somebody took back what they did: the line as it is left, or that it went."""
    if line.withdrawn_at is None:
        tell(user, line, is_news=False)
        return
    event = {"type": "notification.withdrawn", "id": str(line.pk)}
    live.tell_user(user.pk, event | standing(user.pk))


def tell_read(user_id: UUID, ids: list[str] | None) -> None:
    """On one device lines were read: these, or (None) all that there are; or, with none, the list
    was looked at."""
    event = {"type": "notifications.read", "ids": ids}
    live.tell_user(user_id, event | standing(user_id))


def standing(user_id: UUID) -> dict[str, Any]:
    """`{unread, revision}`: the number on the badge, and how far the person's line is. What they
    may not see any more still counts, until somebody looks (badge.py)."""
    for _user, unread, revision in _standing(NOBODY, user_id):
        return {"unread": unread, "revision": revision}
    return {"unread": 0, "revision": 0}


def standings(people: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """The same of several, by person, who was ever told of anything; one query."""
    rows = _rows(NotificationLine.objects.filter(user__in=list(people)))
    return {user: {"unread": unread, "revision": revision} for user, unread, revision in rows}


def _rows(lines: QuerySet[NotificationLine]) -> Any:
    counted = lines.annotate(unread=Coalesce(Subquery(_waiting()), 0))
    return counted.values_list("user", "unread", "revision")


_standing = Prepared(
    lambda _viewer, user_id: _rows(NotificationLine.objects.filter(user=user_id)), ANY_ID
)


def _waiting() -> Any:
    """How many lines brought something since the list was looked at."""
    lines = Notification.objects.unseen(OuterRef("seen_revision")).filter(user=OuterRef("pk"))
    return lines.order_by().values("user").annotate(count=Count("pk")).values("count")
