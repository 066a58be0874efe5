"""Corrections of birth dates (R10): asked for by the person, made by staff whose role it is, with a
statement to the person and a way to appeal, on record."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit, policy
from accounts.errors import Conflict, Refused
from accounts.models import Case, CaseNote, Decision, Report, User
from accounts.models.case_note import WORDS_LIMIT as NOTE_LIMIT
from accounts.models.decision import WORDS_LIMIT
from accounts.moderation import birth_dates, cases, roles, telling
from accounts.moderation.acts import CORRECT_AGE, KEEP_AGE, SUSPEND
from accounts.moderation.consequences import next_end, settle
from accounts.text import clean_lines

OLDEST = 120
ASKED_LIMIT = 1000
SEVERITY = 3


# --- Asking ---------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_correction(person: User, *, birth_date: date, words: str) -> Case:
    """Ask staff to correct one's own birth date; a case waits until somebody has looked.

    Raises `ValidationError` (birth_date.implausible, birth_date.same, age.words), `Conflict`
    (age.asked: one waits already).
    """
    _check(person, birth_date)
    words = _clean(words, ASKED_LIMIT, "age.words")
    if waiting_request(person) is not None:
        raise Conflict("age.asked", _("You asked already. Somebody will look at it."))
    return cases.flag(
        "user",
        person.pk,
        origin=Case.Origin.AGE,
        reason=Report.Reason.OTHER,
        severity=SEVERITY,
        facts={"birth_date": birth_date.isoformat(), "words": words},
    )


def waiting_request(person: User) -> Case | None:
    """The person's own request that nobody has answered yet."""
    mine = Case.objects.exclude(state=Case.State.DECIDED).filter(kind="user", object_id=person.pk)
    return next((case for case in mine if _asks(case)), None)


def answers(person: User) -> list[Decision]:
    """What was decided about their birth date, the newest first."""
    told = Decision.objects.told_to(person).filter(case__kind="user", case__object_id=person.pk)
    return [each for each in told if each.has(CORRECT_AGE) or each.has(KEEP_AGE)]


def _asks(case: Case) -> bool:
    return any("birth_date" in hit for hit in (case.evidence or {}).get("hits", ()))


# --- Answering ------------------------------------------------------------------------------------


@transaction.atomic
def correct_birth_date(
    actor: User, person: User, *, birth_date: date, words: str, evidence: str
) -> Decision:
    """Set the date, tighten what the new age does not start with, and tell the person why
    (`words`). `evidence` is for staff alone. Nothing is ever loosened; whoever turns out to be
    under 13 is suspended until their 13th birthday, and may take their data or leave.

    Raises `Refused` (moderation.role, account.outranked), `ValidationError` (relation.self,
    birth_date.implausible, birth_date.same, decision.words, note.words).
    """
    held = _held(actor, person)
    _check(held, birth_date)
    said = _clean(words, WORDS_LIMIT, "decision.words")
    seen = _clean(evidence, NOTE_LIMIT, "note.words")
    before, held.birth_date = held.birth_date, birth_date
    acts: list[dict[str, Any]] = [{"act": CORRECT_AGE, "before": before.isoformat()}]
    if days := _days_until_13(held):
        acts.append({"act": SUSPEND, "days": days})
    was = policy.age_on(before, timezone.now().date())
    birth_dates.apply(held)
    decision = _decided(actor, held, acts, said, seen)
    settle(decision)
    telling.tell_of_decision(decision)
    person.refresh_from_db()
    person.forget_person()
    _record(actor, "person.age_corrected", decision, age_before=was, age=held.age)
    return decision


@transaction.atomic
def keep_birth_date(actor: User, person: User, *, words: str, evidence: str) -> Decision:
    """Leave the date as it is, and tell the person who asked why. Raises as
    `correct_birth_date`; `Conflict` (age.not_asked)."""
    held = _held(actor, person)
    said = _clean(words, WORDS_LIMIT, "decision.words")
    seen = _clean(evidence, NOTE_LIMIT, "note.words")
    if waiting_request(held) is None:
        raise Conflict("age.not_asked", _("Nobody asked for a correction."))
    decision = _decided(actor, held, [{"act": KEEP_AGE}], said, seen)
    telling.tell_of_decision(decision)
    _record(actor, "person.age_kept", decision)
    return decision


def _held(actor: User, person: User) -> User:
    if not roles.may_help_accounts(actor):
        raise cases.no_role()
    if actor.pk == person.pk:
        raise ValidationError(_("That is you."), code="relation.self")
    if person.is_superuser and not actor.is_superuser:
        raise Refused("account.outranked", _("Only a superuser may do this to a superuser."))
    return User.objects.select_for_update().get(pk=person.pk)


def _days_until_13(person: User) -> int:
    """0 for whoever is 13 already."""
    if policy.sign_up(person.age) is None:
        return 0
    born = person.birth_date
    year = born.year + policy.MINIMUM_AGE
    is_leap_day = (born.month, born.day) == (2, 29)
    birthday = date(year, 3, 1) if is_leap_day else born.replace(year=year)
    # A day more than there are between the dates: theirs may end later than ours.
    return (birthday - timezone.now().date() + timedelta(days=1)).days


def _decided(
    actor: User, person: User, acts: list[dict[str, Any]], words: str, evidence: str
) -> Decision:
    """A decision on the request, or on a case made for it, and what staff know of it."""
    is_too_young = any(act["act"] == SUSPEND for act in acts)
    case = waiting_request(person) or _case_of(person)
    decision = Decision(case=case, moderator=actor, person=person, acts=acts, words=words)
    decision.reason = Report.Reason.MINOR if is_too_young else Report.Reason.OTHER
    decision.rule = "law" if is_too_young else "other"
    decision.until = next_end(decision)
    decision.save(force_insert=True)
    CaseNote.objects.create(case=case, author=actor, words=evidence)
    case.state, case.decided_at = Case.State.DECIDED, timezone.now()
    case.claimed_by = case.claimed_until = None
    case.save(update_fields=["state", "decided_at", "claimed_by", "claimed_until"])
    return decision


def _case_of(person: User) -> Case:
    """Decided from the start: nothing of it waits for anybody."""
    return Case.objects.create(
        kind="user",
        object_id=person.pk,
        owner=person,
        title=person.username,
        reason=Report.Reason.OTHER,
        severity=SEVERITY,
        priority=0,
        state=Case.State.DECIDED,
        origin=Case.Origin.AGE,
        decided_at=timezone.now(),
    )


def _check(person: User, birth_date: date) -> None:
    age = policy.age_on(birth_date, timezone.now().date())
    if not 0 <= age <= OLDEST:
        raise ValidationError(_("Check the year."), code="birth_date.implausible")
    if birth_date == person.birth_date:
        raise ValidationError(_("This is the date that we have."), code="birth_date.same")


def _clean(words: str, limit: int, code: str) -> str:
    words = clean_lines(words)
    if not words or len(words) > limit:
        raise ValidationError(_("Write 1 to %(count)d characters.") % {"count": limit}, code=code)
    return words


def _record(actor: User, verb: str, decision: Decision, **facts: Any) -> None:
    """Ages, not dates: the log outlives the account."""
    audit.record(
        actor,
        verb,
        kind="user",
        object_id=decision.person_id,
        case=decision.case,
        decision=decision.pk,
        **facts,
    )
