"""Apple Push Notification service, for apps on iPhones and iPads: HTTP/2, signed by a token."""

import json
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import httpx
import jwt
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Device
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
from accounts.push.pushes import LARGEST, LIFE, Push

_TOKEN = re.compile(r"(?:[0-9a-f]{2}){16,100}", re.I)
# Apple takes a provider token for an hour, and a new one not more often than every 20 minutes.
TOKEN_LIFE = 40 * 60
GONE = {"BadDeviceToken", "DeviceTokenNotForTopic", "Unregistered", "ExpiredToken"}
COLLAPSE_LIMIT = 64  # bytes


class APNs:
    """The `Pusher` of apps on Apple's phones."""

    def check(self, address: str, keys: Mapping[str, Any]) -> dict[str, str]:
        if not _TOKEN.fullmatch(address):
            raise ValidationError(_("This is no app's address."), code="device.address")
        return {}

    def send(self, device: Device, push: Push) -> Outcome:
        try:
            answer = _client(settings.APNS_ORIGIN).post(
                f"/3/device/{device.address}", headers=headers(push), content=payload(push)
            )
        except httpx.HTTPError:
            return Later()
        return _outcome(answer)


def payload(push: Push) -> bytes:
    """`aps` for the system, the rest for the app."""
    card = push.fitting(LARGEST).card
    aps: dict[str, Any] = {"alert": {"title": card.pop("title"), "body": card.pop("body")}}
    aps["sound"] = "default"
    if "badge" in card:
        aps["badge"] = card.pop("badge")
    if tag := card.pop("tag"):
        aps["thread-id"] = tag
    return json.dumps({"aps": aps, **card}, ensure_ascii=False, separators=(",", ":")).encode()


def headers(push: Push) -> dict[str, str]:
    """What Apple asks to be told besides. 10 is at once, 5 spares the battery."""
    return {
        "authorization": f"bearer {_token(_slot())}",
        "apns-topic": settings.APNS_TOPIC,
        "apns-push-type": "alert",
        "apns-priority": "10",
        "apns-expiration": str(int(time.time() + LIFE.total_seconds())),
        **({"apns-collapse-id": push.tag[:COLLAPSE_LIMIT]} if push.tag else {}),
    }


def _slot() -> tuple[str, int]:
    """By whose key, and in which 40 minutes."""
    return settings.APNS_KEY, int(time.time()) // TOKEN_LIFE


@lru_cache(maxsize=1)
def _token(slot: tuple[str, int]) -> str:
    key, number = slot
    private = key if key.lstrip().startswith("-----BEGIN") else Path(key).read_text()
    return jwt.encode(
        {"iss": settings.APNS_TEAM_ID, "iat": number * TOKEN_LIFE},
        private,
        algorithm="ES256",
        headers={"kid": settings.APNS_KEY_ID},
    )


@cache
def _client(origin: str) -> httpx.Client:
    """One connection, kept open as Apple asks; it speaks HTTP/2 and nothing else."""
    connect, answer = PATIENCE
    return httpx.Client(
        base_url=origin, http1=False, http2=True, timeout=httpx.Timeout(answer, connect=connect)
    )


def _outcome(answer: httpx.Response) -> Outcome:
    if answer.is_success:
        return Sent()
    said = _said(answer)
    reason = said.get("reason", "")
    if reason in GONE or answer.status_code == httpx.codes.GONE:
        return Gone(_moment(said.get("timestamp")))
    if answer.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
        return TooLong()
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error:
        return Later(wait_asked_for(answer.headers.get("Retry-After")))
    raise Refusal(f"{answer.status_code}: {reason}")


def _said(answer: httpx.Response) -> dict[str, Any]:
    try:
        return answer.json()
    except ValueError:
        return {}


def _moment(milliseconds: Any) -> datetime | None:
    """Since when the token is no device's; it may have been registered anew after that."""
    if not isinstance(milliseconds, int):
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
