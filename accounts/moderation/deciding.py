"""Deciding on cases, and taking decisions back (R41). A permanent ban needs a second senior."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import Conflict, Refused
from accounts.models import Case, Decision, Report, User
from accounts.models.decision import WORDS_LIMIT
from accounts.moderation import cases, roles, strikes, telling
from accounts.moderation.acts import BAN, NONE, clean
from accounts.moderation.consequences import next_end, settle
from accounts.moderation.house_rules import HOUSE_RULES
from accounts.text import clean_lines

Chosen = Iterable[tuple[str, dict[str, Any]]]


@transaction.atomic
def decide(
    actor: User,
    case: Case,
    *,
    acts: Chosen,
    reason: str,
    rule: str,
    words: str,
    is_strike: bool = True,
) -> Decision:
    """Decide on an open case: do these acts (moderation/acts.py), tell the person what, why, under
    which rule and how to appeal, and whoever reported it what came of it.

    A ban is only proposed: it becomes a decision of its own that `confirm` brings into force, while
    all else holds at once. Answers the one in force, else the proposed one.

    Raises as `cases.claim`; `ValidationError` (decision.acts, decision.days, decision.features,
    decision.parts, decision.reason, decision.rule, decision.words).
    """
    held = cases.permit(actor, case)
    if held.is_appeal or held.origin == Case.Origin.AGE:  # appeals.py, ages.py
        raise ValidationError(_("This is answered, not decided."), code="decision.acts")
    chosen = clean(held, acts)
    said = {"reason": _reason(reason), "rule": _rule(rule), "words": clean_words(words)}
    at_once = [act for act in chosen if act["act"] != BAN]
    decision = _make(actor, held, at_once, is_strike, **said) if at_once else None
    proposed = _propose(actor, held, **said) if len(at_once) < len(chosen) else None
    _close(held, Case.State.PROPOSED if proposed else Case.State.DECIDED)
    if decision is not None:
        _answer_reports(held, decision)
    made = decision or proposed
    assert made is not None  # `clean` wants at least one act
    _record(actor, "case.decided", made, acts=[act["act"] for act in chosen], reason=reason)
    return made


def _make(
    actor: User, case: Case, acts: list[dict[str, Any]], is_strike: bool, **said: str
) -> Decision:
    is_told = acts[0]["act"] != NONE
    decision = Decision(case=case, moderator=actor, acts=acts, **said)
    decision.person = case.owner if is_told else None
    decision.save(force_insert=True)
    _bring_into_force(decision, is_strike=is_strike)
    return decision


def _propose(actor: User, case: Case, **said: str) -> Decision:
    return Decision.objects.create(
        case=case,
        moderator=actor,
        person=case.owner,
        acts=[{"act": BAN}],
        state=Decision.State.PROPOSED,
        **said,
    )


def _bring_into_force(decision: Decision, *, is_strike: bool) -> None:
    decision.until = next_end(decision)
    decision.save(update_fields=["until"])
    if is_strike:
        strikes.give(decision)
    settle(decision)
    if decision.person_id:
        telling.tell_of_decision(decision)


# --- The second pair of eyes ----------------------------------------------------------------------


@transaction.atomic
def confirm(actor: User, decision: Decision) -> Decision:
    """Bring a proposed ban into force. Raises `Refused` (moderation.role, decision.own_proposal),
    `Conflict` (decision.settled)."""
    held = _proposed(actor, decision)
    held.state = Decision.State.STANDING
    held.confirmed_by, held.confirmed_at = actor, timezone.now()
    held.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _bring_into_force(held, is_strike=True)
    _close(held.case, Case.State.DECIDED)
    _answer_reports(held.case, held)
    _record(actor, "decision.confirmed", held)
    return held


@transaction.atomic
def decline(actor: User, decision: Decision, words: str) -> Decision:
    """Leave it: the case waits again, unless something else was decided on it. Raises as
    `confirm`; `ValidationError` (decision.words)."""
    words = clean_words(words)
    held = _proposed(actor, decision)
    held.state, held.undone_words = Decision.State.DECLINED, words
    held.undone_by, held.undone_at = actor, timezone.now()
    held.save(update_fields=["state", "undone_words", "undone_by", "undone_at"])
    is_settled = held.case.decisions.in_force().exists()
    _close(held.case, Case.State.DECIDED if is_settled else Case.State.OPEN)
    _record(actor, "decision.declined", held)
    return held


def _proposed(actor: User, decision: Decision) -> Decision:
    held = _locked(decision)
    if not roles.may_confirm(actor):
        raise cases.no_role()
    if actor.pk in (held.moderator_id, held.person_id):
        raise Refused(
            "decision.own_proposal", _("A second senior has to look at it: you proposed it.")
        )
    if held.state != Decision.State.PROPOSED:
        raise settled()
    return held


# --- Taking it back -------------------------------------------------------------------------------


@transaction.atomic
def undo(actor: User, decision: Decision, words: str) -> Decision:
    """Take a decision back with all that it brought about, and tell the person. A decision that
    nothing was wrong opens the case again. What another decision in force wants stays.

    Raises `Refused` (moderation.role, case.own), `Conflict` (decision.settled), `ValidationError`
    (decision.words).
    """
    held = _locked(decision)
    if not roles.may_undo(actor, held.moderator_id):
        raise cases.no_role()
    if held.person_id == actor.pk:
        raise cases.own()
    return take_back(actor, held, clean_words(words))


def take_back(actor: User, held: Decision, words: str) -> Decision:
    """The same for who may do it anyway (appeals.py). Call it inside a transaction, with the
    decision locked."""
    if held.state != Decision.State.STANDING:
        raise settled()
    held.state, held.undone_words = Decision.State.UNDONE, words
    held.undone_by, held.undone_at = actor, timezone.now()
    held.save(update_fields=["state", "undone_words", "undone_by", "undone_at"])
    strikes.take_back(held)
    settle(held)
    if held.has(NONE):
        _open_again(held.case)
    elif held.person_id:
        telling.tell_of_undoing(held)
    _record(actor, "decision.undone", held)
    return held


def _open_again(case: Case) -> None:
    """With its reports: whoever was told that nothing was found hears of the next decision. If the
    thing was reported again meanwhile, that case stands for both."""
    waiting = Case.objects.of(case.kind, case.object_id).exclude(state=Case.State.DECIDED).first()
    if waiting is None:
        _close(case, Case.State.OPEN)
    again = Report.objects.of(case.kind, case.object_id).filter(state=Report.State.OPEN)
    told = case.reports.filter(state=Report.State.KEPT)
    told.exclude(reporter__in=again.filter(reporter__isnull=False).values("reporter")).update(
        state=Report.State.OPEN, closed_at=None, case=waiting or case
    )


# --- What all of them do --------------------------------------------------------------------------


def clean_words(words: str) -> str:
    """What a person is told, or `ValidationError` (decision.words): nobody is left without."""
    words = clean_lines(words)
    if not words or len(words) > WORDS_LIMIT:
        sentence = _("Say why, in up to %(count)d characters.") % {"count": WORDS_LIMIT}
        raise ValidationError(sentence, code="decision.words")
    return words


def _reason(reason: str) -> str:
    if reason not in Report.Reason.values:
        raise ValidationError(_("Choose a reason."), code="decision.reason")
    return reason


def _rule(rule: str) -> str:
    if rule not in HOUSE_RULES:
        raise ValidationError(_("Choose the rule that was broken."), code="decision.rule")
    return rule


def settled() -> Conflict:
    """Somebody else was quicker."""
    return Conflict("decision.settled", _("This was settled already."))


def _locked(decision: Decision) -> Decision:
    return Decision.objects.select_for_update().get(pk=decision.pk)


def _close(case: Case, state: str) -> None:
    case.state = state
    case.decided_at = timezone.now() if state == Case.State.DECIDED else None
    case.claimed_by = case.claimed_until = None
    case.save(update_fields=["state", "decided_at", "claimed_by", "claimed_until"])


def _answer_reports(case: Case, decision: Decision) -> None:
    """Everybody who reported it hears whether something was done; not what (it is not about
    them)."""
    waiting = case.reports.filter(state=Report.State.OPEN)
    reporters = list(waiting.values_list("pk", "reporter"))
    state = Report.State.KEPT if decision.has(NONE) else Report.State.ACTED
    waiting.update(state=state, closed_at=timezone.now())
    telling.tell_reporters(reporters)


def _record(actor: User, verb: str, decision: Decision, **facts: Any) -> None:
    case = decision.case
    audit.record(
        actor,
        verb,
        kind=case.kind,
        object_id=case.object_id,
        case=case,
        decision=decision.pk,
        **facts,
    )
