"""Moments as they are written on the wire."""

from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(256)  # all messages of a commit have the same
def moment(value: datetime | None) -> str | None:
    """RFC 3339 in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None
