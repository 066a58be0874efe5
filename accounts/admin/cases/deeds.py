"""What moderators do about cases: each is a verb of `accounts.moderation`, told in a sentence."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.admin.cases import desk, page
from accounts.admin.cases.access import DeskRequest, case_for, for_moderators, shown
from accounts.admin.cases.filtering import filters_of
from accounts.admin.cases.forms import DecideForm, WordsForm
from accounts.errors import Conflict, Refused
from accounts.models import Case, Decision
from accounts.moderation import appeals, cases, deciding, queue

AT_ONCE = 50


def deed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A POST about one case; what the verb refuses is said on the case's page."""

    @for_moderators
    @require_POST
    @wraps(view)
    def done(request: DeskRequest, case_id: UUID, **kwargs: Any) -> HttpResponse:
        case = case_for(request.user, case_id)
        try:
            return view(request, case, **kwargs)
        except (Refused, Conflict) as refusal:
            messages.error(request, refusal.detail)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return to_case(case)

    return done


def to_case(case: Case) -> HttpResponse:
    """Back to its page."""
    return redirect("admin:accounts_case_change", case.pk)


# --- Holding --------------------------------------------------------------------------------------


@for_moderators
@require_POST
def take_next(request: DeskRequest) -> HttpResponse:
    """Claim the most urgent case that nobody holds, of those that the list shows."""
    case = queue.take_next(request.user, filters_of(request, desk.filter_form(request)))
    if case is None:
        messages.info(request, _("Nothing waits here."))
        return redirect("admin:accounts_case_changelist")
    return to_case(case)


@deed
def claim(request: DeskRequest, case: Case) -> HttpResponse:
    """Hold it, or hold it longer."""
    cases.claim(request.user, case)
    return to_case(case)


@deed
def release(request: DeskRequest, case: Case) -> HttpResponse:
    """Give it back to the queue."""
    cases.release(request.user, case)
    return redirect("admin:accounts_case_changelist")


@deed
def note(request: DeskRequest, case: Case) -> HttpResponse:
    """Leave word for the others."""
    cases.note(request.user, case, request.POST.get("words", ""))
    return to_case(case)


# --- Deciding -------------------------------------------------------------------------------------


@deed
def decide(request: DeskRequest, case: Case) -> HttpResponse:
    """Decide, or (`preview`) show what the person would read."""
    form = DecideForm(request.POST, cases=[case], moderator=request.user)
    if not form.is_valid():
        return page.draw(request, case, form=form, status=422)
    if "preview" in request.POST:
        return page.draw(request, case, form=form, preview=form)
    decision = deciding.decide(request.user, case, **form.decision())
    is_proposed = decision.case.decisions.filter(state=Decision.State.PROPOSED).exists()
    told = _("A second senior has to confirm the ban.") if is_proposed else _("Decided.")
    messages.success(request, told)
    return redirect("admin:accounts_case_changelist")


@deed
def answer(request: DeskRequest, case: Case) -> HttpResponse:
    """Answer an appeal: the decision stays, or is taken back."""
    form = WordsForm(request.POST, auto_id="words_%s")
    if not form.is_valid():
        return page.draw(request, case, words_form=form, status=422)
    overturn = "overturn" in request.POST
    appeals.answer(request.user, case.appeal, overturn=overturn, words=form.cleaned_data["words"])
    told = _("The decision is taken back.") if overturn else _("The decision stays.")
    messages.success(request, told)
    first = case.appeal.decision.case
    if queue.workable_by(request.user).open().filter(pk=first.pk).exists():
        return to_case(first)
    return redirect("admin:accounts_case_changelist")


@deed
def undo(request: DeskRequest, case: Case, decision_id: UUID) -> HttpResponse:
    """Take a decision back."""
    deciding.undo(request.user, _decision(case, decision_id), request.POST.get("words", ""))
    messages.success(request, _("The decision is taken back."))
    return to_case(case)


@deed
def confirm(request: DeskRequest, case: Case, decision_id: UUID) -> HttpResponse:
    """The second pair of eyes says yes."""
    deciding.confirm(request.user, _decision(case, decision_id))
    messages.success(request, _("The ban is in force."))
    return to_case(case)


@deed
def decline(request: DeskRequest, case: Case, decision_id: UUID) -> HttpResponse:
    """The second pair of eyes says no."""
    deciding.decline(request.user, _decision(case, decision_id), request.POST.get("words", ""))
    messages.success(request, _("The ban is declined."))
    return to_case(case)


def _decision(case: Case, decision_id: UUID) -> Decision:
    return get_object_or_404(Decision, pk=decision_id, case=case)


# --- Several at once ------------------------------------------------------------------------------


@for_moderators
@require_POST
def bulk(request: DeskRequest) -> HttpResponse:
    """The same decision on several cases: first the form, then (`decide`) each on its own."""
    chosen = _chosen(request)
    if not chosen:
        messages.info(request, _("Choose some cases first."))
        return redirect("admin:accounts_case_changelist")
    bound = request.POST if "decide" in request.POST else None
    form = DecideForm(bound, cases=chosen, moderator=request.user)
    if bound is None or not form.is_valid():
        title = _("One decision on several cases")
        status = 422 if bound is not None else 200
        return shown(request, "bulk.html", title=title, cases=chosen, form=form, status=status)
    _decide_each(request, chosen, form.decision())
    return redirect("admin:accounts_case_changelist")


def _chosen(request: DeskRequest) -> list[Case]:
    """What is ticked, of this moderator's own work."""
    keys = [key for key in request.POST.getlist("case")[:AT_ONCE] if _is_key(key)]
    found = queue.workable_by(request.user).open().filter(pk__in=keys)
    return list(found.exclude(origin=Case.Origin.APPEAL).by_urgency().select_related("owner"))


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _decide_each(request: DeskRequest, chosen: list[Case], decision: dict[str, Any]) -> None:
    done = 0
    for case in chosen:
        try:
            deciding.decide(request.user, case, **decision)
        except (Refused, Conflict) as refusal:
            messages.error(request, f"{case.title}: {refusal.detail}")
        except ValidationError as error:
            messages.error(request, f"{case.title}: {error.messages[0]}")
        else:
            done += 1
    told = ngettext("%(count)d case is decided.", "%(count)d cases are decided.", done)
    messages.success(request, told % {"count": done})
