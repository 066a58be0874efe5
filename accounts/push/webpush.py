"""Web Push: browsers, by the push service that each of them names (RFC 8030, 8291 and 8292)."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Device
from accounts.push import services, vapid
from accounts.push.carrying import (
    PATIENCE,
    Gone,
    Later,
    Outcome,
    Refusal,
    Sent,
    TooLong,
    wait_asked_for,
)
from accounts.push.pushes import LIFE, Push

AUTH_SECRET = 16  # bytes
WORDS_OF_REFUSAL = 200


class WebPush:
    """The `Pusher` of browsers."""

    def check(self, address: str, keys: Mapping[str, Any]) -> dict[str, str]:
        if not services.is_known(address):
            raise ValidationError(
                _("This browser names a push service that Medley does not know."),
                code="device.address",
            )
        stored = {name: str(keys.get(name, "")) for name in ("p256dh", "auth")}
        if not _are_usable(stored):
            raise ValidationError(_("These keys are no browser's."), code="device.keys")
        return stored

    def send(self, device: Device, push: Push) -> Outcome:
        # Only workers push: web processes need not load what it takes.
        import requests
        from pywebpush import WebPusher

        if not services.is_known(device.address):
            return Gone()
        session = services.session_for(device.address)
        browser = {"endpoint": device.address, "keys": device.keys}
        try:
            answer = WebPusher(browser, requests_session=session).send(
                push.payload(), headers(device.address, push), timeout=PATIENCE
            )
        except requests.RequestException:
            return Later()
        return _outcome(answer.status_code, answer.headers.get("Retry-After"), answer.text)


def headers(endpoint: str, push: Push) -> dict[str, str]:
    """Who pushes, for how long it matters, how much, and which waiting one it takes the place of.

    A topic says nothing of what the push is about: the service sees it.
    """
    service = urlsplit(endpoint)
    return {
        "Authorization": vapid.authorization(f"{service.scheme}://{service.netloc}"),
        "TTL": str(int(LIFE.total_seconds())),
        "Urgency": "high" if push.is_urgent else "normal",
        **({"Topic": _topic(push.tag)} if push.tag else {}),
    }


def _topic(tag: str) -> str:
    """32 characters of the URL-safe alphabet, as many as a topic may have."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()[:24]).decode()


def _outcome(status: int, retry_after: str | None, words: str) -> Outcome:
    match status:
        case 200 | 201 | 202 | 204:
            return Sent()
        case 404 | 410:
            return Gone()
        case 413:
            return TooLong()
        case 429:
            return Later(wait_asked_for(retry_after))
        case _ if status >= 500:
            return Later(wait_asked_for(retry_after))
    raise Refusal(f"{status}: {words[:WORDS_OF_REFUSAL]}")


def _are_usable(keys: Mapping[str, str]) -> bool:
    """A point of the curve P-256 and a secret of 16 bytes (RFC 8291, section 3.2)."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(keys["p256dh"]))
        return len(_decoded(keys["auth"])) == AUTH_SECRET
    except (ValueError, binascii.Error):
        return False


def _decoded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
