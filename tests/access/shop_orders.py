"""What stands in the places of paths about orders."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from commerce.models import Refund, ReturnRequest, Variant
from tests.commerce.orders import pay, place


def order_values(buyer: User, variant: Variant) -> dict[str, Any]:
    """A paid order with a return that waits and money that goes back."""
    order = pay(place(buyer, (variant, 1)))
    asked = ReturnRequest.objects.create(
        order=order, reason="no_fit", answer_by=timezone.now() + timedelta(days=1)
    )
    refund = Refund.objects.create(
        payment=order.purchase.payments.get(), order=order, amount=1, reason="gift"
    )
    return {
        "order": order.pk,
        "return": asked.pk,
        "refund": refund.pk,
        "payment": refund.payment_id,
        "purchase": order.purchase_id,
    }


def verb_of(path: str) -> dict[str, str]:
    """One that there is behind the path."""
    if path.startswith("pay/hooks/"):
        return {"name": "test"}
    if path.startswith("orders/returns/"):
        return {"verb": "withdraw"}
    return {"verb": "approve" if path.startswith("sell/returns/") else "pack"}
