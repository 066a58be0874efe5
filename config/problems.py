"""RFC 9457 problem details as Medley writes them: one shape, whichever part of it says no."""

import json
from collections.abc import Sequence
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypedDict
from urllib.parse import quote

import orjson
from django.http import HttpResponse
from django.utils.functional import Promise

CONTENT_TYPE = "application/problem+json"
UNNAMED = "about:blank"
CODES = Path(__file__).with_name("problem_codes.json")


class Told(TypedDict):
    """What is known of a code: `sentences` as gettext knows them, `statuses` of HTTP."""

    sentences: list[str]
    statuses: list[int]


Codes = dict[str, Told]


@cache
def codes() -> Codes:
    """All there are, as `make api` found them where they are declared."""
    return json.loads(CODES.read_text())


def address(code: str) -> str:
    """The path of the page about a code (config/problem_pages.py)."""
    return f"/api/problems/{code}/"


def entry(code: str, detail: str | Promise, field: str | None, *, in_body: bool) -> dict[str, Any]:
    """One thing that is wrong; `field` is dotted ("rates.0.price"), and `pointer` the same as a
    JSON pointer into the body (RFC 6901, as a fragment), where there is one."""
    pointer = pointer_to(field) if field is not None and in_body else None
    return {"code": code, "detail": str(detail), "field": field, "pointer": pointer}


def pointer_to(field: str) -> str:
    """`#/rates/0/price` for "rates.0.price"; what is said of all of it points to all of it."""
    if field == "non_field_errors":
        return "#"
    escaped = field.replace("~", "~0").replace("/", "~1")
    return "#/" + quote(escaped.replace(".", "/"), safe="/~")


def problem(status: int, errors: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """`{type, title, status, detail, code, errors}`, of one `entry` or more; the first one speaks
    for all."""
    first = errors[0]
    return {
        "type": address(first["code"]) if first["code"] in codes() else UNNAMED,
        "title": title_of(status),
        "status": status,
        "detail": first["detail"],
        "code": first["code"],
        "errors": list(errors),
    }


def title_of(status: int) -> str:
    """A status in words; 460 is of tus, and none of HTTP's."""
    return next((each.phrase for each in HTTPStatus if each == status), "Checksum Mismatch")


def problem_response(code: str, detail: str | Promise, status: int) -> HttpResponse:
    """The same where no view of REST runs: before it, or in its place."""
    body = orjson.dumps(problem(status, [entry(code, detail, None, in_body=False)]))
    return HttpResponse(body, content_type=CONTENT_TYPE, status=status)
