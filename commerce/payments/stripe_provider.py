"""Stripe: its own page takes the card (Checkout), PaymentIntents hold and take the money.

Nothing of Stripe's is loaded in our pages. Shapes: docs.stripe.com/api (checkout sessions,
payment intents, refunds, webhook signatures).
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import stripe
from django.conf import settings
from djmoney.money import Money

from commerce.models import Payment, Refund
from commerce.payments.port import Event, Forged, Told
from commerce.refusals import conflict, unavailable

State = Payment.State
T = TypeVar("T")
HEADER = "Stripe-Signature"
TIMEOUT = 10  # seconds
DOWN = (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError)

# What a PaymentIntent's status is here; while the buyer is asked, the session's page is open.
STATES = {
    "processing": State.PROCESSING,
    "requires_capture": State.AUTHORISED,
    "succeeded": State.CAPTURED,
    "canceled": State.RELEASED,
}


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
        return _told(
            _asked(
                lambda: client().v1.checkout.sessions.create(params, _once(f"start-{payment.pk}"))
            )
        )

    def capture(self, payment: Payment) -> Told:
        intent = _intent(payment)
        try:
            _asked(
                lambda: client().v1.payment_intents.capture(
                    intent, options=_once(f"capture-{payment.pk}")
                )
            )
        except (stripe.CardError, stripe.InvalidRequestError):
            told = self.look(payment)
            is_held = told.state == State.AUTHORISED
            return Told(State.FAILED, failure="payment.refused") if is_held else told
        return self.look(payment)

    def release(self, payment: Payment) -> Told:
        session = _session(payment)
        try:
            if session.status == "open":
                _asked(lambda: client().v1.checkout.sessions.expire(session.id))
            elif session.payment_intent:
                intent = session.payment_intent.id
                _asked(lambda: client().v1.payment_intents.cancel(intent))
        except stripe.InvalidRequestError:  # it was taken, or ended, a moment ago
            pass
        return self.look(payment)

    def refund(self, refund: Refund) -> str:
        params: Any = {
            "payment_intent": _intent(refund.payment),
            "amount": minor(refund.amount, refund.payment.currency),
        }
        try:
            made = _asked(lambda: client().v1.refunds.create(params, _once(f"refund-{refund.pk}")))
        except stripe.InvalidRequestError:
            raise conflict("refund.refused") from None
        return made.id

    def look(self, payment: Payment) -> Told:
        return _told(_session(payment))

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        secret = settings.STRIPE_WEBHOOK_SECRET
        try:
            said = client().construct_event(body, headers.get(HEADER, ""), secret)
            named = said.data.object.to_dict().get("metadata") or {}
            return Event(said.id, said.type, UUID(named["payment"]) if "payment" in named else None)
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise Forged(str(error)) from None


@cache
def client() -> stripe.StripeClient:
    """Made once: it keeps its connections."""
    where: Any = {"api": settings.STRIPE_API} if settings.STRIPE_API else None
    return stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        base_addresses=where,
        max_network_retries=1,
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
    )


def minor(amount: Decimal, currency: str) -> int:
    """In the smallest coin: cents, or yen."""
    return int(amount * Money(0, currency).currency.sub_unit)


def _price(payment: Payment) -> dict[str, Any]:
    return {
        "currency": payment.currency.lower(),
        "unit_amount": minor(payment.amount, payment.currency),
        "product_data": {"name": "Medley"},
    }


def _once(key: str) -> Any:
    return {"idempotency_key": key}


def _asked(ask: Callable[[], T]) -> T:
    """What Stripe answers. Raises `Unavailable` (payment.provider_down) where it does not."""
    try:
        return ask()
    except DOWN:
        raise unavailable("payment.provider_down") from None


def _session(payment: Payment) -> Any:
    params: Any = {"expand": ["payment_intent"]}
    return _asked(lambda: client().v1.checkout.sessions.retrieve(payment.reference, params))


def _intent(payment: Payment) -> str:
    return str(_session(payment).payment_intent.id)


def _told(session: Any) -> Told:
    intent = session.payment_intent
    status = intent.status if intent is not None and not isinstance(intent, str) else ""
    state = State.RELEASED if session.status == "expired" else STATES.get(status, State.ACTION)
    return Told(state, reference=session.id, action_url=session.url or "")
