"""Who comes into a group, and how many it holds (R20 to R23)."""

from enum import Enum

from django.utils.translation import gettext_lazy as _

from accounts.policy.answers import Refusal, hidden, openly
from accounts.policy.messages import may_use_messages, present
from accounts.policy.people import Person, Relation

GROUP_CAPACITY = 1024
GROUP_CAPACITY_WITH_MINOR = 32


class Admission(Enum):
    """How an added person enters a group."""

    JOINS = "joins"
    INVITED = "invited"


def add_to_group(adder: Person, person: Person, relation: Relation) -> Admission | Refusal:
    """R20: only a friend adds directly; "No one" bars it; "ask me first" makes it an invitation."""
    if refusal := present(adder, person, relation):
        return refusal
    if not relation.friends:
        return openly(
            "R20", _("You can add friends only: people who follow you and whom you follow.")
        )
    return Admission.INVITED if person.asks_before_groups else Admission.JOINS


def join_by_rules(person: Person, *, has_minor: bool) -> Refusal | None:
    """R21, R22: nobody under 18 comes into a fan group unasked, and into a group with a minor comes
    nobody but by a friend or a link."""
    if own := may_use_messages(person):
        return own
    if person.is_minor:
        return openly("R22", _("Under 18 you come into this group through a friend who is in it."))
    if has_minor:
        return openly("R21", _("This group takes people through friends and links only."))
    return None


def group_capacity(*, has_minor: bool) -> int:
    """R21: how many people a group may hold."""
    return GROUP_CAPACITY_WITH_MINOR if has_minor else GROUP_CAPACITY


def group_full(capacity: int) -> Refusal:
    """R21: the last place is taken."""
    return openly("R21", _("This group is full: it holds %(count)d people.") % {"count": capacity})


def join_by_link(person: Person, owner: Relation, *, has_friend: bool) -> Refusal | None:
    """R22: 16-17 only where a friend takes part; R2 age; nobody across a block with the owner.

    `owner` is the person's relation to whoever owns the group, `has_friend` whether a friend of
    theirs is in it now.
    """
    if own := may_use_messages(person):
        return own
    if owner.blocked or not person.active:
        return hidden("R15")
    if person.is_minor and not has_friend:
        return openly("R22", _("You can join by a link where a friend of yours is in the group."))
    return None


def without_approval(creator: Person | None) -> Refusal | None:
    """R23: may a group go without approval? Not one that somebody of 16 or 17 made."""
    if creator is not None and creator.is_minor:
        return openly("R23", _("In a group made by somebody under 18, whoever joins is approved."))
    return None
