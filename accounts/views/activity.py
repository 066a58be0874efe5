"""The activity page: what one is told of."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts import actions
from accounts.models import Notification
from accounts.notifications import Section, kinds
from accounts.notifications.shown import shown
from accounts.notifications.telling import standing
from accounts.requests import SignedInRequest

PAGE = 30


@never_cache
@login_required
@require_GET
def activity(request: SignedInRequest) -> HttpResponse:
    """Lines, newest first, of all sections or of one; for htmx those alone. Looking at the first
    of all clears the badge."""
    section, before = request.GET.get("section", ""), _before(request)
    lines = Notification.objects.present().filter(user=request.user).order_by("-revision", "-pk")
    if section in Section.values:
        lines = lines.filter(kind__in=[k.name for k in kinds().values() if k.section == section])
    if before:
        lines = lines.filter(revision__lt=before)
    page = list(lines[: PAGE + 1])
    now = standing(request.user.pk)
    context: dict[str, Any] = {
        "lines": shown(request.user, page[:PAGE]),
        "sections": _sections(),
        "section": section,
        "before": page[PAGE - 1].revision if len(page) > PAGE else None,
        "is_first": before is None,
        **now,
    }
    if not before and not section:
        actions.see_notifications(request.user, now["revision"])
    template = "accounts/_activity.html" if request.htmx else "accounts/activity.html"
    return render(request, template, context)


def _sections() -> list[tuple[str, Any]]:
    """Those that have kinds."""
    used = {kind.section for kind in kinds().values()}
    return [(section.value, section.label) for section in Section if section in used]


def _before(request: SignedInRequest) -> int | None:
    text = request.GET.get("before", "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


@never_cache
@login_required
@require_GET
def activity_standing(request: SignedInRequest) -> JsonResponse:
    """`{unread, revision}`, for the badge of a page that was away."""
    return JsonResponse(standing(request.user.pk))


@login_required
@require_POST
def open_activity(request: SignedInRequest, notification_id: UUID) -> HttpResponse:
    """Read one line, and go where it leads; the list again where that is gone."""
    line = get_object_or_404(Notification, user=request.user, pk=notification_id)
    actions.read_notifications(request.user, [line.pk])
    found = shown(request.user, [line])
    return redirect(found[0].href if found and found[0].href else "accounts:activity")


@login_required
@require_POST
def read_activity(request: SignedInRequest) -> HttpResponse:
    """All that the page showed is read."""
    text = request.POST.get("up_to", "")
    if text.isdecimal() and len(text) <= 18:
        actions.read_all_notifications(request.user, int(text))
    return redirect("accounts:activity")
