"""Signed webhooks in the form that Stripe made known: `t=<seconds>,v1=<HMAC-SHA256>`
(docs.stripe.com/webhooks)."""

import hashlib
import hmac
import time

from commerce.payments.port import Forged

TOLERANCE = 5 * 60  # seconds


def signature(body: bytes, secret: str, at: int | None = None) -> str:
    """The header for `body`, signed now or at a Unix time."""
    moment = int(time.time()) if at is None else at
    return f"t={moment},v1={_hashed(body, secret, moment)}"


def check(body: bytes, header: str, secret: str) -> None:
    """Raises `Forged` where the header is not that of `body`, or older or newer than TOLERANCE."""
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    try:
        moment = int(parts["t"])
        given = parts["v1"]
    except (KeyError, ValueError):
        raise Forged("no signature") from None
    if not hmac.compare_digest(given.encode(), _hashed(body, secret, moment).encode()):
        raise Forged("another signature")
    if abs(time.time() - moment) > TOLERANCE:
        raise Forged("too old")


def _hashed(body: bytes, secret: str, moment: int) -> str:
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
