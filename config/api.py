"""What every REST endpoint shares: cursor pages and problem+json errors."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import exception_handler as standardized_handler
from drf_standardized_errors.types import ErrorResponse, ExceptionHandlerContext
from rest_framework import exceptions, status
from rest_framework.pagination import CursorPagination as BaseCursorPagination
from rest_framework.response import Response

from accounts.errors import Conflict, Refused, Unavailable
from config import rates
from config.problems import CONTENT_TYPE, entry, problem


class CursorPagination(BaseCursorPagination):
    """`{next, previous, results}`, newest first; `?limit=` up to 100."""

    ordering = "-created_at"
    page_size_query_param = "limit"
    max_page_size = 100


def _api_exception(code: str, detail: str, status_code: int) -> exceptions.APIException:
    error = exceptions.APIException(detail=detail, code=code)
    error.status_code = status_code
    return error


def as_api_exception(error: Exception) -> Exception:
    """The domain's errors in REST framework's words, code kept; anything else unchanged."""
    match error:
        case Refused():
            return _api_exception(error.code, error.detail, status.HTTP_403_FORBIDDEN)
        case Conflict():
            return _api_exception(error.code, error.detail, status.HTTP_409_CONFLICT)
        case Unavailable():
            return _api_exception(error.code, error.detail, status.HTTP_503_SERVICE_UNAVAILABLE)
        case SuspiciousOperation():  # more fields than are read
            return exceptions.ParseError()
        case DjangoValidationError():
            return exceptions.ValidationError(_details(error))
    return error


def _details(error: DjangoValidationError) -> Any:
    if hasattr(error, "error_dict"):
        return {
            field: [_detail(item) for item in items] for field, items in error.error_dict.items()
        }
    return [_detail(item) for item in error.error_list]


def _detail(error: DjangoValidationError) -> exceptions.ErrorDetail:
    return exceptions.ErrorDetail(error.messages[0], code=error.code or "invalid")


def exception_handler(error: Exception, context: ExceptionHandlerContext) -> Response | None:
    """Answer with RFC 9457 problem details, `application/problem+json`."""
    response = standardized_handler(_told(error, context), context)
    if response is not None:
        response.content_type = CONTENT_TYPE
    return response


def _told(error: Exception, context: ExceptionHandlerContext) -> Exception:
    """What is answered: 429 also to those who ask too often for what they are refused."""
    request: Any = context["request"]
    if isinstance(error, exceptions.APIException) and (often := rates.over(request._request)):
        return often
    return as_api_exception(error)


class ProblemFormatter(ExceptionFormatter):
    """An error of the framework as problem details (config/problems.py)."""

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        request: Any = self.context["request"]
        in_body = request.method not in ("GET", "HEAD")
        errors = [
            entry(error.code, error.detail, error.attr, in_body=in_body)
            for error in error_response.errors
        ]
        return problem(self.exc.status_code, errors)
