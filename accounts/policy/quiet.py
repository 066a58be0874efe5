"""When nobody is disturbed (R8): hours without a push, and how often Medley writes mails."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from accounts.policy.people import ADULT_AGE, MESSAGES_AGE

NEVER, DAILY, WEEKLY = "never", "daily", "weekly"


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of every day by the person's own clock, from `start` until before `end`; over
    midnight where the end is the earlier of the two."""

    start: time
    end: time

    def holds(self, at: time) -> bool:
        """Whether this moment of the day lies in it."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


def locked_quiet_hours(age: int) -> Hours | None:
    """R8: when nothing is pushed to somebody of this age, whatever they chose; None from 18 on."""
    if age >= ADULT_AGE:
        return None
    return Hours(time(21) if age < MESSAGES_AGE else time(22), time(7))


def is_quiet(age: int, at: time, own: Hours | None = None, guarded: Iterable[Hours] = ()) -> bool:
    """R8, the person's own quiet hours and their guardians': whether nothing is pushed at this time
    of their day."""
    locked = locked_quiet_hours(age)
    return any(hours.holds(at) for hours in (locked, own, *guarded) if hours is not None)


def default_digest(age: int) -> str:
    """In the spirit of R8: to those of 13 to 15 Medley does not write before they ask for it."""
    return NEVER if age < MESSAGES_AGE else WEEKLY
