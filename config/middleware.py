"""Headers that depend on the part of the site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# django-unfold evaluates Alpine expressions and sets inline styles: the admin has its own policy.
ADMIN_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)


def admin_content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give `/admin/` its own Content-Security-Policy; django-csp covers everything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/admin/"):
            response.headers["Content-Security-Policy"] = ADMIN_POLICY
        return response

    return middleware
