"""What Medley asks of whoever moves the money."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from commerce.models import Payment, Refund


@dataclass(frozen=True, slots=True)
class Told:
    """How a payment stands with its provider: `state`, its name there, why it failed (a code of
    refusals.py), and where the buyer goes on while it is `action`."""

    state: Payment.State
    reference: str = ""
    failure: str = ""
    action_url: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What a webhook says: which event it is, and about which payment (None: none of ours)."""

    key: str
    kind: str
    payment_id: UUID | None
    body: dict[str, Any] = field(default_factory=dict)


class Forged(Exception):
    """A webhook that its provider did not sign, or too long ago."""


class Provider(Protocol):
    """One of PAYMENT_PROVIDERS. It is asked outside of transactions and perhaps twice for the same:
    the id of the payment or refund (and its `attempt`) is the idempotency key.

    Every method raises `Unavailable` (payment.provider_down) where it cannot be asked: then nothing
    is known to have happened.
    """

    def start(self, payment: Payment, *, take: bool, return_url: str) -> Told:
        """Begin to take the amount, or (`take` False) only to hold it. The buyer comes back to
        `return_url`. `failed` (payment.impossible) where the provider never will."""

    def capture(self, payment: Payment) -> Told:
        """Take what is held. Where it is `failed` the hold may stand: release it."""

    def release(self, payment: Payment) -> Told:
        """Let go of what is held, or end what began. What was taken meanwhile stays taken, and is
        told."""

    def refund(self, refund: Refund) -> str:
        """Pay back; its name there. Raises `Conflict` (refund.refused) where the provider never
        will."""

    def has_paid_back(self, refund: Refund) -> bool:
        """Whether a refund that it made still stands: banks send some back days later."""

    def look(self, payment: Payment) -> Told:
        """How it stands now."""

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        """Raises `Forged`."""


@cache
def provider(name: str) -> Provider:
    """The one of that name. Raises `KeyError`."""
    made: Provider = import_string(settings.PAYMENT_PROVIDERS[name])()
    return made
