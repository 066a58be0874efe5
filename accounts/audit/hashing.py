"""How one entry is tied to the one before."""

import hashlib
import json
from typing import Any

from accounts.models.audit import AuditEntry


def hash_of(entry: AuditEntry) -> str:
    """SHA-256, in hexadecimal, of the entry's content as JSON with sorted keys and no spaces."""
    canonical = json.dumps(
        entry.content(), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(canonical.encode("utf-8", "replace")).hexdigest()


def plain(value: Any) -> Any:
    """The value as JSON that both databases give back as it was: no fractions, no other types."""
    match value:
        case None | bool() | int():
            return value
        case dict():
            return {str(key): plain(each) for key, each in value.items()}
        case list() | tuple() | set() | frozenset():
            ordered = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
            return [plain(each) for each in ordered]
    return str(value)
