"""Whether somebody may be disturbed now, and when age alone decides that."""

import zoneinfo
from datetime import datetime

from accounts import policy
from accounts.models import NotificationPreferences, User


def is_quiet(user: User, now: datetime, *, is_urgent: bool = False) -> bool:
    """Whether nothing may be pushed to the person now (R8, their own quiet hours and those of their
    guardians, R30): it waits in the list. What is urgent does not wait for their own.

    Who asks for many selects `notification_preferences` with them; else it is a query each.
    """
    here = now.astimezone(zoneinfo.ZoneInfo(user.time_zone))
    own = None if is_urgent else NotificationPreferences.of(user).quiet_hours
    guarded = user.person.ward.quiet if user.person.ward else ()
    age = policy.age_on(user.birth_date, here.date())
    return policy.is_quiet(age, here.time(), own, guarded)
