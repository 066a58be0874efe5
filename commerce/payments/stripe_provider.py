"""Stripe: its own page takes the card (Checkout), PaymentIntents hold and take the money.

Nothing of Stripe's is loaded in our pages. Shapes: docs.stripe.com/api (checkout sessions,
payment intents, refunds, webhook signatures).
"""

import logging
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, partial
from typing import Any, TypeVar
from uuid import UUID

import stripe
from django.conf import settings
from django.db.models import F
from djmoney.money import Money

from accounts.errors import Unavailable
from commerce.models import Payment, Refund
from commerce.payments.port import Event, Forged, Told
from commerce.refusals import conflict, unavailable

logger = logging.getLogger(__name__)

State = Payment.State
T = TypeVar("T")
HEADER = "Stripe-Signature"
TIMEOUT = 10  # seconds
# It does not answer, or not us: our key is wrong or may not do this, which people have to mend.
DOWN = (
    *(stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError),
    *(stripe.AuthenticationError, stripe.PermissionError, stripe.IdempotencyError),
)
NEVER = (stripe.CardError, stripe.InvalidRequestError)

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
            return _told(_once("start", payment, partial(_sessions().create, params)))
        except NEVER as error:
            logger.error("Stripe will not begin payment %s: %s", payment.pk, error)
            return Told(State.FAILED, failure="payment.impossible")

    def capture(self, payment: Payment) -> Told:
        intent = _intent(payment)
        try:
            _once("capture", payment, partial(client().v1.payment_intents.capture, intent, {}))
        except NEVER:
            told = self.look(payment)
            is_held = told.state == State.AUTHORISED
            return Told(State.FAILED, failure="payment.refused") if is_held else told
        return self.look(payment)

    def release(self, payment: Payment) -> Told:
        session = _session(payment)
        try:
            if session.status == "open":
                _asked(lambda: _sessions().expire(session.id))
            elif session.payment_intent:
                intent = session.payment_intent.id
                _asked(lambda: client().v1.payment_intents.cancel(intent))
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
            return _once("refund", refund, partial(client().v1.refunds.create, params))
        except NEVER as error:
            logger.error("Stripe will not pay back %s: %s", refund.pk, error)
            raise conflict("refund.refused") from None

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


def _once(verb: str, thing: Payment | Refund, ask: Callable[[Any], T]) -> T:
    """Ask with an idempotency key. Stripe keeps its first answer to a key, breakdowns too: after
    one the thing is asked with another key, and whoever asks sees first what there is already."""
    key = f"{verb}-{thing.pk}" + (f"-{thing.attempt}" if thing.attempt else "")
    try:
        return _asked(lambda: ask({"idempotency_key": key}))
    except Unavailable as error:
        if isinstance(error.__cause__, stripe.APIError | stripe.IdempotencyError):
            type(thing)._default_manager.filter(pk=thing.pk).update(attempt=F("attempt") + 1)
            thing.attempt += 1
        raise


def _asked(ask: Callable[[], T]) -> T:
    """What Stripe answers. Raises `Unavailable` (payment.provider_down) where it does not."""
    try:
        return ask()
    except DOWN as error:
        logger.error("Stripe does not answer: %s", error)
        raise unavailable("payment.provider_down") from error


def _refund_made(intent: str, refund: Refund) -> Any:
    """The one that an earlier attempt made before Stripe broke down; None where there is none."""
    params: Any = {"payment_intent": intent, "limit": 100}
    for made in _asked(lambda: client().v1.refunds.list(params)).data:
        named = made.metadata.to_dict().get("refund") if made.metadata else None
        if named == str(refund.pk) and made.status not in GONE:
            return made
    return None


def _sessions() -> Any:
    return client().v1.checkout.sessions


def _session(payment: Payment) -> Any:
    params: Any = {"expand": ["payment_intent"]}
    return _asked(lambda: _sessions().retrieve(payment.reference, params))


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
