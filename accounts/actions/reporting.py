"""Reporting what breaks the rules (R40)."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import ports
from accounts.actions.relations import block as block_person
from accounts.errors import Refused
from accounts.models import Report, User
from accounts.models.report import WORDS_LIMIT
from accounts.moderation import cases
from accounts.moderation.evidence import hash_of
from accounts.text import clean_lines

A_DAY = timedelta(days=1)
REPORTS_A_DAY = 50


@transaction.atomic
def report(
    actor: User,
    kind: str,
    object_id: UUID | str,
    *,
    reason: str,
    words: str = "",
    block: bool = False,
) -> Report:
    """Report a thing that the actor can see; `block` also blocks whose it is. While a report of the
    same thing is open it is the answer: nothing is stored twice. Nobody but moderators is told.

    Raises `ValidationError` (report.kind, report.reason, report.words, report.self), `Refused`
    (report.too_many), `Http404` for what is not there for the actor.
    """
    words = _clean(reason, words)
    evidence = evidence_of(actor, kind, object_id)
    found = _store(actor, kind, UUID(str(object_id)), evidence, reason, words)
    if found.case_id is None:
        cases.open_for_report(found)
    if block and evidence.owner_id:
        owner = User.objects.filter(pk=evidence.owner_id).first()
        if owner is not None:
            block_person(actor, owner)
    if evidence.settle is not None:
        evidence.settle()
    return found


def evidence_of(actor: User, kind: str, object_id: UUID | str) -> ports.Evidence:
    """What a report of this would keep; raises as `report` where it cannot be reported."""
    reportable = ports.reportables().get(kind)
    if reportable is None:
        raise ValidationError(_("This cannot be reported."), code="report.kind")
    try:
        evidence = reportable(actor, UUID(str(object_id)))
    except ValueError:
        evidence = None
    if evidence is None:
        raise Http404
    if evidence.owner_id == actor.pk:
        raise ValidationError(_("That is your own."), code="report.self")
    return evidence


def _clean(reason: str, words: str) -> str:
    if reason not in Report.Reason.values:
        raise ValidationError(_("Choose what is wrong."), code="report.reason")
    words = clean_lines(words)
    if len(words) > WORDS_LIMIT:
        sentence = _("Say it in up to %(count)d characters.") % {"count": WORDS_LIMIT}
        raise ValidationError(sentence, code="report.words")
    return words


def _store(
    actor: User, kind: str, key: UUID, evidence: ports.Evidence, reason: str, words: str
) -> Report:
    open_one = Report.objects.filter(
        reporter=actor, kind=kind, object_id=key, state=Report.State.OPEN
    )
    if found := open_one.first():
        return found
    since = timezone.now() - A_DAY
    if Report.objects.filter(reporter=actor, created_at__gt=since).count() >= REPORTS_A_DAY:
        raise Refused("report.too_many", _("You reported a lot today. Come back tomorrow."))
    new = Report(
        reporter=actor,
        kind=kind,
        object_id=key,
        owner_id=evidence.owner_id,
        title=evidence.title[:120],
        reason=reason,
        words=words,
        evidence=evidence.content,
        evidence_hash=hash_of(evidence.content),
    )
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:  # the other tab was quicker
        return open_one.get()
    return new
