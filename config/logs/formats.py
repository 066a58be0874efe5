"""How a record becomes a line: JSON for machines, words for a terminal; both scrubbed."""

import logging
from datetime import UTC, datetime
from typing import Any

import orjson

from accounts import tracing
from config.logs.scrubbing import scrubbed
from config.metrics.http import route_of


class Lines(logging.Formatter):
    """`time LEVEL logger text [request=... route=...]`, a traceback below."""

    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{name}={value}" for name, value in _facts(record).items())
        told = f"{_at(record)} {record.levelname} {record.name} {_text(record)}"
        error = _error(self, record)
        return told + (f" [{facts}]" if facts else "") + (f"\n{error}" if error else "")


class JSONLines(logging.Formatter):
    """One object a line: `at`, `level`, `logger`, `text`, `process`, the facts, `error`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": _at(record),
            "level": record.levelname,
            "logger": record.name,
            "text": _text(record),
            "process": record.process,
            **_facts(record),
        }
        if error := _error(self, record):
            line["error"] = error
        return orjson.dumps(line).decode()


def _at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _facts(record: logging.LogRecord) -> tracing.Facts:
    # A call may know more than its context: `extra={"about": {...}}`.
    return {**tracing.current(), **getattr(record, "about", {})}


def _text(record: logging.LogRecord) -> str:
    text = record.getMessage()
    request: Any = getattr(record, "request", None)
    if (path := getattr(request, "path", "")) and len(path) > 1:
        # Addresses hold keys of links, names and ids: Django logs them, we tell the route's name.
        text = text.replace(path, route_of(request))
    return scrubbed(text)


def _error(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    return scrubbed(formatter.formatException(record.exc_info))
