"""The header Upload-Metadata: `key base64value` pairs with commas between."""

import binascii
from base64 import b64decode


def read_metadata(header: str) -> dict[str, str]:
    """The pairs of the header; a key alone has an empty value. `ValueError` for anything else."""
    pairs: dict[str, str] = {}
    for pair in header.split(","):
        key, _space, value = pair.strip().partition(" ")
        if not key and not value:
            continue
        if not key or not key.isascii() or key in pairs:
            raise ValueError(f"no such key: {key!r}")
        pairs[key] = _decoded(value)
    return pairs


def _decoded(value: str) -> str:
    try:
        return b64decode(value.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ValueError("not UTF-8 in Base64") from error
