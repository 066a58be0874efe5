"""The row of a payment, before its provider is asked."""

from django.conf import settings

from commerce.models import Payment, Purchase

FREE = "none"  # the provider of purchases that cost nothing


def open_payment(purchase: Purchase) -> Payment:
    """An attempt to pay it, which nobody was asked for yet. Call it in the transaction that holds
    the purchase, or makes it: the database refuses a second one beside a living one."""
    return Payment.objects.create(
        purchase=purchase,
        provider=settings.PAYMENT_PROVIDER if purchase.total else FREE,
        currency=purchase.currency,
        amount=purchase.total,
    )
