"""What others do with somebody's videos (R5), who is paid for one (R7), and who is named in it."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from accounts.policy.answers import Refusal, hidden, openly
from accounts.policy.people import (
    ADULT_AGE,
    EVERYONE,
    FOLLOWERS,
    FRIENDS,
    MESSAGES_AGE,
    NO_ONE,
    Person,
    Relation,
)

_ALLOWS: dict[str, Callable[[Relation], bool]] = {
    EVERYONE: lambda relation: True,
    FOLLOWERS: lambda relation: relation.follows,
    FRIENDS: lambda relation: relation.friends,
    NO_ONE: lambda relation: False,
}


def default_comments_by(age: int) -> str:
    """R5: who comments on what somebody of this age posts, until they say otherwise."""
    return FRIENDS if age < MESSAGES_AGE else EVERYONE


def default_remixes_by(age: int) -> str:
    """R5: who makes duets and stitches with it: at 13-15 nobody, at 16-17 friends."""
    if age < MESSAGES_AGE:
        return NO_ONE
    return FRIENDS if age < ADULT_AGE else EVERYONE


def default_downloads_by(age: int) -> str:
    """R5: who downloads it: under 18 nobody, until they say otherwise from 16 on."""
    return NO_ONE if age < ADULT_AGE else EVERYONE


def set_comments_by(person: Person, wanted: str) -> Refusal | None:
    """R5, told to the person themselves: under 16 friends comment, or nobody."""
    if person.age < MESSAGES_AGE and wanted not in (FRIENDS, NO_ONE):
        return openly("R5", _("Until you are 16, only friends comment on your videos, or nobody."))
    return None


def set_remixes_by(person: Person, wanted: str, *, is_private: bool) -> Refusal | None:
    """R5, told to the person themselves: under 16, or with a private account, nobody makes anything
    with their videos or downloads them."""
    if wanted == NO_ONE:
        return None
    if person.age < MESSAGES_AGE:
        return openly("R5", _("Not before you are 16. It is the same for everybody your age."))
    if is_private:
        return openly("R5", _("Not while your account is private."))
    return None


def comment_on(author: Person, relation: Relation, *, allowed_to: str = EVERYONE) -> Refusal | None:
    """R5: those whom the author lets comment, and under a video of somebody of 13 to 15 never more
    than their friends. The reader's relation."""
    if not _ALLOWS[allowed_to](relation):
        return openly("R5", _WHO_COMMENTS[allowed_to])
    if author.age < MESSAGES_AGE and not relation.friends:
        return openly("R5", _WHO_COMMENTS[FRIENDS])
    return None


_WHO_COMMENTS = {
    FOLLOWERS: _("Only followers can comment here."),
    FRIENDS: _("Only friends can comment here."),
    NO_ONE: _("Comments are turned off here."),
}


def remix(
    author: Person, relation: Relation, *, is_private: bool, allowed_to: str
) -> Refusal | None:
    """R5: with videos of those of 13 to 15 and of private accounts nobody makes duets or stitches,
    nor takes their sound or a copy; with others' those do whom the author lets. The maker's
    relation."""
    if relation.blocked or not author.active:
        return hidden("R15")
    if author.age < MESSAGES_AGE or is_private or not _ALLOWS[allowed_to](relation):
        # One sentence: which it was would tell somebody's age.
        return openly("R5", _("This video is not there to be used in others."))
    return None


def advertise(person: Person) -> Refusal | None:
    """R7: being paid for a video is for adults."""
    if person.is_minor:
        return openly("R7", _("Paid partnerships are for people of 18 and over."))
    return None


def sees_sensitive(person: Person | None) -> bool:
    """Videos marked as sensitive are there for adults, who decide; None: somebody unknown."""
    return person is not None and not person.is_minor


def credit(author: Person, person: Person, relation: Relation) -> Refusal | None:
    """May `person` be named beside the author of a video? Friends only, and nobody of 13 to 15:
    their accounts are private (R4), and so is their picture (R5). The author's relation."""
    if author.age < MESSAGES_AGE:
        return openly("R5", _("Making videos together is for people of 16 and over."))
    if relation.blocked or not person.active:
        return hidden("R15")
    if not relation.friends:
        return openly("R20", _("Only friends can be named beside you: follow each other first."))
    # Their age is theirs to tell.
    return hidden("R5") if person.age < MESSAGES_AGE else None
