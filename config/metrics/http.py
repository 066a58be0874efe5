"""How many requests of each route were answered how, and how long that took."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNROUTED = "unrouted"

ANSWERS = Counter(
    "medley_http_answers", "Requests answered, by route.", ["route", "method", "status"]
)
SECONDS = Histogram(
    "medley_http_seconds",
    "Time Django took for a request.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
SHED = Counter("medley_http_shed", "Requests turned away because too many waited.")


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Measures all that comes after it."""

    def measured(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        route = route_of(request)
        SECONDS.labels(route).observe(time.perf_counter() - began)
        ANSWERS.labels(route, _method(request), response.status_code).inc()
        return response

    return measured


def route_of(request: HttpRequest) -> str:
    """The name of the address, never what stands in it: ids and keys are nobody's business."""
    match = request.resolver_match
    return match.view_name if match else UNROUTED


def _method(request: HttpRequest) -> str:
    # Clients may say anything, and each word would be a series of its own.
    return request.method if request.method in METHODS else "other"
