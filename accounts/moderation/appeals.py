"""Appeals: whom a decision concerns says why it is wrong, or whoever reported something asks for
another look where nothing was done; somebody else looks at it (Art. 20)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import Conflict, Refused
from accounts.models import Appeal, Case, Decision, Report, User
from accounts.models.appeal import WORDS_LIMIT
from accounts.models.decision import APPEAL_TIME
from accounts.moderation import cases, deciding, priority, telling
from accounts.moderation.acts import NONE
from accounts.text import clean_lines


@transaction.atomic
def appeal(person: User, decision: Decision, words: str) -> Appeal:
    """Ask for another look: once, within six months. It waits in the queue with the rest.

    Raises `Http404` for a decision about somebody else, `Refused` (appeal.late), `Conflict`
    (appeal.once, decision.settled), `ValidationError` (appeal.words).
    """
    held = Decision.objects.select_for_update().get(pk=decision.pk)
    if held.person_id != person.pk or held.state in Decision.UNTOLD:
        raise Http404
    words = _clean(words)
    if held.appeals.filter(person=person).exists():
        raise _once()
    if held.state != Decision.State.STANDING:
        raise deciding.settled()
    _in_time(held.appeal_until)
    return _file(person, held, words)


@transaction.atomic
def ask_again(person: User, report: Report, words: str) -> Appeal:
    """Ask for another look at what one reported and nothing was done against: once, within six
    months. It waits in the queue with the rest.

    Raises `Http404` for somebody else's report, `Refused` (appeal.late), `Conflict` (appeal.once,
    report.not_declined), `ValidationError` (appeal.words).
    """
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.reporter_id != person.pk:
        raise Http404
    words = _clean(words)
    if Appeal.objects.filter(report=held).exists():
        raise _once()
    decision = _that_found_nothing(held)
    if decision is None:
        sentence = _("You can ask again once we looked and found nothing.")
        raise Conflict("report.not_declined", sentence)
    _in_time(again_until(held))
    return _file(person, decision, words, report=held)


def again_until(report: Report) -> datetime | None:
    """Until when its reporter can ask for another look; None of what is open, or led to something,
    and once they asked."""
    if report.state != Report.State.KEPT or report.closed_at is None or hasattr(report, "appeal"):
        return None
    return report.closed_at + APPEAL_TIME


def may_ask_again(report: Report) -> bool:
    """Whether its reporter can, now."""
    until = again_until(report)
    return until is not None and timezone.now() <= until


def _that_found_nothing(report: Report) -> Decision | None:
    if report.case is None or report.state != Report.State.KEPT:
        return None
    standing = report.case.decisions.in_force().order_by("-id")
    return next((each for each in standing if each.has(NONE)), None)


def _file(person: User, held: Decision, words: str, report: Report | None = None) -> Appeal:
    first = held.case
    case = Case(
        kind=first.kind,
        object_id=first.object_id,
        owner=first.owner if report else person,
        title=first.title,
        reason=held.reason,
        severity=first.severity,
        reach=first.reach,
        priority=0,
        origin=Case.Origin.APPEAL,
    )
    case.priority = priority.of_case(case)
    try:
        with transaction.atomic():
            case.save(force_insert=True)
            made = Appeal.objects.create(
                decision=held, person=person, case=case, report=report, words=words
            )
    except IntegrityError:  # the other tab was quicker
        raise _once() from None
    verb = "report.appealed" if report else "decision.appealed"
    audit.record(person, verb, kind=case.kind, object_id=case.object_id, case=case)
    return made


def _in_time(until: datetime | None) -> None:
    if until is not None and timezone.now() > until:
        raise Refused("appeal.late", _("A decision can be appealed against for six months."))


def _once() -> Conflict:
    return Conflict("appeal.once", _("You appealed against this decision already."))


def _clean(words: str) -> str:
    words = clean_lines(words)
    if not words or len(words) > WORDS_LIMIT:
        sentence = _("Say why, in 1 to %(count)d characters.") % {"count": WORDS_LIMIT}
        raise ValidationError(sentence, code="appeal.words")
    return words


@transaction.atomic
def answer(actor: User, made: Appeal, *, overturn: bool, words: str) -> Appeal:
    """Decide on an appeal: the first decision stays, or is taken back with all it brought about;
    `words` are told to the person. What a reporter was right about is open again, in the hands of
    the actor.

    Raises as `cases.claim` (by nobody who had part in the first decision), `Conflict`
    (decision.settled), `ValidationError` (decision.words).
    """
    words = deciding.clean_words(words)
    case = cases.permit(actor, made.case)
    held = Appeal.objects.select_for_update().get(pk=made.pk)
    held.state = Appeal.State.OVERTURNED if overturn else Appeal.State.UPHELD
    held.answer, held.decided_by, held.decided_at = words, actor, timezone.now()
    held.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    _close(case)
    if overturn:
        first = Decision.objects.select_for_update().get(pk=held.decision_id)
        if first.is_in_force:  # its own moderator may have seen it meanwhile
            deciding.take_back(actor, first, words)
        if first.has(NONE) and first.case.state == Case.State.OPEN:
            cases.claim(actor, first.case)
    telling.tell_of_answer(held)
    audit.record(
        actor,
        "appeal.answered",
        kind=case.kind,
        object_id=case.object_id,
        case=case,
        decision=held.decision_id,
        is_overturned=overturn,
    )
    return held


def _close(case: Case) -> None:
    case.state, case.decided_at = Case.State.DECIDED, timezone.now()
    case.claimed_by = case.claimed_until = None
    case.save(update_fields=["state", "decided_at", "claimed_by", "claimed_until"])
