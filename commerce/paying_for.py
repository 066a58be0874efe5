"""From an order that was placed to the page on which it is paid."""

from django.http import HttpRequest
from django.urls import reverse

from commerce.models import Payment, Purchase
from commerce.payments import paying


def payment_page(payment: Payment) -> str:
    """The address of the payment's page."""
    return reverse("commerce:payment", args=[payment.pk])


def start_payment(purchase: Purchase, request: HttpRequest) -> str:
    """The address of the payment's page. The provider is asked here, outside of any transaction;
    again for the same purchase it is the payment that lives."""
    return payment_page(payment_of(purchase, request))


def payment_of(purchase: Purchase, request: HttpRequest) -> Payment:
    """The payment itself, which comes back to its page. Raises `Conflict` (payment.over)."""
    return paying.start(
        purchase, page=lambda payment: request.build_absolute_uri(payment_page(payment))
    )
