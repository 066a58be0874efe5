"""One case: what was reported, drawn as people see it, who is involved, and what can be done."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts import audit
from accounts.admin.cases.access import DeskRequest, case_for, for_moderators, shown
from accounts.admin.cases.forms import DecideForm, NoteForm, WordsForm
from accounts.media import serve
from accounts.models import AuditEntry, Case, Decision, Report, User
from accounts.moderation import exhibits, roles, strikes
from accounts.moderation.standing import Standing, records_of

LOG = 20


@for_moderators
@require_GET
def show(request: DeskRequest, case_id: UUID | str) -> HttpResponse:
    """The case, as whoever holds it or does not hold it may see it."""
    return draw(request, case_for(request.user, case_id))


def draw(request: DeskRequest, case: Case, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page; `context` brings forms that were refused, or a preview."""
    user = request.user
    is_held = roles.may_see_evidence(user, case)
    pieces = _looked_at(user, case) if is_held else []
    shared = {
        "case": case,
        "is_held": is_held,
        "pieces": pieces,
        "reports": _with_records(pieces),
        "why_not": _why_not(user, case),
        "standing": Standing.of(case),
        "decisions": _decisions(user, case),
        "notes": case.notes.select_related("author"),
        "log": _log(case),
        "form": DecideForm(cases=[case], moderator=user),
        "note_form": NoteForm(auto_id="note_%s"),
        "words_form": WordsForm(auto_id="words_%s"),
        "suggestion": strikes.suggestion(case),
    }
    return shown(request, "case.html", title=_("Case"), status=status, **shared | context)


def _looked_at(user: User, case: Case) -> list[exhibits.Piece]:
    pieces = exhibits.pieces_of(case)
    audit.record(user, "case.looked", kind=case.kind, object_id=case.object_id, case=case)
    return pieces


def _with_records(pieces: list[exhibits.Piece]) -> list[tuple[Report, int, int]]:
    """Each report with how often its reporter was right before, and how often not."""
    reports = [piece.report for piece in pieces if piece.report]
    records = records_of({report.reporter for report in reports if report.reporter})
    nobody = (0, 0)
    return [
        (report, *(records[report.reporter] if report.reporter else nobody)) for report in reports
    ]


def _why_not(user: User, case: Case) -> str:
    """Why this person cannot claim it, in a word; empty where they can."""
    if case.state != Case.State.OPEN:
        return "state"
    if case.owner_id == user.pk:
        return "own"
    if case.is_appeal:
        if case.appeal.person_id == user.pk:
            return "own"
        first = case.appeal.decision
        if user.pk in (first.moderator_id, first.confirmed_by_id):
            return "same"
    return "held" if case.holder not in (None, user) else ""


def _decisions(user: User, case: Case) -> list[Decision]:
    """Those on this case, and on an appeal the first one; each knows what `user` may do with it."""
    wanted = Decision.objects.filter(case=case)
    if case.is_appeal:
        wanted = Decision.objects.filter(pk=case.appeal.decision_id)
    found = list(wanted.select_related("moderator", "confirmed_by", "undone_by").order_by("id"))
    for decision in found:
        is_other = user.pk not in (decision.moderator_id, decision.person_id)
        is_proposed = decision.state == Decision.State.PROPOSED
        decision.may_confirm = is_proposed and is_other and roles.may_confirm(user)  # type: ignore[attr-defined]
        decision.may_undo = (  # type: ignore[attr-defined]
            decision.is_in_force
            and not case.is_appeal
            and decision.person_id != user.pk
            and roles.may_undo(user, decision.moderator_id)
        )
    return found


def _log(case: Case) -> list[AuditEntry]:
    entries = AuditEntry.objects.filter(case_id=case.pk).select_related("actor")
    return list(entries.order_by("-number")[:LOG])


@for_moderators
@require_GET
def file(request: DeskRequest, case_id: UUID, name: str) -> HttpResponseBase:
    """A file of the evidence, public or taken down, for whoever holds the case; each is logged."""
    case = case_for(request.user, case_id)
    if not roles.may_see_evidence(request.user, case):
        raise Http404
    found = exhibits.file_of(case, name)
    if found is None:
        raise Http404
    if _is_first_part(request):
        audit.record(
            request.user,
            "case.file_looked",
            kind=case.kind,
            object_id=case.object_id,
            case=case,
            file=name,
        )
    wanted = found.name if exhibits.base_name(found.name) == name else found.poster
    return serve(request, wanted, public=False)


def _is_first_part(request: DeskRequest) -> bool:
    """A player asks for one film in many parts."""
    return request.headers.get("Range", "bytes=0-").startswith("bytes=0-")
