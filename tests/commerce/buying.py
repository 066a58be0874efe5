"""How tests put things into carts and order them."""

from typing import Any
from uuid import uuid4

from accounts.models import User
from commerce.actions import carts, checkout
from commerce.models import Payment, ProviderEvent, Purchase, TestCharge, Variant
from commerce.payments import paying, test_provider
from tests.commerce.factories import make_address


def fill(person: User, variant: Variant, quantity: int = 1) -> None:
    """Put it into their cart."""
    carts.add(carts.cart_of(person), variant.pk, quantity)


def order(person: User, key: str = "", expect: Any = None, **asked: Any) -> Purchase:
    """All in their cart, to their own address."""
    if not person.addresses.exists():
        make_address(person, is_default=True)
    return checkout.place(person, checkout.Asked(**asked), key=key or str(uuid4()), expect=expect)


def buy(person: User, variant: Variant, quantity: int = 1, **asked: Any) -> Purchase:
    """Fill and order."""
    fill(person, variant, quantity)
    return order(person, **asked)


def pay_at_provider(payment_id: str, choice: str = "pay") -> Payment:
    """What somebody presses on the test provider's page, and its webhook, handled."""
    charge = TestCharge.objects.get(payment=payment_id)
    test_provider.tell(test_provider.choose(charge.pk, choice).pk)
    paying.handle(ProviderEvent.objects.latest("pk"))
    return Payment.objects.get(pk=payment_id)
