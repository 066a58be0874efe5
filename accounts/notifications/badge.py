"""The number on the badge of the list: of lines that are there for the person, as `shown` says."""

from typing import Any

from django.core.cache import cache
from django.db.models import F

from accounts.models import Notification, User
from accounts.notifications.shown import shown
from accounts.notifications.telling import standing
from accounts.outbox import enqueue

MOST = 100  # unseen lines that are looked at; a badge says no more than "99+"
LOOKED_EVERY = 60  # seconds, while nothing new comes: every page has a badge


def badge_of(user: User) -> dict[str, Any]:
    """`{unread, revision}` as `standing` has it, without lines about what the person may not see
    any more: an audience that was narrowed, say. A job takes those out, which the sockets hear.

    One query where nothing is unread, and where it was just looked at; else those of `shown`.
    """
    now = standing(user.pk)
    if not now["unread"]:
        return now
    key = f"badge.{user.pk.hex}.{now['revision']}.{now['unread']}"
    hidden = cache.get(key)
    if hidden is None:
        hidden = _look(user)
        cache.set(key, hidden, LOOKED_EVERY)
    return {**now, "unread": max(now["unread"] - hidden, 0)}


def unread_of(user: User) -> int:
    """The number alone (`UNREAD_COUNTERS`)."""
    return int(badge_of(user)["unread"])


def _look(user: User) -> int:
    """How many of the unseen lines are not there for the person; has them taken out."""
    unseen = Notification.objects.unseen(F("user__notification_line__seen_revision"))
    lines = list(unseen.filter(user=user).newest_first()[:MOST])
    there = {one.line.pk for one in shown(user, lines)}
    hidden = [str(line.pk) for line in lines if line.pk not in there]
    if hidden:
        enqueue("accounts.recheck_lines", user_id=str(user.pk), ids=hidden)
    return len(hidden)
