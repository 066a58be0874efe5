"""The bell's badge."""

from django import template

from accounts.models import User
from accounts.notifications.badge import badge_of

register = template.Library()


@register.inclusion_tag("accounts/_activity_badge.html")
def activity_badge(user: User) -> dict[str, int]:
    """What is new since the list was looked at; asked once a page, however many bells it has."""
    if not hasattr(user, "_activity"):
        user._activity = badge_of(user)  # type: ignore[attr-defined]
    return user._activity  # type: ignore[attr-defined]
