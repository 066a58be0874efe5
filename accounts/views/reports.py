"""Reporting something, and the list of what one reported."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import actions
from accounts.errors import Refused
from accounts.forms import AskAgainForm, ReportForm
from accounts.models import Block, Report, User
from accounts.models.report import ReportQuerySet
from accounts.moderation import appeals
from accounts.requests import SignedInRequest
from accounts.views.objecting import objected

PAGE = 30


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedInRequest, kind: str, object_id: UUID) -> HttpResponse:
    """What is wrong with it? For htmx and the sheet the form alone, then a word of thanks."""
    form = ReportForm(request.POST if request.method == "POST" else None)
    try:
        evidence = actions.evidence_of(request.user, kind, object_id)
        if request.method == "POST" and form.is_valid():
            actions.report(request.user, kind, object_id, **form.cleaned_data)
            return _thanks(request)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("accounts:reports")
    except Refused as refusal:
        form.add_error(None, refusal.detail)
    context = {
        "form": form,
        "title": evidence.title,
        "owner": _blockable(request.user, evidence.owner_id),
        "next": _own_path(request),
    }
    template = "accounts/_report.html" if request.htmx else "accounts/report.html"
    # A sheet shows whatever comes; only a page has to say that it is not done.
    status = 422 if form.is_bound and not request.htmx else 200
    return render(request, template, context, status=status)


def _blockable(user: User, owner_id: UUID | None) -> User | None:
    """Whom the form offers to block besides."""
    if owner_id is None or Block.objects.filter(blocker=user, blocked=owner_id).exists():
        return None
    return User.objects.active().filter(pk=owner_id).first()


def _thanks(request: SignedInRequest) -> HttpResponse:
    if request.htmx:
        return render(request, "accounts/_reported.html")
    thanks = _(
        "A person looks at it, and you hear what came of it."
        " Whom you reported never learns that it was you."
    )
    messages.success(request, thanks)
    return redirect(_own_path(request) or "accounts:reports")


def _own_path(request: SignedInRequest) -> str:
    """Where the person came from, if that is a page of ours."""
    path = request.POST.get("next") or request.GET.get("next", "")
    parts = urlsplit(path)
    is_ours = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if is_ours and not parts.scheme and not parts.netloc else ""


def _mine(request: SignedInRequest) -> ReportQuerySet:
    return Report.objects.filter(reporter=request.user).select_related("appeal").defer("evidence")


@login_required
@require_GET
def reports(request: SignedInRequest) -> HttpResponse:
    """What one reported, and what became of it."""
    mine = _mine(request).order_by("-created_at")
    page: Any = Paginator(mine, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/reports.html", {"page": page})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_made(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """One of them, and what became of it; a POST asks for another look."""
    found = get_object_or_404(_mine(request), pk=report_id)
    form = AskAgainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _asked_again(request, found, form):
        return redirect("accounts:report_made", report_id)
    context = {"report": found, "form": form, "until": _again_until(found)}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/report_made.html", context, status=status)


def _again_until(found: Report) -> datetime | None:
    return appeals.again_until(found) if appeals.may_ask_again(found) else None


def _asked_again(request: SignedInRequest, found: Report, form: AskAgainForm) -> bool:
    return objected(request, form, lambda words: appeals.ask_again(request.user, found, words))
