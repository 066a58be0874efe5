"""Strikes: one for a decision that found somebody at fault, for 90 days (R43)."""

from django.utils import timezone

from accounts import policy
from accounts.models import Case, Decision, Strike, User
from accounts.moderation.acts import ACTS


def give(decision: Decision) -> Strike | None:
    """The strike that this decision brings; none where none of its acts is one."""
    is_strike = any(ACTS[name].is_strike for name in decision.act_names)
    if not is_strike or decision.person_id is None:
        return None
    return Strike.objects.create(decision=decision, person_id=decision.person_id)


def take_back(decision: Decision) -> None:
    """It counts no more."""
    Strike.objects.filter(decision=decision, taken_back_at=None).update(
        taken_back_at=timezone.now()
    )


def number_of(person: User) -> int:
    """How many count now."""
    return Strike.objects.counting().filter(person=person).count()


def suggestion(case: Case) -> tuple[str, int] | None:
    """What the ladder offers for this case's owner first, as (act, days); nobody has to take it."""
    if case.owner is None:
        return None
    return policy.suggested(number_of(case.owner), case.severity)
