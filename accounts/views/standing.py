"""What is left to somebody whose account is closed: why, an appeal, their data, the way back."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlencode
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions, media, standing
from accounts.errors import Coded
from accounts.models import Decision, Export, User
from accounts.moderation.acts import BAN, SUSPEND
from accounts.moderation.statement import Statement
from accounts.notifications.mails import written_for
from accounts.requests import PageRequest
from accounts.rights import fetching

TRIES = 5  # wrong codes, before the password is asked for again


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def how_you_stand(request: PageRequest) -> HttpResponse:
    """After the right password; a POST goes away from it."""
    if request.method == "POST":
        standing.end(request.session)
        return redirect("account_login")
    person = standing.person_in(request.session)
    if person is None:
        return redirect("account_login")
    told = Decision.objects.told_to(person).in_force().prefetch_related("appeals")
    barring = [Statement(one) for one in told if one.has(SUSPEND) or one.has(BAN)]
    context = {
        "person": person,
        "statements": barring,
        "asks_code": _authenticators(person).exists(),
        **_copy(request, person),
    }
    with written_for(person):  # nobody is signed in, whose language would be known
        return render(request, "accounts/decisions/standing.html", context)


def _copy(request: PageRequest, person: User) -> dict[str, object]:
    export = Export.objects.latest_of(person)
    if export is None or not export.is_fetchable:
        return {"export": export}
    key = fetching.key_of(export, request.session.session_key)
    place = reverse("accounts:standing_copy", args=[export.pk])
    return {"export": export, "export_url": f"{place}?{urlencode({'key': key})}"}


_ACTS: dict[str, Callable[[User], object]] = {
    "copy": actions.ask_for_export,
    "leave": actions.leave_medley,
    "back": actions.come_back,
}


@require_POST
def standing_acts(request: PageRequest, act: str) -> HttpResponse:
    """Ask for a copy, leave, or come back. The password was right within the hour; whoever signs in
    with a second step gives its code here as well."""
    person = standing.person_in(request.session)
    if person is None or act not in _ACTS:
        raise Http404
    if not _confirmed(request, person):
        messages.error(request, _("This code is not right."))
        return redirect("accounts:standing")
    with suppress(Coded):  # asked for twice: the page says how it stands
        _ACTS[act](person)
    if act == "leave":  # every session ends with it, and whoever wants to can begin another
        standing.begin(request.session, User.objects.get(pk=person.pk))
    if person.is_active:
        standing.end(request.session)
        messages.success(request, _("Welcome back. Log in as always."))
        return redirect("account_login")
    return redirect("accounts:standing")


def _authenticators(person: User):
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    return Authenticator.objects.filter(user=person, type__in=kinds)


def _confirmed(request: PageRequest, person: User) -> bool:
    found = list(_authenticators(person))
    code = request.POST.get("code", "").strip()
    if not found or any(one.wrap().validate_code(code) for one in found):
        return True
    request.session["standing_tries"] = tries = request.session.get("standing_tries", 0) + 1
    if tries >= TRIES:
        request.session.pop("standing_tries")
        standing.end(request.session)
    return False


@never_cache
@require_GET
def standing_copy(request: PageRequest, export_id: UUID) -> HttpResponseBase:
    """The file, for the session that was shown its address."""
    person = standing.person_in(request.session)
    export = get_object_or_404(Export.objects.fetchable(), pk=export_id, person=person)
    key = request.GET.get("key", "")
    if person is None or not fetching.opens(export, request.session.session_key, key):
        raise Http404
    name = f"medley-{person.username}-{export.asked_at:%Y-%m-%d}.zip"
    return media.serve(request, export.file, public=False, download_as=name)
