"""Asking Stripe: its client, idempotency keys, and what its mistakes mean to us."""

import logging
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

import stripe
from django.conf import settings
from django.db.models import F
from djmoney.money import Money

from accounts.errors import Unavailable
from commerce.models import Payment, Payout, Refund
from commerce.refusals import unavailable

logger = logging.getLogger(__name__)

T = TypeVar("T")
Asked = Payment | Payout | Refund
TIMEOUT = 10  # seconds
# It does not answer, or not us: our key is wrong or may not do this, which people have to mend.
DOWN = (
    *(stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError),
    *(stripe.AuthenticationError, stripe.PermissionError, stripe.IdempotencyError),
)
NEVER = (stripe.CardError, stripe.InvalidRequestError)


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


def ask_once(verb: str, thing: Asked, call: Callable[[Any], T]) -> T:
    """Ask with an idempotency key. Stripe keeps its first answer to a key, breakdowns too: after
    one the thing is asked with another key, and whoever asks sees first what there is already."""
    key = f"{verb}-{thing.pk}" + (f"-{thing.attempt}" if thing.attempt else "")
    try:
        return ask(lambda: call({"idempotency_key": key}))
    except Unavailable as error:
        if isinstance(error.__cause__, stripe.APIError | stripe.IdempotencyError):
            type(thing)._default_manager.filter(pk=thing.pk).update(attempt=F("attempt") + 1)
            thing.attempt += 1
        raise


def ask(call: Callable[[], T]) -> T:
    """What Stripe answers. Raises `Unavailable` (payment.provider_down) where it does not."""
    try:
        return call()
    except DOWN as error:
        logger.error("Stripe does not answer: %s", error)
        raise unavailable("payment.provider_down") from error
