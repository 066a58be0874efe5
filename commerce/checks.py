"""What `manage.py check --deploy` says of the shop's money."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

TEST_BANK = "commerce.ledger.banks.TestBank"


@register(Tags.security, deploy=True)
def money_is_real(app_configs: Any, **_options: Any) -> list[CheckMessage]:
    """Outside of the embedded run nobody's goods go out for money that never moved."""
    if settings.EMBEDDED:
        return []
    return [error for is_wrong, error in _found() if is_wrong]


def _found() -> list[tuple[bool, CheckMessage]]:
    is_stripe = settings.PAYMENT_PROVIDER == "stripe"
    has_keys = settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET
    return [
        (
            settings.PAYMENT_PROVIDER == "test",
            Error(
                "PAYMENT_PROVIDER is test: whoever orders pays nothing.",
                hint="Set PAYMENT_PROVIDER=stripe with its keys.",
                id="commerce.E001",
            ),
        ),
        (
            settings.PAYOUT_BANK == TEST_BANK,
            Error(
                "PAYOUT_BANK is the test bank: payouts are told and never sent.",
                hint="Set PAYOUT_BANK=commerce.ledger.stripe_bank.StripeBank.",
                id="commerce.E002",
            ),
        ),
        (
            is_stripe and not has_keys,
            Error(
                "STRIPE_SECRET_KEY or STRIPE_WEBHOOK_SECRET is not set.",
                hint="PAYMENT_PROVIDER is stripe: both are in its dashboard.",
                id="commerce.E003",
            ),
        ),
    ]
