"""Who follows whom, and who sees what somebody posts (R4, R15)."""

from accounts.policy.answers import Refusal, hidden
from accounts.policy.people import Person, Relation


def follow(person: Person, relation: Relation) -> Refusal | None:
    """May somebody ask to follow `person`? Not across a block (R15), not who is gone."""
    if relation.blocked or not person.active:
        return hidden("R15")
    return None


def sees_posts(relation: Relation, *, is_private: bool) -> bool:
    """Whether somebody sees the videos and lists of another; private ones are for followers."""
    return not relation.blocked and (not is_private or relation.follows)
