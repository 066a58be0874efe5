"""What decisions bring about: a thing is out of sight, a person limited, suspended or banned, as
the decisions in force say together. Asked anew with each that is made, undone or over."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import ports
from accounts.actions.sessions import end_sessions
from accounts.models import Case, Decision, User
from accounts.moderation import birth_dates, profiles
from accounts.moderation.acts import (
    BAN,
    CLOSE,
    CORRECT_AGE,
    LIMIT,
    REFUND,
    REMOVE,
    RESET,
    SENSITIVE,
    SUSPEND,
)

AT_ONCE = 500


def settle(decision: Decision) -> None:
    """Bring about what this decision changes, in its transaction; safe to do twice."""
    case = decision.case
    thing = ports.moderated().get(case.kind)
    if decision.has(REMOVE) and thing is not None:
        if _is_in_force(REMOVE, case__kind=case.kind, case__object_id=case.object_id):
            thing.take_down(case.object_id)
        else:
            thing.put_back(case.object_id)
    if case.origin == Case.Origin.SPAM and thing is not None and decision.is_in_force:
        _let_out(case, thing)
    if case.kind == "order" and thing is not None and decision.is_in_force:
        (thing.take_down if decision.has(REFUND) else thing.put_back)(case.object_id)
    if decision.has(SENSITIVE) and thing is not None:
        on = _is_in_force(SENSITIVE, case__kind=case.kind, case__object_id=case.object_id)
        thing.mark_sensitive(case.object_id, on)
    if decision.has(CLOSE):
        _settle_conversation(decision.options_of(CLOSE)["conversation"])
    if decision.has(RESET):
        profiles.settle(decision)
    if decision.has(CORRECT_AGE) and not decision.is_in_force:
        birth_dates.put_back(decision)
    if decision.person_id and {LIMIT, SUSPEND, BAN} & set(decision.act_names):
        settle_person(decision.person_id)


def _let_out(case: Case, thing: ports.Moderated) -> None:
    """What waited for this decision goes out, unless it is taken down."""
    if not _is_in_force(REMOVE, case__kind=case.kind, case__object_id=case.object_id):
        thing.put_back(case.object_id)


def _is_in_force(name: str, **about: Any) -> bool:
    decisions = Decision.objects.in_force().filter(**about)
    return any(decision.has(name) for decision in decisions)


def _settle_conversation(key: str) -> None:
    """It may have been closed by decisions about several of its messages."""
    closing = [
        decision.options_of(CLOSE).get("conversation")
        for decision in Decision.objects.in_force().filter(
            case__kind__in=("conversation", "message", "reply"), acts__icontains=key
        )
    ]
    conversation = ports.moderated()["conversation"]
    if key in closing:
        conversation.take_down(UUID(key))
    else:
        conversation.put_back(UUID(key))


# --- People ---------------------------------------------------------------------------------------


def settle_person(person_id: UUID) -> None:
    """The person's limits, suspension and ban as the decisions in force say. Whoever is suspended
    or banned is signed out everywhere; what somebody else deactivated stays so."""
    person = User.objects.select_for_update().get(pk=person_id)
    before = (person.limits, person.suspended_until, person.is_banned)
    was_barred = person.is_barred
    decisions = list(Decision.objects.in_force().filter(person=person))
    person.limits = _limits(decisions)
    person.suspended_until = max(_ends(decisions, SUSPEND), default=None)
    person.is_banned = any(decision.has(BAN) for decision in decisions)
    if before == (person.limits, person.suspended_until, person.is_banned):
        return
    if person.is_barred != was_barred:  # whoever is leaving stays away
        person.is_active = not person.is_barred and person.leaving_at is None
    person.save(update_fields=["limits", "suspended_until", "is_banned", "is_active"])
    person.forget_person()
    if person.is_barred and not was_barred:
        end_sessions(person)
    ports.relation_changed(person.pk)
    ports.card_changed("profile", person.pk)


def _limits(decisions: Iterable[Decision]) -> dict[str, str]:
    """By feature, the latest end of what limits it."""
    now, ends = timezone.now(), dict[str, datetime]()
    for decision in decisions:
        end = _end(decision, LIMIT)
        if end is None or end <= now:
            continue
        for feature in decision.options_of(LIMIT)["features"]:
            ends[feature] = max(end, ends.get(feature, end))
    return {feature: end.isoformat() for feature, end in sorted(ends.items())}


def _ends(decisions: Iterable[Decision], name: str) -> list[datetime]:
    now = timezone.now()
    ends = [_end(decision, name) for decision in decisions]
    return [end for end in ends if end is not None and end > now]


def _end(decision: Decision, name: str) -> datetime | None:
    """When this act of the decision ends by itself; None where it was not done."""
    if not decision.has(name):
        return None
    return decision.began_at + timedelta(days=decision.options_of(name)["days"])


def next_end(decision: Decision) -> datetime | None:
    """When the next of what it limits for a time is over (`Decision.until`); None: nothing is."""
    now = timezone.now()
    ends = [end for end in (_end(decision, LIMIT), _end(decision, SUSPEND)) if end is not None]
    return min((end for end in ends if end > now), default=None)


def end_due() -> int:
    """Lift what is over by now; answers of how many decisions. The job behind it may be late: a
    limit counts no more from its minute on (policy.limited_now), only the stored answers wait."""
    due = Decision.objects.in_force().filter(until__lte=timezone.now(), ended_at__isnull=True)
    keys = list(due.order_by("until").values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        _lift(key)
    return len(keys)


@transaction.atomic
def _lift(key: UUID) -> None:
    decision = Decision.objects.select_for_update().get(pk=key)
    if decision.person_id:
        settle_person(decision.person_id)
    following = next_end(decision)
    decision.until = following or decision.until
    decision.ended_at = None if following else timezone.now()
    decision.save(update_fields=["until", "ended_at"])
