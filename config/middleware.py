"""What holds for every address: which can be read, and headers by the part of the site."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

# django-unfold evaluates Alpine expressions and sets inline styles: the admin has its own policy.
ADMIN_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)


def readable_addresses(get_response: GetResponse) -> GetResponse:
    """Turn away with 400 what has a NUL in its address: PostgreSQL's text holds none, and fields of
    forms and serializers refuse it in bodies."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return get_response(request)

    return middleware


def admin_content_security_policy(get_response: GetResponse) -> GetResponse:
    """Give `/admin/` its own Content-Security-Policy; django-csp covers everything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/admin/"):
            response.headers["Content-Security-Policy"] = ADMIN_POLICY
        return response

    return middleware
