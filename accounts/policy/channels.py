"""Who makes, hosts and follows a channel (R7, R15, R20)."""

from django.utils.translation import gettext_lazy as _

from accounts.policy.answers import Refusal, hidden, openly
from accounts.policy.messages import may_use_messages, present
from accounts.policy.people import Person, Relation


def run_channel(person: Person) -> Refusal | None:
    """R7: making a channel or a fan group, and hosting one, is for adults."""
    if own := may_use_messages(person):
        return own
    if person.is_minor:
        return openly("R7", _("Channels and fan groups are run by people of 18 and over."))
    return None


def host_channel(owner: Person, person: Person, relation: Relation) -> Refusal | None:
    """R7, R20: only an adult friend is asked to host a channel. The owner's relation."""
    if refusal := present(owner, person, relation):
        return refusal
    if not relation.friends:
        return openly("R20", _("Only friends can host with you: follow each other first."))
    # Their age is theirs to tell: the sentence says no more than that they cannot.
    return hidden("R7") if person.is_minor else None


def follow_channel(owner: Person | None, relation: Relation) -> Refusal | None:
    """R15: nobody follows a channel across a block with its owner, nor one whose owner is gone."""
    if owner is None or relation.blocked or not owner.active:
        return hidden("R15")
    return None
