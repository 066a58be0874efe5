"""Errors told to Sentry, where `SENTRY_DSN` is set: where in the code, and of which request.

Nothing of what people wrote, who they are or what opens a door leaves the house.
"""

import logging
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.logging import LoggingIntegration

from accounts import tracing
from config.logs.scrubbing import scrubbed

# What an event says of the code; all else in it is dropped.
KEPT = frozenset(
    {"event_id", "timestamp", "level", "logger", "platform", "release", "environment", "sdk"}
)


def begin(dsn: str, **options: Any) -> None:
    """Tell of every exception that is logged, from here on."""
    sentry_sdk.init(
        dsn=dsn,
        include_local_variables=False,  # they hold messages
        max_request_body_size="never",
        max_breadcrumbs=0,
        default_integrations=False,
        integrations=[
            LoggingIntegration(level=None, event_level=logging.ERROR, sentry_logs_level=None)
        ],
        auto_session_tracking=False,
        before_send=reduced,
        **options,
    )


def reduced(event: Any, hint: dict[str, Any]) -> Any:
    """The event as far as it is about the code."""
    kept = {name: value for name, value in event.items() if name in KEPT}
    if said := (event.get("logentry") or {}).get("message"):
        kept["logentry"] = {"message": scrubbed(said)}  # as it is in the code, without its values
    kept["exception"] = {"values": [_exception(each) for each in _exceptions(event)]}
    kept["tags"] = tracing.current()
    return kept


def _exceptions(event: Any) -> list[dict[str, Any]]:
    return (event.get("exception") or {}).get("values") or []


def _exception(told: dict[str, Any]) -> dict[str, Any]:
    kept = {name: told.get(name) for name in ("type", "module", "stacktrace", "mechanism")}
    return kept | {"value": scrubbed(told.get("value") or "")}
