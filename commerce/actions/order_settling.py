"""The money of orders, moved by jobs: what goes back, and what is not wanted any more."""

from uuid import UUID

from commerce.models import Purchase, Refund
from commerce.payments import paying


def send_refund(refund_id: UUID) -> None:
    """Have the provider pay it back; what is settled stays as it is."""
    refund = Refund.objects.select_related("payment", "order").filter(pk=refund_id).first()
    if refund is not None and refund.state == Refund.State.ASKED:
        paying.refund(refund)


def release_payment(purchase_id: UUID) -> None:
    """Let go of a payment whose purchase was called off before it was paid."""
    purchase = Purchase.objects.filter(pk=purchase_id, state=Purchase.State.FAILED).first()
    if purchase is not None:
        paying.release(purchase)
