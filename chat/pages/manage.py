"""What those who run a group decide, as their page shows it."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from accounts.models import User
from chat import rights
from chat.models import Conversation
from chat.models.charter import QUESTIONS_LIMIT


def manage(user: User, group: Conversation) -> dict[str, Any]:
    """Rights with the lowest role of each, writing, joining; the group's own page links here."""
    charter = group.charter
    return {
        "group": group,
        "charter": charter,
        "rights": [
            (right, right.label, rights.lowest_role(right, group.rights)) for right in rights.Right
        ],
        "questions": [*charter.questions, *[""] * QUESTIONS_LIMIT][:QUESTIONS_LIMIT],
        "time_zone": group.time_zone or user.time_zone,
        "time_zones": _places(),
    }


@cache
def _places() -> list[str]:
    """Time zones people know by a city."""
    parts = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/")
    return sorted(zone for zone in available_timezones() if zone.startswith((*parts, "Pacific/")))
