"""How somebody signs in, where they are signed in, and what happened to that lately."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import actions, sign_ins
from accounts.models import SecurityEvent, SignIn
from accounts.requests import SignedInRequest

EVENTS = 20


@login_required
@require_GET
def security(request: SignedInRequest) -> HttpResponse:
    """All of it in one place."""
    ways = list(Authenticator.objects.filter(user=request.user).order_by("pk"))
    context = {
        "passkeys": [each for each in ways if each.type == Authenticator.Type.WEBAUTHN],
        "has_totp": any(each.type == Authenticator.Type.TOTP for each in ways),
        "recovery": next(
            (each for each in ways if each.type == Authenticator.Type.RECOVERY_CODES), None
        ),
        "sessions": sign_ins.of(request.user),
        "session_key": request.session.session_key,
        "events": SecurityEvent.objects.filter(user=request.user).lately()[:EVENTS],
    }
    return render(request, "accounts/settings/security.html", context)


@login_required
@require_POST
def end_sessions(request: SignedInRequest) -> HttpResponse:
    """Sign out everywhere else."""
    actions.end_sessions(request.user, keep=request.session)
    messages.success(request, _("Every other device is signed out."))
    return redirect("accounts:security")


@login_required
@require_POST
def end_session(request: SignedInRequest, sign_in_id: UUID) -> HttpResponse:
    """Sign out in one browser or app; in this one it is logging out."""
    sign_in = get_object_or_404(SignIn, user=request.user, pk=sign_in_id)
    actions.end_session(request.user, sign_in)
    if sign_in.session_key == request.session.session_key:
        request.session.flush()
        return redirect("account_login")
    messages.success(request, _("%(name)s is signed out.") % {"name": sign_in.shown_name})
    return redirect("accounts:security")
