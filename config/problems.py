"""RFC 9457 problem details as Medley writes them: one shape, whichever part of it says no."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.functional import Promise

CONTENT_TYPE = "application/problem+json"


def problem(status: int, errors: Sequence[dict[str, Any]], title: str = "") -> dict[str, Any]:
    """`{type, title, status, detail, code, errors: [{code, detail, field}]}`, of one error or more;
    the first one speaks for all."""
    first = errors[0]
    return {
        "type": "about:blank",
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": first["detail"],
        "code": first["code"],
        "errors": list(errors),
    }


def problem_response(code: str, detail: str | Promise, status: int) -> HttpResponse:
    """The same where no view of REST runs: before it, or in its place."""
    error = {"code": code, "detail": str(detail), "field": None}
    body = orjson.dumps(problem(status, [error]))
    return HttpResponse(body, content_type=CONTENT_TYPE, status=status)
