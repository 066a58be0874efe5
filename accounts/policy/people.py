"""People as the rules see them: somebody's age and settings, how two stand to each other, and what
age alone decides (R1, R4, R6)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.policy.answers import Refusal, openly

if TYPE_CHECKING:
    from accounts.policy.families import Ward

EVERYONE, FOLLOWING, FRIENDS, NO_ONE = "everyone", "following", "friends", "no_one"
FOLLOWERS = "followers"

# Of those who may write to somebody each lets in fewer than the one before it.
NARROWER = (EVERYONE, FOLLOWING, FRIENDS, NO_ONE)

MINIMUM_AGE = 13
MESSAGES_AGE = 16
ADULT_AGE = 18


@dataclass(frozen=True, slots=True)
class Person:
    """What the rules ask about somebody; `age` in whole years.

    `limited` names what strikes took from them for now ("post", "comment", "message", "follow",
    "live"), `ward` what a guardian tightened.
    """

    age: int
    messages_from: str = EVERYONE
    asks_before_groups: bool = False
    active: bool = True
    limited: frozenset[str] = frozenset()
    ward: "Ward | None" = None

    @property
    def is_minor(self) -> bool:
        return self.age < ADULT_AGE

    @property
    def reachable_by(self) -> str:
        """Who may write to them: their own setting or a guardian's, whichever is the stricter."""
        guarded = self.ward.messages_from if self.ward else None
        return max(self.messages_from, guarded or EVERYONE, key=NARROWER.index)


def narrower(one: str, other: str) -> str:
    """Of two settings of who may write, the one that lets in fewer."""
    return max(one, other, key=NARROWER.index)


@dataclass(frozen=True, slots=True)
class Relation:
    """How an actor stands to another: `follows` them, is `followed_by` them, a block either way."""

    follows: bool = False
    followed_by: bool = False
    blocked: bool = False

    @property
    def friends(self) -> bool:
        """Both follow each other and neither blocks the other."""
        return self.follows and self.followed_by and not self.blocked

    def reversed(self) -> "Relation":
        """The same pair seen from the other side."""
        return Relation(follows=self.followed_by, followed_by=self.follows, blocked=self.blocked)


def age_on(birth_date: date, today: date) -> int:
    """Whole years; who was born on 29 February turns a year older on 1 March in other years."""
    return (
        today.year
        - birth_date.year
        - ((today.month, today.day) < (birth_date.month, birth_date.day))
    )


def sign_up(age: int) -> Refusal | None:
    """R1: nobody under 13. The sentence gives the threshold away to nobody."""
    if age < MINIMUM_AGE:
        return openly("R1", _("You cannot open an account right now."))
    return None


def starts_private(age: int, *, chose_public: bool = False) -> bool:
    """R4: 13-15 private; 16-17 unless they chose to be public; adults start public."""
    return age < MESSAGES_AGE or (age < ADULT_AGE and not chose_public)


def suggests_by_default(age: int) -> bool:
    """R6: accounts of those under 16 are not suggested to others unless they ask for it."""
    return age >= MESSAGES_AGE


def streaks_by_default(age: int) -> bool:
    """R6: those under 18 take part in streaks only where they say so themselves."""
    return age >= ADULT_AGE


def set_private(person: Person, wanted: bool) -> Refusal | None:
    """R4, told to the person themselves: under 16 the account stays private."""
    if person.age < MESSAGES_AGE and not wanted:
        return openly("R4", _("Your account stays private until you are 16."))
    return None
