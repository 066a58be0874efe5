"""The settings of notifications, and the page that ends the digest."""

from collections.abc import Collection
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import actions, policy
from accounts.forms import NotificationPreferencesForm
from accounts.models import NotificationPreferences, User
from accounts.notifications import Channel, Kind, kinds
from accounts.notifications.choices import Channels, choices_of
from accounts.notifications.unsubscribing import whose
from accounts.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notification_settings(request: SignedInRequest) -> HttpResponse:
    """How, when and of what one is told; with script each choice is kept as it is made."""
    chosen = choices_of(request.user)
    own = NotificationPreferences.of(request.user)
    form = NotificationPreferencesForm(request.POST or None, instance=own, chosen=chosen)
    if form.is_valid():
        actions.choose_notifications(request.user, **form.changes())
        messages.success(request, _("Saved."))
        return redirect("accounts:notification_settings")
    context = {
        "form": form,
        "sections": _sections(chosen, set(form["wanted"].value() or [])),
        "locked": policy.locked_quiet_hours(request.user.age),
        "is_verified": _is_verified(request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/notification_settings.html", context, status=status)


def _is_verified(user: User) -> bool:
    return EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()


def _sections(chosen: dict[str, Channels], ticked: Collection[str]) -> list[tuple[str, list[Any]]]:
    """(name, rows) for the table; a row is a kind with a cell for each channel."""
    sections: dict[str, list[Any]] = {}
    for name in chosen:
        kind = kinds()[name]
        cells = [_cell(kind, channel, ticked) for channel in Channel]
        sections.setdefault(str(kind.section.label), []).append({"kind": kind, "cells": cells})
    return list(sections.items())


def _cell(kind: Kind, channel: Channel, ticked: Collection[str]) -> dict[str, Any]:
    value = f"{kind.name}:{channel.value}"
    return {
        "channel": channel,
        "value": value,
        "is_there": channel in kind.ways,
        "is_on": kind.is_urgent or value in ticked,
    }


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_digest(request: HttpRequest, token: str) -> HttpResponse:
    """End the digest of whom the address was made for, signed in or not: a mailbox posts here when
    its owner presses "unsubscribe" (RFC 8058); whoever opens it presses a button first."""
    try:
        user = whose(token)
    except signing.SignatureExpired:
        return render(request, "accounts/stop_digest.html", {"state": "expired"}, status=410)
    except signing.BadSignature:
        return render(request, "accounts/stop_digest.html", {"state": "unknown"}, status=404)
    if request.method != "POST":
        return render(request, "accounts/stop_digest.html", {"state": "asked"})
    actions.choose_notifications(user, digest=NotificationPreferences.Digest.NEVER)
    return render(request, "accounts/stop_digest.html", {"state": "stopped"})
