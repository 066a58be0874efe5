"""What moderators decided about somebody, why, and their say against it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms import AppealForm
from accounts.models import Decision
from accounts.moderation import appeals
from accounts.moderation.house_rules import HOUSE_RULES
from accounts.moderation.statement import Statement
from accounts.standing import StandingRequest, open_to_the_barred
from accounts.views.objecting import objected

PAGE = 50


@never_cache
@open_to_the_barred
@require_GET
def decisions(request: StandingRequest) -> HttpResponse:
    """All about the person, the newest first."""
    found = Decision.objects.told_to(request.person).prefetch_related("appeals")[:PAGE]
    context = {"statements": [Statement(one) for one in found], **_frame(request)}
    return render(request, "accounts/decisions/list.html", context)


@never_cache
@open_to_the_barred
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: StandingRequest, decision_id: UUID) -> HttpResponse:
    """One statement of reasons; a POST is the appeal against it."""
    told = Decision.objects.told_to(request.person).prefetch_related("appeals")
    found = get_object_or_404(told, pk=decision_id)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _appealed(request, found, form):
        return redirect("accounts:decision", decision_id)
    context = {"statement": Statement(found), "form": form, **_frame(request)}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/decisions/one.html", context, status=status)


def _appealed(request: StandingRequest, found: Decision, form: AppealForm) -> bool:
    return objected(request, form, lambda words: appeals.appeal(request.person, found, words))


def _frame(request: StandingRequest) -> dict[str, object]:
    """Which page it stands on: the settings, or what is left of them."""
    is_out = not request.user.is_authenticated
    frame = "accounts/decisions/frame_out.html" if is_out else "accounts/settings/base.html"
    return {"frame": frame, "is_out": is_out}


@require_GET
def house_rules(request: StandingRequest) -> HttpResponse:
    """What decisions name, for everybody to read."""
    return render(request, "accounts/house_rules.html", {"rules": HOUSE_RULES.values()})
