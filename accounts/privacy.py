"""Which of somebody's privacy settings are not theirs alone to choose, and why."""

from dataclasses import dataclass

from django.utils.functional import Promise

from accounts import policy
from accounts.models import User


@dataclass(frozen=True, slots=True)
class Lock:
    """A setting that age or a guardian holds: `field` of REST's `/me/`, the rule's `code` and the
    sentence that gives the reason. `wholly` where nothing is left to choose."""

    field: str
    code: str
    sentence: str | Promise
    wholly: bool = True


def locks_of(user: User) -> list[Lock]:
    """What is locked now: asked of the policy, which is what the verb asks too."""
    found = []
    if refusal := policy.set_private(user.person, False):
        found.append(Lock("is_private", refusal.code, refusal.sentence))
    if refusal := policy.set_messages_from(user.person, policy.EVERYONE):
        left = [each for each in User.MessagesFrom.values if _may_choose(user, each)]
        found.append(Lock("messages_from", refusal.code, refusal.sentence, wholly=len(left) == 1))
    return found


def _may_choose(user: User, wanted: str) -> bool:
    return policy.set_messages_from(user.person, wanted) is None
