"""A person's day: how long it is, how it is lengthened, and the page at its end."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import families, policy
from accounts.errors import Refused
from accounts.families.gate import day_over_page
from accounts.families.passcodes import has_passcode
from accounts.families.seeing import days_of
from accounts.family_forms import LimitForm, PasscodeForm
from accounts.models import User
from accounts.requests import SignedInRequest


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def screen_time(request: SignedInRequest) -> HttpResponse:
    """Today and the days before; one's own limit."""
    form = _limit_form(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            families.set_own_limit(request.user, form.cleaned_data["minutes"])
        except Refused as error:
            form.add_error("minutes", error.detail)
        else:
            messages.success(request, _said(request.user))
            return redirect("accounts:screen_time")
    return _page(request, limit_form=form)


def _limit_form(user: User, given: Any) -> LimitForm:
    most = policy.daily_minutes(user.person, None)
    now = user.allowance().limit
    return LimitForm(given, most=most, initial={"minutes": now})


def _said(user: User) -> str:
    if user.screen_limit_from is None:
        return _("Saved. It holds from now on.")
    return _("Saved. It holds from tomorrow: a limit loosens overnight, not in the moment.")


def _page(request: SignedInRequest, **forms: Any) -> HttpResponse:
    user = request.user
    has_own = user.guarded is None and has_passcode(user)
    context = {
        "allowance": user.allowance(),
        "tomorrow": user.chosen_limit(user.day_at(timezone.now()) + timedelta(days=1)),
        "days": days_of(user),
        "most": policy.daily_minutes(user.person, None),
        "has_passcode": has_own,
        "limit_form": _limit_form(user, None),
        "passcode_form": PasscodeForm(asks_password=has_own),
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "accounts/screen_time.html", context, status=status)


@login_required
@require_POST
def screen_passcode(request: SignedInRequest) -> HttpResponse:
    """Choose the digits that let one's day go on."""
    asks_password = request.user.guarded is None and has_passcode(request.user)
    form = PasscodeForm(request.POST, asks_password=asks_password)
    if form.is_valid():
        try:
            families.set_passcode(
                request.user,
                form.cleaned_data["passcode"],
                password=form.cleaned_data.get("password", ""),
            )
        except ValidationError as error:
            form.add_error(None if hasattr(error, "error_dict") else "passcode", error)
        except Refused as error:
            form.add_error("passcode", error.detail)
        else:
            messages.success(request, _("Your passcode is set."))
            return _on(request)
    return _page(request, passcode_form=form)


@login_required
@require_POST
def screen_unlock(request: SignedInRequest) -> HttpResponse:
    """A quarter of an hour more, by the passcode."""
    try:
        families.unlock(request.user, request.POST.get("passcode", ""))
    except ValidationError as error:
        return day_over_page(request, back=_next(request), error=error.messages[0], status=422)
    except Refused as error:
        return day_over_page(request, back=_next(request), error=error.detail, status=403)
    return _on(request)


@login_required
@require_POST
def screen_ask(request: SignedInRequest) -> HttpResponse:
    """Ask the guardians; the page waits for their answer."""
    try:
        families.ask_for_more(request.user)
    except Refused as error:
        return day_over_page(request, back=_next(request), error=error.detail, status=403)
    return day_over_page(request, back=_next(request))


def _next(request: SignedInRequest) -> str:
    return request.POST.get("next", "")


def _on(request: SignedInRequest) -> HttpResponse:
    """Back to where the day ended, or to the settings."""
    place = _next(request)
    if url_has_allowed_host_and_scheme(place, allowed_hosts={request.get_host()}):
        return redirect(place)
    return redirect("accounts:screen_time")
