"""Stripe: its own page takes the card (Checkout), PaymentIntents hold and take the money.

Nothing of Stripe's is loaded in our pages. Shapes: docs.stripe.com/api (checkout sessions,
payment intents, refunds, webhook signatures).
"""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

import stripe
from django.conf import settings

from commerce.models import Payment, Refund
from commerce.payments.port import Event, Forged, Told
from commerce.payments.stripe_asking import NEVER, ask, ask_once, client, minor
from commerce.refusals import conflict

logger = logging.getLogger(__name__)

State = Payment.State
HEADER = "Stripe-Signature"
# What a PaymentIntent's status is here; while the buyer is asked, the session's page is open.
STATES = {
    "processing": State.PROCESSING,
    "requires_capture": State.AUTHORISED,
    "succeeded": State.CAPTURED,
    "canceled": State.RELEASED,
}
# What a refund's status is where no money goes back.
GONE = ("failed", "canceled")


class StripeProvider:
    """A payment is a Checkout session; its reference is the session's id."""

    def start(self, payment: Payment, *, take: bool, return_url: str) -> Told:
        metadata = {"payment": str(payment.pk)}
        params: Any = {
            "mode": "payment",
            "client_reference_id": str(payment.pk),
            "metadata": metadata,
            "line_items": [{"quantity": 1, "price_data": _price(payment)}],
            "payment_intent_data": {
                "capture_method": "automatic" if take else "manual",
                "metadata": metadata,
            },
            "success_url": f"{return_url}?back",
            "cancel_url": f"{return_url}?back",
        }
        try:
            return _told(ask_once("start", payment, partial(_sessions().create, params)))
        except NEVER as error:
            logger.error("Stripe will not begin payment %s: %s", payment.pk, error)
            return Told(State.FAILED, failure="payment.impossible")

    def capture(self, payment: Payment) -> Told:
        intent = _intent(payment)
        try:
            ask_once("capture", payment, partial(client().v1.payment_intents.capture, intent, {}))
        except NEVER:
            told = self.look(payment)
            is_held = told.state == State.AUTHORISED
            return Told(State.FAILED, failure="payment.refused") if is_held else told
        return self.look(payment)

    def release(self, payment: Payment) -> Told:
        session = _session(payment)
        try:
            if session.status == "open":
                ask(lambda: _sessions().expire(session.id))
            elif session.payment_intent:
                intent = session.payment_intent.id
                ask(lambda: client().v1.payment_intents.cancel(intent))
        except NEVER:  # it was taken, or ended, a moment ago
            pass
        return self.look(payment)

    def refund(self, refund: Refund) -> str:
        intent = _intent(refund.payment)
        made = _refund_made(intent, refund) if refund.attempt else None
        made = made or self._refund(intent, refund)
        if made.status in GONE:
            raise conflict("refund.refused")
        return str(made.id)

    @staticmethod
    def _refund(intent: str, refund: Refund) -> Any:
        params: Any = {
            "payment_intent": intent,
            "amount": minor(refund.amount, refund.payment.currency),
            "metadata": {"refund": str(refund.pk)},
        }
        try:
            return ask_once("refund", refund, partial(client().v1.refunds.create, params))
        except NEVER as error:
            logger.error("Stripe will not pay back %s: %s", refund.pk, error)
            raise conflict("refund.refused") from None

    def has_paid_back(self, refund: Refund) -> bool:
        return ask(lambda: client().v1.refunds.retrieve(refund.reference)).status not in GONE

    def look(self, payment: Payment) -> Told:
        return _told(_session(payment))

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        secret = settings.STRIPE_WEBHOOK_SECRET
        try:
            said = client().construct_event(body, headers.get(HEADER, ""), secret)
            named = said.data.object.to_dict().get("metadata") or {}
            payment = UUID(named["payment"]) if "payment" in named else None
            told = {"refund": str(UUID(named["refund"]))} if "refund" in named else {}
            return Event(said.id, said.type, payment, told)
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise Forged(str(error)) from None


def _price(payment: Payment) -> dict[str, Any]:
    return {
        "currency": payment.currency.lower(),
        "unit_amount": minor(payment.amount, payment.currency),
        "product_data": {"name": "Medley"},
    }


def _refund_made(intent: str, refund: Refund) -> Any:
    """The one that an earlier attempt made before Stripe broke down; None where there is none."""
    params: Any = {"payment_intent": intent, "limit": 100}
    for made in ask(lambda: client().v1.refunds.list(params)).data:
        named = made.metadata.to_dict().get("refund") if made.metadata else None
        if named == str(refund.pk) and made.status not in GONE:
            return made
    return None


def _sessions() -> Any:
    return client().v1.checkout.sessions


def _session(payment: Payment) -> Any:
    params: Any = {"expand": ["payment_intent"]}
    return ask(lambda: _sessions().retrieve(payment.reference, params))


def _intent(payment: Payment) -> str:
    return str(_session(payment).payment_intent.id)


def _told(session: Any) -> Told:
    intent = session.payment_intent
    status = intent.status if intent is not None and not isinstance(intent, str) else ""
    if session.status == "expired":
        state = State.RELEASED
    elif session.status == "complete" and status == "requires_payment_method":
        state = State.FAILED  # the page is closed: the buyer cannot go on there
    else:
        state = STATES.get(status, State.ACTION)
    failure = "payment.refused" if state == State.FAILED else ""
    return Told(state, reference=session.id, failure=failure, action_url=session.url or "")
