"""Who may reach whom: every age, block, region and privacy rule, pure functions over plain values.

The numbers (R1, R2, ...) are those of the product's rules; each refusal carries its number as a
stable code. R2, R11, R14 and R15 would tell on somebody, so others see them as
`policy.unreachable`; the rule itself goes to the log. Functions answer None for "yes" and a
`Refusal` for "no"; only `permit` raises.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.errors import Refused

logger = logging.getLogger(__name__)

EVERYONE, FOLLOWING, FRIENDS, NO_ONE = "everyone", "following", "friends", "no_one"
FOLLOWERS = "followers"
NEVER, DAILY, WEEKLY = "never", "daily", "weekly"

MINIMUM_AGE = 13
MESSAGES_AGE = 16
ADULT_AGE = 18

GROUP_CAPACITY = 1024
GROUP_CAPACITY_WITH_MINOR = 32


@dataclass(frozen=True, slots=True)
class Person:
    """What the rules ask about somebody; `age` in whole years."""

    age: int
    messages_from: str = EVERYONE
    asks_before_groups: bool = False
    active: bool = True

    @property
    def is_minor(self) -> bool:
        return self.age < ADULT_AGE


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


@dataclass(frozen=True, slots=True)
class Refusal:
    """A "no": the rule that says it, the code others may see and the sentence for a person."""

    rule: str
    code: str
    sentence: str | Promise

    def error(self) -> Refused:
        """The exception that doors translate; notes the true rule in the log."""
        logger.info("refused by %s", self.rule)
        return Refused(self.code, self.sentence)


def _open(rule: str, sentence: str | Promise) -> Refusal:
    return Refusal(rule, f"policy.{rule}", sentence)


def _hidden(rule: str) -> Refusal:
    return Refusal(rule, "policy.unreachable", _("This person cannot be reached."))


def permit(refusal: Refusal | None) -> None:
    """Raise `Refused` where a rule said no."""
    if refusal is not None:
        raise refusal.error()


# --- Age ------------------------------------------------------------------------------------------


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
        return _open("R1", _("You cannot open an account right now."))
    return None


def default_messages_from(age: int) -> str:
    """R2, R3: nobody writes to those under 18 until they themselves (from 16) say so."""
    return NO_ONE if age < ADULT_AGE else EVERYONE


def starts_private(age: int, *, chose_public: bool = False) -> bool:
    """R4: 13-15 private; 16-17 unless they chose to be public; adults start public."""
    return age < MESSAGES_AGE or (age < ADULT_AGE and not chose_public)


def suggests_by_default(age: int) -> bool:
    """R6: accounts of those under 16 are not suggested to others unless they ask for it."""
    return age >= MESSAGES_AGE


def streaks_by_default(age: int) -> bool:
    """R6: those under 18 take part in streaks only where they say so themselves."""
    return age >= ADULT_AGE


def set_messages_from(person: Person, wanted: str) -> Refusal | None:
    """R2, told to the person themselves: under 16 the setting stays at "No one"."""
    if person.age < MESSAGES_AGE and wanted != NO_ONE:
        return _open("R2", _("Messages are not available for your account yet."))
    return None


def set_private(person: Person, wanted: bool) -> Refusal | None:
    """R4, told to the person themselves: under 16 the account stays private."""
    if person.age < MESSAGES_AGE and not wanted:
        return _open("R4", _("Your account stays private until you are 16."))
    return None


def publish_sticker(person: Person) -> Refusal | None:
    """R7: what everybody may take is for adults to publish."""
    if person.is_minor:
        return _open("R7", _("You can publish stickers from 18 on."))
    return None


def may_use_messages(person: Person) -> Refusal | None:
    """R2, told to the person themselves: conversations do not exist under 16."""
    if person.age < MESSAGES_AGE:
        return _open("R2", _("Messages are not available for your account yet."))
    return None


# --- Being disturbed ------------------------------------------------------------------------------


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


def is_quiet(age: int, at: time, own: Hours | None = None) -> bool:
    """R8, and the person's own quiet hours: whether nothing is pushed at this time of their day."""
    locked = locked_quiet_hours(age)
    return any(hours.holds(at) for hours in (locked, own) if hours is not None)


def default_digest(age: int) -> str:
    """In the spirit of R8: to those of 13 to 15 Medley does not write before they ask for it."""
    return NEVER if age < MESSAGES_AGE else WEEKLY


# --- Following and seeing ------------------------------------------------------------------------


def follow(person: Person, relation: Relation) -> Refusal | None:
    """May somebody ask to follow `person`? Not across a block (R15), not who is gone."""
    if relation.blocked or not person.active:
        return _hidden("R15")
    return None


def sees_posts(relation: Relation, *, is_private: bool) -> bool:
    """Whether somebody sees the videos and lists of another; private ones are for followers."""
    return not relation.blocked and (not is_private or relation.follows)


# --- What others do with a video ------------------------------------------------------------------

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
        return _open("R5", _("Until you are 16, only friends comment on your videos, or nobody."))
    return None


def set_remixes_by(person: Person, wanted: str, *, is_private: bool) -> Refusal | None:
    """R5, told to the person themselves: under 16, or with a private account, nobody makes anything
    with their videos or downloads them."""
    if wanted == NO_ONE:
        return None
    if person.age < MESSAGES_AGE:
        return _open("R5", _("Not before you are 16. It is the same for everybody your age."))
    if is_private:
        return _open("R5", _("Not while your account is private."))
    return None


def comment_on(author: Person, relation: Relation, *, allowed_to: str = EVERYONE) -> Refusal | None:
    """R5: those whom the author lets comment, and under a video of somebody of 13 to 15 never more
    than their friends. The reader's relation."""
    if not _ALLOWS[allowed_to](relation):
        return _open("R5", _WHO_COMMENTS[allowed_to])
    if author.age < MESSAGES_AGE and not relation.friends:
        return _open("R5", _WHO_COMMENTS[FRIENDS])
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
        return _hidden("R15")
    if author.age < MESSAGES_AGE or is_private or not _ALLOWS[allowed_to](relation):
        # One sentence: which it was would tell somebody's age.
        return _open("R5", _("This video is not there to be used in others."))
    return None


def advertise(person: Person) -> Refusal | None:
    """R7: being paid for a video is for adults."""
    if person.is_minor:
        return _open("R7", _("Paid partnerships are for people of 18 and over."))
    return None


def sees_sensitive(person: Person | None) -> bool:
    """Videos marked as sensitive are there for adults, who decide; None: somebody unknown."""
    return person is not None and not person.is_minor


# --- Made together --------------------------------------------------------------------------------


def credit(author: Person, person: Person, relation: Relation) -> Refusal | None:
    """May `person` be named beside the author of a video? Friends only, and nobody of 13 to 15:
    their accounts are private (R4), and so is their picture (R5). The author's relation."""
    if author.age < MESSAGES_AGE:
        return _open("R5", _("Making videos together is for people of 16 and over."))
    if relation.blocked or not person.active:
        return _hidden("R15")
    if not relation.friends:
        return _open("R20", _("Only friends can be named beside you: follow each other first."))
    # Their age is theirs to tell.
    return _hidden("R5") if person.age < MESSAGES_AGE else None


# --- Direct messages ------------------------------------------------------------------------------


def _present(sender: Person, recipient: Person, relation: Relation) -> Refusal | None:
    """What holds for every message: R2 for both, active, no block (R15), not "No one" (R11)."""
    if own := may_use_messages(sender):
        return own
    if recipient.age < MESSAGES_AGE:
        return _hidden("R2")
    if relation.blocked or not recipient.active:
        return _hidden("R15")
    if recipient.messages_from == NO_ONE:
        return _hidden("R11")
    return None


_OPEN_TO: dict[str, Callable[[Relation], bool]] = {
    EVERYONE: lambda relation: True,
    FOLLOWING: lambda relation: relation.followed_by,
    FRIENDS: lambda relation: relation.friends,
    NO_ONE: lambda relation: False,
}


def start_direct(sender: Person, recipient: Person, relation: Relation) -> Refusal | None:
    """May `sender` open a conversation with `recipient`, or press on with an unanswered request?

    R2 age, R15 block, R11 the recipient's setting, R14 an adult and a minor only as friends.
    `relation` is the sender's towards the recipient.
    """
    if refusal := _present(sender, recipient, relation):
        return refusal
    if not _OPEN_TO[recipient.messages_from](relation):
        return _hidden("R11")
    if recipient.is_minor and not sender.is_minor and not relation.friends:
        return _hidden("R14")
    return None


def continue_direct(sender: Person, recipient: Person, relation: Relation) -> Refusal | None:
    """May `sender` write in a conversation that the recipient accepted?

    Acceptance outlives a narrower setting, but not "No one" (R11), a block (R15) or age (R2).
    """
    return _present(sender, recipient, relation)


def is_request(relation: Relation) -> bool:
    """R12: whom the recipient does not follow lands in Requests. The sender's relation."""
    return not relation.followed_by


def first_request(*, is_plain: bool) -> Refusal | None:
    """R13: a first request is text without an outside link, or a public video."""
    if not is_plain:
        return _open(
            "R13", _("A first message can hold text or a public video, no links or files.")
        )
    return None


def waiting_request() -> Refusal:
    """R13: one message, then wait for an answer."""
    return _open("R13", _("Sent. You can write more once they accept."))


FORWARD_TARGETS = 5
FORWARD_HOPS = 5


def forward(*, hops: int, targets: int) -> Refusal | None:
    """R17: at most 5 places at a time; words that were forwarded 5 times go to one at a time."""
    if targets > FORWARD_TARGETS:
        return _open("R17", _("Forward to at most 5 conversations at a time."))
    if hops >= FORWARD_HOPS and targets > 1:
        return _open("R17", _("This was forwarded many times. It goes to one place at a time."))
    return None


# --- Groups ---------------------------------------------------------------------------------------


class Admission(Enum):
    """How an added person enters a group."""

    JOINS = "joins"
    INVITED = "invited"


def add_to_group(adder: Person, person: Person, relation: Relation) -> Admission | Refusal:
    """R20: only a friend adds directly; "No one" bars it; "ask me first" makes it an invitation."""
    if refusal := _present(adder, person, relation):
        return refusal
    if not relation.friends:
        return _open(
            "R20", _("You can add friends only: people who follow you and whom you follow.")
        )
    return Admission.INVITED if person.asks_before_groups else Admission.JOINS


def join_by_rules(person: Person, *, has_minor: bool) -> Refusal | None:
    """R21, R22: nobody under 18 comes into a fan group unasked, and into a group with a minor comes
    nobody but by a friend or a link."""
    if own := may_use_messages(person):
        return own
    if person.is_minor:
        return _open("R22", _("Under 18 you come into this group through a friend who is in it."))
    if has_minor:
        return _open("R21", _("This group takes people through friends and links only."))
    return None


def group_capacity(*, has_minor: bool) -> int:
    """R21: how many people a group may hold."""
    return GROUP_CAPACITY_WITH_MINOR if has_minor else GROUP_CAPACITY


def group_full(capacity: int) -> Refusal:
    """R21: the last place is taken."""
    return _open("R21", _("This group is full: it holds %(count)d people.") % {"count": capacity})


def join_by_link(person: Person, owner: Relation, *, has_friend: bool) -> Refusal | None:
    """R22: 16-17 only where a friend takes part; R2 age; nobody across a block with the owner.

    `owner` is the person's relation to whoever owns the group, `has_friend` whether a friend of
    theirs is in it now.
    """
    if own := may_use_messages(person):
        return own
    if owner.blocked or not person.active:
        return _hidden("R15")
    if person.is_minor and not has_friend:
        return _open("R22", _("You can join by a link where a friend of yours is in the group."))
    return None


def without_approval(creator: Person | None) -> Refusal | None:
    """R23: may a group go without approval? Not one that somebody of 16 or 17 made."""
    if creator is not None and creator.is_minor:
        return _open("R23", _("In a group made by somebody under 18, whoever joins is approved."))
    return None


# --- Channels -------------------------------------------------------------------------------------


def run_channel(person: Person) -> Refusal | None:
    """R7: making a channel or a fan group, and hosting one, is for adults."""
    if own := may_use_messages(person):
        return own
    if person.is_minor:
        return _open("R7", _("Channels and fan groups are run by people of 18 and over."))
    return None


def host_channel(owner: Person, person: Person, relation: Relation) -> Refusal | None:
    """R7, R20: only an adult friend is asked to host a channel. The owner's relation."""
    if refusal := _present(owner, person, relation):
        return refusal
    if not relation.friends:
        return _open("R20", _("Only friends can host with you: follow each other first."))
    # Their age is theirs to tell: the sentence says no more than that they cannot.
    return _hidden("R7") if person.is_minor else None


def follow_channel(owner: Person | None, relation: Relation) -> Refusal | None:
    """R15: nobody follows a channel across a block with its owner, nor one whose owner is gone."""
    if owner is None or relation.blocked or not owner.active:
        return _hidden("R15")
    return None
