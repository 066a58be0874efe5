"""What is answered where no view is: under /api/ as REST does, elsewhere as a page."""

from django.http import HttpRequest, HttpResponse
from django.views import defaults
from rest_framework.exceptions import APIException, NotFound, ParseError

from config.problems import problem_response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, for what cannot be read before a view is asked."""
    return _problem(request, ParseError) or defaults.bad_request(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, also for an id that is none."""
    return _problem(request, NotFound) or defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, for what breaks outside of a view of REST."""
    return _problem(request, APIException) or defaults.server_error(request)


def _problem(request: HttpRequest, kind: type[APIException]) -> HttpResponse | None:
    if not request.path.startswith("/api/"):
        return None
    error = kind()
    return problem_response(kind.default_code, str(error.detail), error.status_code)
