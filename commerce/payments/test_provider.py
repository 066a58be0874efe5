"""A provider for trying things out: no money moves, everything else is as with a real one.

Its payment page (`/pay/test/<charge>/`) lets the buyer choose what happens; what happened it tells
by signed webhooks through the door that every provider uses.
"""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.outbox import enqueue, enqueue_later
from commerce.models import Payment, Refund
from commerce.models.test_charge import TestCharge
from commerce.payments import hooks, signing
from commerce.payments.port import Event, Forged, Told
from commerce.refusals import conflict, unavailable

State = TestCharge.State
NAME = "test"
HEADER = "Test-Signature"
SLOW_FOR = timedelta(seconds=4)
DOWN_FOR = timedelta(seconds=30)

STATES = {
    State.OPEN: Payment.State.ACTION,
    State.CONFIRMING: Payment.State.ACTION,
    State.SLOW: Payment.State.PROCESSING,
    State.HELD: Payment.State.AUTHORISED,
    State.TAKEN: Payment.State.CAPTURED,
    State.REFUSED: Payment.State.FAILED,
    State.GONE: Payment.State.RELEASED,
}


class TestProvider:
    """The port's side of it."""

    __test__ = False  # for pytest: no test

    def start(self, payment: Payment, *, take: bool, return_url: str) -> Told:
        charge, _new = TestCharge.objects.get_or_create(
            payment=payment.pk,
            defaults={
                "currency": payment.currency,
                "amount": payment.amount,
                "take": take,
                "return_url": return_url,
            },
        )
        return _told(charge)

    @transaction.atomic
    def capture(self, payment: Payment) -> Told:
        charge = _charge(payment)
        if charge.state == State.HELD:
            _move(charge, State.TAKEN)
        return _told(charge)

    @transaction.atomic
    def release(self, payment: Payment) -> Told:
        charge = _charge(payment)
        if charge.state not in (State.TAKEN, State.REFUSED):
            _move(charge, State.GONE)
        return _told(charge)

    @transaction.atomic
    def refund(self, refund: Refund) -> str:
        charge, key = _charge(refund.payment), str(refund.pk)
        if key in charge.refunds:
            return str(charge.refunds[key])
        if charge.state != State.TAKEN or charge.refunded + refund.amount > charge.amount:
            raise conflict("refund.refused")
        charge.refunded += Decimal(refund.amount)
        charge.refunds[key] = f"test-{key}"
        charge.save(update_fields=["refunded", "refunds"])
        return str(charge.refunds[key])

    def has_paid_back(self, refund: Refund) -> bool:
        return str(refund.pk) in _charge(refund.payment, lock=False).refunds

    def look(self, payment: Payment) -> Told:
        return _told(_charge(payment, lock=False))

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        signing.check(body, headers.get(HEADER, ""), secret())
        try:
            said = json.loads(body)
            return Event(said["id"], said["kind"], UUID(said["payment"]))
        except (KeyError, TypeError, ValueError):
            raise Forged("not an event") from None


def secret() -> str:
    """What the provider signs with."""
    return f"test-provider:{settings.SECRET_KEY}"


def _charge(payment: Payment, *, lock: bool = True) -> TestCharge:
    charges = TestCharge.objects.select_for_update() if lock else TestCharge.objects
    found = charges.get(payment=payment.pk)
    if found.is_down:
        raise unavailable("payment.provider_down")
    return found


def _told(charge: TestCharge) -> Told:
    return Told(
        STATES[State(charge.state)],
        reference=str(charge.pk),
        failure="payment.refused" if charge.state == State.REFUSED else "",
        action_url=reverse("commerce:test-payment", args=[charge.pk]),
    )


def _move(charge: TestCharge, state: TestCharge.State) -> None:
    charge.state = state
    charge.save(update_fields=["state"])


# --- What the buyer chooses on its page ----------------------------------------------------------


def _pay(charge: TestCharge) -> None:
    _move(charge, State.TAKEN if charge.take else State.HELD)


def _refuse(charge: TestCharge) -> None:
    _move(charge, State.REFUSED)


def _ask_again(charge: TestCharge) -> None:
    _move(charge, State.CONFIRMING)


def _wait(charge: TestCharge) -> None:
    _move(charge, State.SLOW)
    enqueue_later("commerce.end_slow_charge", timezone.now() + SLOW_FOR, charge_id=str(charge.pk))


def _pay_and_break(charge: TestCharge) -> None:
    _pay(charge)
    charge.down_until = timezone.now() + DOWN_FOR
    charge.save(update_fields=["down_until"])


CHOICES: dict[str, Callable[[TestCharge], None]] = {
    "pay": _pay,
    "refuse": _refuse,
    "confirm": _ask_again,
    "slow": _wait,
    "down": _pay_and_break,
}


@transaction.atomic
def choose(charge_id: UUID, choice: str) -> TestCharge:
    """Let something happen to a charge that is open; what is over stays as it is. Raises
    `KeyError`."""
    happen = CHOICES[choice]
    charge = TestCharge.objects.select_for_update().get(pk=charge_id)
    if charge.state in (State.OPEN, State.CONFIRMING):
        happen(charge)
        enqueue("commerce.tell_of_test_charge", charge_id=str(charge.pk))
    return charge


@transaction.atomic
def end_slow(charge_id: UUID) -> None:
    """The bank has answered at last."""
    charge = TestCharge.objects.select_for_update().get(pk=charge_id)
    if charge.state == State.SLOW:
        _pay(charge)
        enqueue("commerce.tell_of_test_charge", charge_id=str(charge.pk))


def tell(charge_id: UUID) -> None:
    """Send the webhook that says that a charge has changed."""
    charge = TestCharge.objects.get(pk=charge_id)
    said = {"id": str(uuid4()), "kind": f"charge.{charge.state}", "payment": str(charge.payment)}
    body = json.dumps(said).encode()
    hooks.receive(NAME, body, {HEADER: signing.signature(body, secret())})
