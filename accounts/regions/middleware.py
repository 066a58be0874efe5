"""The doors of pages and of the API under the rules of regions (R45)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from accounts.regions.asking import Closure, closure_of
from config.problems import problem_response

UNAVAILABLE = 451  # Unavailable For Legal Reasons, RFC 7725

GetResponse = Callable[[HttpRequest], HttpResponse]


def middleware(get_response: GetResponse) -> GetResponse:
    """Answer for the view where what it belongs to is off in the person's region."""

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    handle.process_view = _answered  # type: ignore[attr-defined]
    return handle


def _answered(request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
    closure = closure_of(request)
    if closure is None:
        return None
    response = _answer(request, closure)
    add_never_cache_headers(response)
    return response


def _answer(request: HttpRequest, closure: Closure) -> HttpResponse:
    sentence = str(closure.refusal.sentence)
    if request.path.startswith(("/api/", "/_allauth/")):
        return problem_response(closure.refusal.code, sentence, UNAVAILABLE)
    if "HX-Request" in request.headers:
        return HttpResponse(status=UNAVAILABLE, headers={"X-Refusal": quote(sentence)})
    if not request.accepts("text/html"):  # a picture, a film
        return HttpResponse(sentence, status=UNAVAILABLE, content_type="text/plain")
    context = {"closure": closure, "rule": closure.rule, "sentence": sentence}
    return render(request, "accounts/region_off.html", context, status=UNAVAILABLE)
