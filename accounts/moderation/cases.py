"""Cases: opened by reports and by what programs find, claimed, passed on, annotated (R41)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit, ports
from accounts.errors import Conflict, Refused
from accounts.models import Case, CaseNote, Report, User
from accounts.models.case_note import WORDS_LIMIT
from accounts.moderation import roles
from accounts.moderation.evidence import hash_of
from accounts.moderation.priority import SEVERITY, of_case
from accounts.text import clean_lines

CLAIM = timedelta(minutes=30)


@transaction.atomic
def open_for_report(report: Report) -> Case:
    """The open case of the reported thing, made where there is none; the report joins it, and its
    priority is what it is with this one."""
    case = _open_case(
        report.kind,
        report.object_id,
        origin=Case.Origin.REPORT,
        reason=report.reason,
        severity=SEVERITY[report.reason],
        owner_id=report.owner_id,
        title=report.title,
    )
    report.case = case
    report.save(update_fields=["case"])
    _weigh(case)
    return case


@transaction.atomic
def flag(
    kind: str, object_id: UUID, *, origin: str, reason: str, severity: int, facts: dict[str, Any]
) -> Case:
    """Bring up what a program found (`origin`: hash, spam, words, nudity), for a person to decide.

    `facts` are kept as evidence with their hash: numbers, names of lists, storage names; JSON
    values. Where a case of the thing is open they are added to it (`{"hits": [...]}`).
    """
    case = _open_case(kind, object_id, origin=origin, reason=reason, severity=severity)
    hits = (case.evidence or {}).get("hits", [])
    case.evidence = {"hits": [*hits, {"origin": origin, "reason": reason, **facts}]}
    case.evidence_hash = hash_of(case.evidence)
    case.save(update_fields=["evidence", "evidence_hash"])
    _weigh(case)
    audit.record(None, "case.flagged", kind=kind, object_id=object_id, case=case, origin=origin)
    return case


@transaction.atomic
def bring_up(actor: User, kind: str, object_id: UUID) -> Case:
    """A case about something that nobody reported, or the one that is open; the actor holds it.
    Nothing is done about it before they decide. Raises as `claim`."""
    if not roles.may_decide(actor):
        raise no_role()
    case = _open_case(
        kind,
        object_id,
        origin=Case.Origin.STAFF,
        reason=Report.Reason.OTHER,
        severity=SEVERITY[Report.Reason.OTHER],
    )
    _weigh(case)
    return claim(actor, case)


def _open_case(
    kind: str,
    object_id: UUID,
    *,
    origin: str,
    reason: str,
    severity: int,
    owner_id: UUID | None = None,
    title: str = "",
) -> Case:
    waiting = Case.objects.of(kind, object_id).exclude(state=Case.State.DECIDED)
    case = waiting.select_for_update().first()
    if case is not None:
        _make_graver(case, reason, severity, origin)
        return case
    thing = ports.moderated().get(kind)
    new = Case(
        kind=kind,
        object_id=object_id,
        owner_id=owner_id or (thing.owner_id(object_id) if thing else None),
        title=(title or (thing.title(object_id) if thing else ""))[:120],
        reason=reason,
        severity=severity,
        reach=thing.reach(object_id) if thing else 1,
        priority=0,
        origin=origin,
    )
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:  # somebody else reported it in the same moment
        return waiting.select_for_update().get()
    return new


def _make_graver(case: Case, reason: str, severity: int, origin: str) -> None:
    """The gravest reason is the case's; what a list of hashes found stays that, whoever reports."""
    if severity > case.severity:
        case.severity, case.reason = severity, reason
    if origin == Case.Origin.HASH:
        case.origin = origin


def _weigh(case: Case) -> None:
    """Reach and priority as they are now."""
    thing = ports.moderated().get(case.kind)
    case.reach = thing.reach(case.object_id) if thing else case.reach
    case.priority = of_case(case)
    case.save(update_fields=["severity", "reason", "origin", "reach", "priority"])


# --- Who works on it ------------------------------------------------------------------------------


@transaction.atomic
def claim(actor: User, case: Case) -> Case:
    """Hold it for half an hour; again: half an hour more. What evidence there is can be seen while
    one holds it (R42).

    Raises `Refused` (moderation.role, case.own, appeal.same_moderator), `Conflict` (case.claimed,
    case.decided).
    """
    held = permit(actor, case)
    is_new = not held.is_held_by(actor)
    held.claimed_by, held.claimed_until = actor, timezone.now() + CLAIM
    held.save(update_fields=["claimed_by", "claimed_until"])
    if is_new:
        audit.record(actor, "case.claimed", kind=held.kind, object_id=held.object_id, case=held)
    return held


@transaction.atomic
def release(actor: User, case: Case) -> Case:
    """Give it back to the queue; nothing happens where somebody else holds it."""
    held = Case.objects.select_for_update().get(pk=case.pk)
    if held.is_held_by(actor):
        held.claimed_by = held.claimed_until = None
        held.save(update_fields=["claimed_by", "claimed_until"])
        audit.record(actor, "case.released", kind=held.kind, object_id=held.object_id, case=held)
    return held


@transaction.atomic
def note(actor: User, case: Case, words: str) -> CaseNote:
    """Leave word for the other moderators. Raises `Refused` (moderation.role), `ValidationError`
    (note.words)."""
    if not roles.may_open_case(actor, case):
        raise no_role()
    words = clean_lines(words)
    if not words or len(words) > WORDS_LIMIT:
        sentence = _("Write 1 to %(count)d characters.") % {"count": WORDS_LIMIT}
        raise ValidationError(sentence, code="note.words")
    written = CaseNote.objects.create(case=case, author=actor, words=words)
    audit.record(actor, "case.noted", kind=case.kind, object_id=case.object_id, case=case)
    return written


def permit(actor: User, case: Case, *, state: str = Case.State.OPEN) -> Case:
    """The case, locked, where the actor may work on it now. Raises as `claim`."""
    held = Case.objects.select_for_update().get(pk=case.pk)
    if not roles.may_open_case(actor, held):
        raise no_role()
    if held.owner_id == actor.pk:
        raise own()
    if held.is_appeal:
        _permit_appeal(actor, held)
    if held.state != state:
        raise Conflict("case.decided", _("This case was decided already."))
    if held.holder is not None and held.holder != actor:
        sentence = _("%(name)s is working on this case.") % {"name": held.holder.name}
        raise Conflict("case.claimed", sentence)
    return held


def _permit_appeal(actor: User, case: Case) -> None:
    """Art. 20: by somebody who had no part in the first decision."""
    if not roles.may_answer_appeals(actor):
        raise no_role()
    if case.appeal.person_id == actor.pk:
        raise own()
    first = case.appeal.decision
    if actor.pk in (first.moderator_id, first.confirmed_by_id):
        raise Refused(
            "appeal.same_moderator",
            _("You decided this yourself: an appeal goes to somebody else."),
        )


def own() -> Refused:
    """About oneself, or brought up again by oneself."""
    return Refused("case.own", _("This case is about you: somebody else decides it."))


def no_role() -> Refused:
    """Staff of another role, or none."""
    return Refused("moderation.role", _("Your role does not allow this."))
