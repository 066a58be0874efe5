"""Conditional reads of REST: whoever has the present answer already hears 304, and no body.

The tag is of the bytes of the answer: it saves the way to the phone, whatever the view. Where edits
heed `If-Match` (config/preconditions.py) the version of the thing stands before it.
"""

from collections.abc import Callable
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from config.preconditions import PreconditionFailed
from config.problems import problem_response

GetResponse = Callable[[HttpRequest], HttpResponse]

OWN = "private, no-cache"  # what one person sees: theirs to keep, and to ask about each time


def middleware(get_response: GetResponse) -> GetResponse:
    """Give what is read an `ETag`, and heed `If-None-Match` and `If-Match`."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith("/api/v1/") or not _is_whole(response):
            return response
        if request.method in ("GET", "HEAD"):
            return tagged(request, response)
        if hasattr(request, "version"):  # as it is after this edit
            response["ETag"] = _tag(request, response)
        return response

    return handle


def tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with its tag, or 304 (412) in its place."""
    response.headers.setdefault("Cache-Control", OWN)
    response["ETag"] = _tag(request, response)
    answer = get_conditional_response(request, response["ETag"], response=response)
    if answer is None:
        return response
    if answer.status_code == PreconditionFailed.status_code:
        return _failed()
    return answer


def _tag(request: HttpRequest, response: HttpResponse) -> str:
    digest = blake2b(response.content, digest_size=12).hexdigest()
    version = getattr(request, "version", "")
    return f'"{version}.{digest}"' if version else f'W/"{digest}"'


def _failed() -> HttpResponse:
    kind = PreconditionFailed
    return problem_response(kind.default_code, kind.default_detail, kind.status_code)


def _is_whole(response: HttpResponse) -> bool:
    """Whether all of it is here, may be kept, and has no tag of its own."""
    return (
        response.status_code == 200
        and not response.streaming
        and "ETag" not in response
        and "no-store" not in response.get("Cache-Control", "")
    )
