"""The seal of what is kept as evidence: whether it is still what was stored (R40)."""

import hashlib
import json
from typing import Any


def hash_of(evidence: dict[str, Any]) -> str:
    """SHA-256, in hexadecimal, of evidence as JSON with sorted keys and no spaces."""
    canonical = json.dumps(evidence, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "replace")).hexdigest()
