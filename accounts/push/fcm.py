"""Firebase Cloud Messaging, for apps on Android: its HTTP v1 interface."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import httpx
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

SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
# The app was removed, or never was one of ours.
GONE = {"UNREGISTERED", "SENDER_ID_MISMATCH"}
LONGEST_TOKEN = 1000


class FCM:
    """The `Pusher` of Android apps."""

    def check(self, address: str, keys: Mapping[str, Any]) -> dict[str, str]:
        if not (address.isascii() and address.isprintable() and len(address) <= LONGEST_TOKEN):
            raise ValidationError(_("This is no app's address."), code="device.address")
        return {}

    def send(self, device: Device, push: Push) -> Outcome:
        account = _account(settings.FCM_CREDENTIALS)
        try:
            answer = _client().post(
                f"{settings.FCM_ORIGIN}/v1/projects/{account.project_id}/messages:send",
                json={"message": message(device.address, push)},
                headers={"Authorization": f"Bearer {_token(account)}"},
            )
        except httpx.HTTPError:
            return Later()
        return _outcome(answer)


def message(token: str, push: Push) -> dict[str, Any]:
    """As `projects.messages` has it. FCM lets data be strings only."""
    card = push.fitting(LARGEST).card
    data = {name: str(value) for name, value in card.items() if name not in ("title", "body")}
    shown = {"title": card["title"], "body": card["body"]}
    android: dict[str, Any] = {
        "priority": "high" if push.is_urgent else "normal",
        "ttl": f"{int(LIFE.total_seconds())}s",
    }
    if push.tag:
        android |= {"collapse_key": push.tag, "notification": {"tag": push.tag}}
    return {"token": token, "notification": shown, "data": data, "android": android}


@cache
def _account(credentials: str) -> Any:
    """The service account; its access token is kept as long as it holds."""
    from google.oauth2 import service_account

    text = credentials if credentials.lstrip().startswith("{") else Path(credentials).read_text()
    return service_account.Credentials.from_service_account_info(json.loads(text), scopes=[SCOPE])


def _token(account: Any) -> str:
    """Renewed a few minutes before its end. Raises `httpx.HTTPError` where nobody answers."""
    from google.auth.exceptions import TransportError
    from google.auth.transport.requests import Request

    if not account.valid:
        try:
            account.refresh(Request())
        except TransportError as error:
            raise httpx.ConnectError(str(error)) from error
    return account.token


@cache
def _client() -> httpx.Client:
    connect, answer = PATIENCE
    return httpx.Client(http2=True, timeout=httpx.Timeout(answer, connect=connect))


def _outcome(answer: httpx.Response) -> Outcome:
    if answer.is_success:
        return Sent()
    wait = wait_asked_for(answer.headers.get("Retry-After"))
    error = _error(answer)
    if _codes(error) & GONE or _blames_token(error):
        return Gone()
    if answer.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
        return TooLong()
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error:
        return Later(wait)
    raise Refusal(f"{answer.status_code}: {error.get('message', '')}")


def _error(answer: httpx.Response) -> dict[str, Any]:
    try:
        return answer.json()["error"]
    except (ValueError, KeyError, TypeError):  # a gateway in between answers in HTML
        return {}


def _codes(error: Mapping[str, Any]) -> set[str]:
    return {detail.get("errorCode", "") for detail in error.get("details", [])}


def _blames_token(error: Mapping[str, Any]) -> bool:
    """Whether what is wrong with the request is whom it is meant for."""
    return any(
        violation.get("field") == "message.token"
        for detail in error.get("details", [])
        for violation in detail.get("fieldViolations", [])
    )
