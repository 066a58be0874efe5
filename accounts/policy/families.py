"""What guardians may tighten for teenagers (R30), and how long a day is (R9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.policy.answers import Refusal, hidden, openly
from accounts.policy.people import (
    FOLLOWING,
    FRIENDS,
    MESSAGES_AGE,
    NARROWER,
    NO_ONE,
    Person,
    Relation,
)
from accounts.policy.quiet import Hours

DAY_MINUTES = 60  # under 18
QUARTER = 15  # minutes that a passcode or a guardian's yes adds to a day
GUARDIANS_AT_MOST = 2
WARDS_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Ward:
    """What guardians tightened; None or nothing, and `search` as it is, where they said nothing.

    `messages_from` narrows who may write, `quiet` adds hours without a push, `minutes` bounds the
    day, `restricted` hides what is not for everybody, `search` False takes the search away. It
    never loosens: of this and the teenager's own setting the stricter holds.
    """

    messages_from: str | None = None
    quiet: tuple[Hours, ...] = ()
    minutes: int | None = None
    restricted: bool = False
    search: bool = True

    @classmethod
    def strictest(cls, wards: Iterable["Ward"]) -> "Ward":
        """What holds where several guardians each said something."""
        all_of = list(wards)
        senders = [ward.messages_from for ward in all_of if ward.messages_from]
        minutes = [ward.minutes for ward in all_of if ward.minutes is not None]
        return cls(
            messages_from=max(senders, key=NARROWER.index, default=None),
            quiet=tuple(dict.fromkeys(hours for ward in all_of for hours in ward.quiet)),
            minutes=min(minutes, default=None),
            restricted=any(ward.restricted for ward in all_of),
            search=all(ward.search for ward in all_of),
        )

    def stored(self) -> dict[str, Any]:
        """As JSON values; only what was said."""
        quiet = [[hours.start.isoformat(), hours.end.isoformat()] for hours in self.quiet]
        said = {
            "messages_from": self.messages_from,
            "quiet": quiet or None,
            "minutes": self.minutes,
            "restricted": self.restricted or None,
            "search": None if self.search else False,
        }
        return {name: value for name, value in said.items() if value is not None}

    @classmethod
    def restored(cls, stored: Mapping[str, Any] | None) -> "Ward | None":
        """What `stored` gave; None for somebody without a guardian."""
        if stored is None:
            return None
        quiet = (map(time.fromisoformat, pair) for pair in stored.get("quiet", ()))
        return cls(**{**stored, "quiet": tuple(Hours(*pair) for pair in quiet)})


# --- The link -------------------------------------------------------------------------------------


def guard(guardian: Person, teen: Person, relation: Relation) -> Refusal | None:
    """R30: an adult guards somebody under 18, and no block lies between them (R15)."""
    if guardian.is_minor:
        return openly("R30", _("A guardian is somebody of 18 or over."))
    if not teen.is_minor:
        return openly("R30", _("Family pairing is for young people under 18."))
    if relation.blocked or not (guardian.active and teen.active):
        return hidden("R15")
    return None


def guard_one_more(*, guardians: int, wards: int) -> Refusal | None:
    """R30: so many guardians for a teenager, so many teenagers for a guardian."""
    if guardians >= GUARDIANS_AT_MOST:
        return openly("R30", _("A young person has two guardians at most."))
    if wards >= WARDS_AT_MOST:
        return openly("R30", _("A guardian has ten young people at most."))
    return None


def tighten(teen: Person, wished: Ward) -> Refusal | None:
    """R30: a guardian narrows what there is, and loosens nothing."""
    if wished.messages_from and teen.age < MESSAGES_AGE:
        return openly("R30", _("Under 16 there are no messages to narrow."))
    if wished.minutes is not None and not 1 <= wished.minutes <= DAY_MINUTES:
        return openly("R30", _("A guardian sets between 1 and 60 minutes a day."))
    return None


# --- What it means --------------------------------------------------------------------------------


def within_guard(person: Person, wanted: str) -> Refusal | None:
    """R30, told to the teenager: who may write to them is no wider than a guardian allows."""
    guarded = person.ward.messages_from if person.ward else None
    if guarded and NARROWER.index(wanted) < NARROWER.index(guarded):
        return openly("R30", _GUARDED[guarded])
    return None


_GUARDED = {
    FOLLOWING: _("Your guardian lets only people you follow write to you."),
    FRIENDS: _("Your guardian lets only friends write to you."),
    NO_ONE: _("Your guardian lets nobody write to you."),
}


def search(person: Person) -> Refusal | None:
    """R30: whether the search is there for them."""
    if person.ward and not person.ward.search:
        return openly("R30", _("Your guardian turned the search off."))
    return None


def is_restricted(person: Person | None) -> bool:
    """R30: whether they see only what is for everybody; None: somebody unknown."""
    return person is not None and person.ward is not None and person.ward.restricted


# --- The day --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Allowance:
    """One day, in minutes: `limit` (None: no end), what is `used`, and what was granted on top."""

    limit: int | None = None
    used: int = 0
    extra: int = 0

    @property
    def left(self) -> int | None:
        """Minutes until the day is over; None where it never is."""
        return None if self.limit is None else max(self.limit + self.extra - self.used, 0)

    @property
    def is_over(self) -> bool:
        return self.left == 0

    @property
    def with_a_quarter(self) -> int:
        """The `extra` with which they have a quarter of an hour from here on."""
        beyond = max(self.used - self.limit, 0) if self.limit is not None else 0
        return max(self.extra, beyond) + QUARTER


def daily_minutes(person: Person, chosen: int | None) -> int | None:
    """R9: an hour under 18; a guardian's limit and one's own count where they are shorter."""
    limits = [DAY_MINUTES] if person.is_minor else []
    if person.ward and person.ward.minutes is not None:
        limits.append(person.ward.minutes)
    if chosen is not None:
        limits.append(chosen)
    return min(limits, default=None)


def go_on(allowance: Allowance, *, has_guardian: bool) -> Refusal | None:
    """R9: whether there is something left of today."""
    if not allowance.is_over:
        return None
    sentence: str | Promise = _("That is your time for today. Your passcode opens 15 more minutes.")
    if has_guardian:
        sentence = _("That is your time for today. Your guardian can give you 15 more minutes.")
    return openly("R9", sentence)


def choose_limit(person: Person, wanted: int | None) -> Refusal | None:
    """R9, told to the person themselves: under 18 an hour at most, never more than a guardian
    allows."""
    most = daily_minutes(person, None)
    if most is None or (wanted is not None and wanted <= most):
        return None
    if person.ward and person.ward.minutes == most:
        return openly("R30", _("Your guardian set a shorter day."))
    return openly("R9", _("Under 18 a day is an hour at most."))
