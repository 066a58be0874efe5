"""What those who run a group decide, as their page shows it."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from accounts import policy
from accounts.models import User
from chat import rights
from chat.models import Conversation, WordFilter
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
        "filter": WordFilter.objects.of(group),
        "filter_actions": WordFilter.Action.choices,
        "held_count": group.held_messages.count(),
        "may_set_rules": _may_set_rules(user, group),
        "time_zone": group.time_zone or user.time_zone,
        "time_zones": _places(),
    }


def _may_set_rules(user: User, group: Conversation) -> bool:
    """R7, and that there is somebody to be a fan of."""
    has_creator = not group.is_channel and group.creator is not None
    return has_creator and policy.run_channel(user.person) is None


def stored_rules(group: Conversation) -> dict[str, dict[str, Any]]:
    """What the group asks of whoever joins by themselves: the options of each rule, by kind."""
    return {rule.kind: rule.options for rule in group.join_rules.all()}


@cache
def _places() -> list[str]:
    """Time zones people know by a city."""
    parts = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/")
    return sorted(zone for zone in available_timezones() if zone.startswith((*parts, "Pacific/")))
