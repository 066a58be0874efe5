"""Times that people choose: for how long, and when."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from chat.refusals import invalid

DAY = 24 * 60 * 60
# How long messages can stay, in seconds (0: for ever), with the code of the system line that tells.
TIMERS = {0: "timer.off", DAY: "timer.day", 7 * DAY: "timer.week", 90 * DAY: "timer.quarter"}
FARTHEST = timedelta(days=366)  # "a year ahead" holds in leap years too


def moment_of(value: object) -> datetime:
    """A moment with its zone, of RFC 3339 text too; `ValidationError` (time.malformed)."""
    try:
        moment = parse_datetime(value) if isinstance(value, str) else value
    except ValueError:  # a date that no calendar has
        moment = None
    if not isinstance(moment, datetime) or timezone.is_naive(moment):
        raise invalid("time.malformed")
    return moment


def moment_ahead(value: object, noun: str) -> datetime:
    """A moment from now on, at most a year ahead.

    Raises `ValidationError` (time.malformed, `noun`.past, `noun`.too_far).
    """
    moment, now = moment_of(value), timezone.now()
    if moment <= now:
        raise invalid(f"{noun}.past")
    if moment > now + FARTHEST:
        raise invalid(f"{noun}.too_far")
    return moment
