"""What becomes of people as they grow older."""

from datetime import date, datetime, timedelta, tzinfo
from datetime import timezone as fixed_zone

from django.db import transaction
from django.utils import timezone

from accounts import policy, ports
from accounts.models import User

# The first and the last place on earth where a day begins.
EARLIEST: tzinfo = fixed_zone(timedelta(hours=14))
LATEST: tzinfo = fixed_zone(timedelta(hours=-12))
LOOKING_BACK = timedelta(days=2)


def keep_birthdays() -> int:
    """Ask the relation observers about those who came of a rule's age; answer how many.

    Looks two days back, in every time zone, so that a missed run is made good.
    """
    people = User.objects.active().filter(birth_date__in=_birth_dates(timezone.now()))
    count = 0
    for user_id in people.values_list("pk", flat=True):
        with transaction.atomic():
            ports.relation_changed(user_id)
        count += 1
    return count


def _birth_dates(now: datetime) -> list[date]:
    """The birth dates of those who turned 16 or 18 in the last two days, somewhere."""
    day = (now - LOOKING_BACK).astimezone(LATEST).date()
    last = now.astimezone(EARLIEST).date()
    dates = []
    while day <= last:
        for age in (policy.MESSAGES_AGE, policy.ADULT_AGE):
            dates += _born(day, age)
        day += timedelta(days=1)
    return dates


def _born(day: date, age: int) -> list[date]:
    """Who turns `age` on `day`: those born on 29 February do it on 1 March of other years."""
    candidates = [(day.month, day.day)]
    if (day.month, day.day) == (3, 1):
        candidates.append((2, 29))
    dates = []
    for month, number in candidates:
        try:
            born = date(day.year - age, month, number)
        except ValueError:  # no 29 February in that year
            continue
        if policy.age_on(born, day - timedelta(days=1)) < age:
            dates.append(born)
    return dates
