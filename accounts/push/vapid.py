"""Who pushes: the key pair by which push services know this site (VAPID, RFC 8292)."""

import base64
import time
from functools import cache

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

LIFE = 12 * 60 * 60  # seconds; a day at most (section 2)


def authorization(audience: str) -> str:
    """The Authorization header for the push service at this origin."""
    claims = {
        "aud": audience,
        "exp": int(time.time()) + LIFE,
        "sub": settings.VAPID_SUBJECT,
    }
    token = jwt.encode(claims, _key(settings.VAPID_PRIVATE_KEY), algorithm="ES256")
    return f"vapid t={token}, k={public_key()}"


def public_key() -> str:
    """What a browser subscribes with, as base64url; empty where there is no key."""
    if not settings.VAPID_PRIVATE_KEY:
        return ""
    point = _key(settings.VAPID_PRIVATE_KEY).public_key()
    return _encoded(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


@cache
def _key(private: str) -> ec.EllipticCurvePrivateKey:
    number = base64.urlsafe_b64decode(private + "=" * (-len(private) % 4))
    return ec.derive_private_key(int.from_bytes(number), ec.SECP256R1())


def _encoded(some: bytes) -> str:
    return base64.urlsafe_b64encode(some).decode().rstrip("=")
