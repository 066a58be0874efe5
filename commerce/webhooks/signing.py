"""Signatures by which a receiver knows that it was us: HMAC-SHA256 over `id.timestamp.body`
(standardwebhooks.com, version 1.0.0)."""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """A key of 32 random bytes, as receivers write it down."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed(event: str, content: bytes, keys: Iterable[str], at: int) -> dict[str, str]:
    """The headers for `content` at a Unix time: one signature for each of the keys."""
    said = f"{event}.{at}.".encode() + content
    return {
        "webhook-id": event,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(f"v1,{_signature(said, key)}" for key in keys),
    }


def _signature(said: bytes, key: str) -> str:
    raw = b64decode(key.removeprefix(PREFIX))
    return b64encode(hmac.new(raw, said, hashlib.sha256).digest()).decode()
