"""From an order that was placed to the page on which it is paid."""

from django.http import HttpRequest
from django.urls import reverse

from accounts.errors import Unavailable
from commerce.actions.checkout import fall_through
from commerce.models import Purchase


def start_payment(purchase: Purchase, request: HttpRequest) -> str:
    """The address of the payment's page. The provider is asked here, outside of any transaction;
    again for the same purchase it is the payment that lives. Where the provider cannot be reached
    the order falls through, its things lie in the cart again, and `Unavailable` is raised."""
    from commerce.payments import paying

    back = request.build_absolute_uri(reverse("commerce:orders"))
    try:
        payment = paying.start(purchase, return_url=back)
    except Unavailable as error:
        fall_through(purchase.pk, error.code)
        raise
    return reverse("commerce:payment", args=[payment.pk])
