"""Halves of years, by UTC."""

import re
from datetime import UTC, datetime

_PERIOD = re.compile(r"(\d{4})-([12])")


def half_of(moment: datetime) -> str:
    """The half in which it lies: "2026-2" from July on."""
    moment = moment.astimezone(UTC)
    return f"{moment.year}-{1 if moment.month <= 6 else 2}"


def bounds(period: str) -> tuple[datetime, datetime]:
    """From when, and before when. Raises `ValueError` for what is no period."""
    found = _PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(f"no half of a year: {period}")
    year, half = int(found[1]), int(found[2])
    if half == 1:
        return datetime(year, 1, 1, tzinfo=UTC), datetime(year, 7, 1, tzinfo=UTC)
    return datetime(year, 7, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
