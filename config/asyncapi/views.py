"""Where the document is had."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from config.asyncapi.document import WRITTEN


@require_GET
@cache_control(public=True, max_age=3600)
def document(request: HttpRequest) -> HttpResponse:
    """docs/asyncapi.json, for everybody: programs make their clients of it."""
    return HttpResponse(_written(), content_type="application/json")


@cache
def _written() -> bytes:
    return WRITTEN.read_bytes()
