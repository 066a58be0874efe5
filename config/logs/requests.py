"""`X-Request-ID`: every request has one, from the proxy in front or of our own, and is told it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse

from accounts import tracing
from config.metrics.http import route_of

HEADER = "X-Request-ID"
REST = "conversations/<uuid:pk>/"


class RequestIds:
    """Middleware, the first: what is logged on the way to the answer tells of which request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        trace = tracing.Known(request=tracing.id_of(request.headers.get(HEADER)))
        tracing.enter(trace)  # until the response is closed: Django logs what failed at the end
        response = self.get_response(request)
        response.headers[HEADER] = trace.facts()["request"]
        return response

    def process_view(
        self, request: HttpRequest, view: object, arguments: object, named: dict[str, Any]
    ) -> None:
        """Django's call once the route is known."""
        tracing.add(route=route_of(request))
        if conversation := _conversation(request, named):
            tracing.add(conversation=str(conversation))


def _conversation(request: HttpRequest, named: dict[str, Any]) -> UUID | None:
    """Which of them it is about; REST calls it by its key."""
    match = request.resolver_match
    is_rest = match is not None and REST in match.route
    return named.get("pk") if is_rest else named.get("conversation_id")


def _end(**_: object) -> None:
    tracing.enter(None)


request_finished.connect(_end)
