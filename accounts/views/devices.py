"""Devices as pages have them: the list in the settings, and the place to which a push leads."""

from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts import actions
from accounts.models import Device, Notification
from accounts.notifications.shown import shown
from accounts.push.carrying import offered
from accounts.requests import SignedInRequest


@login_required
@require_GET
def devices(request: SignedInRequest) -> HttpResponse:
    """Which of one's browsers and apps are told, this one first."""
    key = request.session.session_key
    mine = list(Device.objects.filter(user=request.user).order_by("-registered_at", "-pk"))
    mine.sort(key=lambda device: device.session_key != key)
    context = {
        "devices": mine,
        "session_key": key,
        "is_offered": Device.Kind.WEB in offered(),
    }
    return render(request, "accounts/devices.html", context)


@login_required
@require_POST
def remove_device(request: SignedInRequest, device_id: UUID) -> HttpResponse:
    """It is told no more."""
    device = get_object_or_404(Device, user=request.user, pk=device_id)
    actions.remove_device(device)
    messages.success(request, _("%(name)s is told no more.") % {"name": device.shown_name})
    return redirect("accounts:devices")


@never_cache
@login_required
@require_GET
def follow_activity(request: SignedInRequest, notification_id: UUID) -> HttpResponse:
    """To where a line leads now, for whoever pressed a push of it. The page there reads the line
    (behaviours/pushes.js): looking at an address changes nothing."""
    line = get_object_or_404(Notification, user=request.user, pk=notification_id)
    found = shown(request.user, [line])
    place = found[0].href if found and found[0].href else reverse("accounts:activity")
    return redirect(_with(place, notification=str(line.pk)))


def _with(place: str, **query: str) -> str:
    parts = urlsplit(place)
    return parts._replace(query="&".join(filter(None, [parts.query, urlencode(query)]))).geturl()
