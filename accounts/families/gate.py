"""Where a day that is over closes Medley (R9), and what stays open whatever the hour."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts import policy
from accounts.families import day
from accounts.families.asking import waiting_request
from accounts.families.passcodes import has_passcode
from accounts.models import User

# Signing in and out, settings with one's data and one's family, reports, blocks, decisions, help.
_PEOPLE = r"(@<str:username>/block/|api/v1/users/<str:username>/block/)"
_ALWAYS_OPEN = re.compile(
    r"(healthz|readyz|manifest\.webmanifest|sw\.js|offline/|favicon\.ico|jsi18n/|admin/)"
    r"|(accounts/|_allauth/|standing/|settings/|report/|mail/|not-me/|transparency)"
    r"|(activity/<uuid:notification_id>/|activity/standing/|\^media/)"
    r"|api/v1/(schema/|docs/|reports/|socket-tickets/|transparency|me/(?!saved|liked|history))"
    rf"|{_PEOPLE}"
)

GetResponse = Callable[[HttpRequest], HttpResponse]


def stays_open(route: str) -> bool:
    """Whether a route (as `resolver_match.route` writes it) is there at any time."""
    return _ALWAYS_OPEN.match(route) is not None


def refusal_for(user: User) -> policy.Refusal | None:
    """R9 for this person now, by what their own row says: no query."""
    return policy.go_on(user.allowance(), has_guardian=user.guarded is not None)


def middleware(get_response: GetResponse) -> GetResponse:
    """Answer for the page where the person's day is over; `request.stays_open` tells templates
    that this one never closes."""

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    handle.process_view = _answered  # type: ignore[attr-defined]
    return handle


def _answered(request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
    match = request.resolver_match
    request.stays_open = match is None or stays_open(match.route)  # type: ignore[attr-defined]
    is_api = request.path.startswith("/api/")
    if request.stays_open or is_api or not request.user.is_authenticated:  # type: ignore[attr-defined]
        return None
    refusal = refusal_for(request.user)
    return None if refusal is None else _day_over(request, refusal)


def _day_over(request: HttpRequest, refusal: policy.Refusal) -> HttpResponse:
    sentence = str(refusal.sentence)
    if "HX-Request" in request.headers:
        headers = {"X-Refusal": quote(sentence), "HX-Refresh": "true"}
        return HttpResponse(status=403, headers=headers)
    if not request.accepts("text/html"):  # a picture, a film
        return HttpResponse(sentence, status=403, content_type="text/plain")
    back = request.get_full_path() if request.method == "GET" else "/"
    response = day_over_page(request, back=back, status=403)
    add_never_cache_headers(response)
    return response


def day_over_page(
    request: HttpRequest, *, back: str = "/", error: str = "", status: int = 200
) -> HttpResponse:
    """“That is today's time”, with the ways on that this person has."""
    user: Any = request.user
    context = {
        "allowance": user.allowance(),
        "has_passcode": has_passcode(user),
        "waiting": waiting_request(user) if user.guarded is not None else None,
        "back": back if _is_ours(request, back) else "/",
        "error": error,
        "quarter": policy.QUARTER,
    }
    return render(request, "accounts/day_over.html", context, status=status)


def _is_ours(request: HttpRequest, place: str) -> bool:
    return url_has_allowed_host_and_scheme(place, allowed_hosts={request.get_host()})


class DayOver(BaseThrottle):
    """The same for the API, whichever way an app signed in; REST framework asks its throttles once
    it knows who is there. A minute in which an app asks for something counts, whether or not it
    beats; a browser's page beats while it is looked at. Raises `Refused` (policy.R9)."""

    def allow_request(self, request: Request, view: Any) -> bool:
        match = request._request.resolver_match
        user: Any = request.user
        if match is not None and user.is_authenticated and not stays_open(match.route):
            policy.permit(refusal_for(user))
            if request.auth is not None:  # by its token
                day.beat(user)
        return True
