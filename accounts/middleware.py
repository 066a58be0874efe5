"""What holds for every page: a person's language and time zone, and how refusals are told."""

import zoneinfo
from collections.abc import Callable
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from accounts.errors import Conflict, Refused, Unavailable
from accounts.standing import Closed

GetResponse = Callable[[HttpRequest], HttpResponse]


def preferences(get_response: GetResponse) -> GetResponse:
    """Activate the person's language and time zone for the time of the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        if request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(zoneinfo.ZoneInfo(request.user.time_zone)):
            return get_response(request)

    return middleware


def refusals(get_response: GetResponse) -> GetResponse:
    """Tell a refusal that a view let through: as a page, or to htmx in `X-Refusal` (URL-quoted)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_exception = _told  # type: ignore[attr-defined]
    return middleware


def _told(request: HttpRequest, error: Exception) -> HttpResponse | None:
    match error:
        case Closed():
            return error.answer()
        case Refused():
            status, sentence = 403, error.detail
        case Conflict():
            status, sentence = 409, error.detail
        case ValidationError():
            status, sentence = 422, error.messages[0]
        case Unavailable():
            status, sentence = 503, error.detail
        case _:
            return None
    if "HX-Request" in request.headers:
        return HttpResponse(status=status, headers={"X-Refusal": quote(sentence)})
    return render(request, "403.html", {"sentence": sentence}, status=status)
