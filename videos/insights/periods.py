"""Which days are looked at, and the days before with which they are compared."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

LENGTHS = (7, 28, 90, 365)
USUAL = 28


@dataclass(frozen=True, slots=True)
class Period:
    """So many days up to `last`, which is today where the creator lives."""

    days: int
    last: date

    @classmethod
    def of(cls, length: str, zone: str) -> Self:
        """What a door was asked for; "" is the usual one. Raises `ValidationError`
        (insights.days)."""
        length = length or str(USUAL)
        if length not in map(str, LENGTHS):
            raise ValidationError(_("Choose 7, 28, 90 or 365 days."), code="insights.days")
        return cls(int(length), timezone.now().astimezone(ZoneInfo(zone)).date())

    @property
    def first(self) -> date:
        return self.last - timedelta(days=self.days - 1)

    @property
    def before(self) -> "Period":
        """As many days, right before these."""
        return Period(self.days, self.first - timedelta(days=1))

    @property
    def dates(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range(self.days)]

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """When a day begins in a time zone, and when it is over: 23 or 25 hours where clocks change."""
    here = ZoneInfo(zone)
    begin, end = (datetime.combine(each, time.min, here) for each in (day, day + timedelta(days=1)))
    return begin, end
