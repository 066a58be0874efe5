"""Conditional reads of REST: whoever has the present answer already hears 304, and no body.

The tag is of the bytes of the answer: it saves the way to the phone, whatever the view.
"""

from collections.abc import Callable
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

GetResponse = Callable[[HttpRequest], HttpResponse]

OWN = "private, no-cache"  # what one person sees: theirs to keep, and to ask about each time


def middleware(get_response: GetResponse) -> GetResponse:
    """Give what is read an `ETag`, and heed `If-None-Match` and `If-Match`."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in ("GET", "HEAD") or not request.path.startswith("/api/v1/"):
            return response
        return tagged(request, response) if _is_whole(response) else response

    return handle


def tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with its tag, or 304 (412) in its place."""
    response.headers.setdefault("Cache-Control", OWN)
    response["ETag"] = f'W/"{blake2b(response.content, digest_size=12).hexdigest()}"'
    answer = get_conditional_response(request, response["ETag"], response=response)
    return response if answer is None else answer


def _is_whole(response: HttpResponse) -> bool:
    """Whether all of it is here, may be kept, and has no tag of its own."""
    return (
        response.status_code == 200
        and not response.streaming
        and "ETag" not in response
        and "no-store" not in response.get("Cache-Control", "")
    )
