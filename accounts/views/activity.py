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
from accounts.notifications import Section
from accounts.notifications.badge import badge_of
from accounts.notifications.listing import Place, page_of, sections
from accounts.notifications.shown import shown
from accounts.requests import SignedInRequest


@never_cache
@login_required
@require_GET
def activity(request: SignedInRequest) -> HttpResponse:
    """Lines, newest first, of all sections or of one; for htmx those alone. It changes nothing:
    that the list was looked at is said by the page's script."""
    section = _section(request)
    context: dict[str, Any] = {
        **badge_of(request.user),
        "page": page_of(request.user, section=section, after=_place(request)),
        "section": section,
    }
    if request.htmx:
        return render(request, "accounts/_activity.html", context)
    unread = Notification.objects.present().unread().filter(user=request.user)
    context |= {"sections": sections(), "has_unread": unread.exists()}
    return render(request, "accounts/activity.html", context)


def _section(request: SignedInRequest) -> Section | None:
    name = request.GET.get("section", "")
    return Section(name) if name in Section.values else None


def _place(request: SignedInRequest) -> Place | None:
    text = request.GET.get("after", "")
    try:
        return Place.read(text) if text else None
    except ValueError as error:
        raise Http404 from error


@never_cache
@login_required
@require_GET
def activity_standing(request: SignedInRequest) -> JsonResponse:
    """`{unread, revision}`, for the badge of a page that was away."""
    return JsonResponse(badge_of(request.user))


@login_required
@require_POST
def open_activity(request: SignedInRequest, notification_id: UUID) -> HttpResponse:
    """Read one line, and go where it leads; the list again where that is gone."""
    line = get_object_or_404(Notification, user=request.user, pk=notification_id)
    actions.read_notifications(request.user, [line.pk])
    found = shown(request.user, [line] if line.is_present else [])
    return redirect(found[0].href if found and found[0].href else "accounts:activity")


@login_required
@require_POST
def read_activity(request: SignedInRequest) -> HttpResponse:
    """All that the page showed is read."""
    text = request.POST.get("up_to", "")
    if text.isdecimal() and len(text) <= 18:
        actions.read_all_notifications(request.user, int(text))
    return redirect("accounts:activity")
