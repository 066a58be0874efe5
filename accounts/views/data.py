"""One's own data as pages have it: a copy, and the end of the account (R46).

They open at any age and in any region; whoever cannot sign in has the same in views/standing.py.
"""

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions, media
from accounts.errors import Coded
from accounts.models import Export
from accounts.requests import PageRequest, SignedInRequest
from accounts.rights import fetching


@never_cache
@login_required
@require_GET
def data(request: SignedInRequest) -> HttpResponse:
    """How one's copy stands, and the way to leave; for htmx the copy's part alone."""
    template = "accounts/data/_copy.html" if request.htmx else "accounts/data/data.html"
    return render(request, template, _copy(request))


def _copy(request: SignedInRequest) -> dict[str, Any]:
    """What `_copy.html` shows: the last copy, its address where it is there, when the next may be
    asked for where that is not now."""
    export = Export.objects.latest_of(request.user)
    context: dict[str, Any] = {"export": export}
    if export and export.is_fetchable:
        key = fetching.key_of(export, request.session.session_key)
        place = reverse("accounts:fetch_copy", args=[export.pk])
        context["export_url"] = f"{place}?{urlencode({'key': key})}"
    elif export and export.state != Export.State.FAILED and export.next_at > timezone.now():
        context["may_ask_at"] = export.next_at
    return context


@login_required
@require_POST
@reauthentication_required
def ask_for_copy(request: SignedInRequest) -> HttpResponse:
    """Have a copy made; where one is on its way, or was made today, the page says so."""
    with suppress(Coded):
        actions.ask_for_export(request.user)
    return redirect("accounts:data")


@never_cache
@login_required
@require_GET
def fetch_copy(request: SignedInRequest, export_id: UUID) -> HttpResponseBase:
    """The file, for a day and for the session that was shown its address."""
    export = get_object_or_404(Export.objects.fetchable(), pk=export_id, person=request.user)
    if not fetching.opens(export, request.session.session_key, request.GET.get("key", "")):
        raise Http404
    name = f"medley-{request.user.username}-{export.asked_at:%Y-%m-%d}.zip"
    return media.serve(request, export.file, public=False, download_as=name)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def delete_account(request: SignedInRequest) -> HttpResponse:
    """What will happen; then the account is out of sight and one is signed out."""
    if request.method != "POST":
        return render(request, "accounts/data/delete.html")
    actions.leave_medley(request.user)
    logout(request)
    return redirect("accounts:left")


@require_GET
def left(request: PageRequest) -> HttpResponse:
    """A word of farewell, and how to come back."""
    return render(request, "accounts/data/left.html")
