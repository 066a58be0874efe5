"""From an order that was placed to the page on which it is paid."""

from django.http import HttpRequest
from django.urls import reverse

from commerce.models import Purchase


def start_payment(purchase: Purchase, request: HttpRequest) -> str:
    """The address of the payment's page. The provider is asked here, outside of any transaction;
    again for the same purchase it is the payment that lives."""
    from commerce.payments import paying

    back = request.build_absolute_uri(reverse("commerce:orders"))
    return reverse("commerce:payment", args=[paying.start(purchase, return_url=back).pk])
