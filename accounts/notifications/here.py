"""What those who are connected are told of a line that thousands got: the same card for all who
read the same language, each with their own numbers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import translation

from accounts.models import Notification
from accounts.notifications.shown import card, shown
from accounts.notifications.telling import standings

Event = dict[str, Any]

NEAR = 100  # changes of a person: what they are told of is among the latest


def events_of(group: str, people: Iterable[UUID]) -> dict[UUID, Event]:
    """By person, what their sockets are to hear of their line of this group, as it is now: that it
    is there, or that it went. Four queries, and those of one card for each language.

    Whoever wrote the lines has asked for each of them whether they may see what it is about.
    """
    people = list(people)
    rows = Notification.objects.filter(
        group=group,
        user__in=people,
        is_listed=True,
        revision__gt=F("user__notification_line__revision") - NEAR,
    )
    lines = {line.user_id: line for line in rows.select_related("user").order_by("revision")}
    numbers = standings(lines)
    cards = _cards([line for line in lines.values() if line.withdrawn_at is None])
    return {
        user_id: (cards.get(user_id) or _gone(line)) | numbers[user_id]
        for user_id, line in lines.items()
        if user_id in cards or line.withdrawn_at is not None
    }


def _gone(line: Notification) -> Event:
    return {"type": "notification.withdrawn", "id": str(line.pk)}


def _cards(lines: Iterable[Notification]) -> dict[UUID, Event]:
    by_language: defaultdict[str, list[Notification]] = defaultdict(list)
    for line in lines:
        by_language[line.user.language].append(line)
    found: dict[UUID, Event] = {}
    for language, some in by_language.items():
        with translation.override(language or translation.get_language()):
            found |= _cards_like_one(some)
    return found


def _cards_like_one(lines: Sequence[Notification]) -> dict[UUID, Event]:
    """One of them is read, with its receiver's rights; the others differ in two fields."""
    sample = next((one for line in lines for one in shown(line.user, [line])), None)
    if sample is None:
        return {}
    said = card(sample)
    return {
        line.user_id: {
            "type": "notification",
            "notification": {**said, "id": str(line.pk), "revision": line.revision},
            "is_news": True,
        }
        for line in lines
        if line.read_at is None
    }
