"""The money of a group's places, one by one, by jobs: taken when it is complete, else let go.

One place's payment that fails cancels that order alone: the others keep the price, for they were
promised it when the group was complete, and the shop gave its word for so many people.
"""

from uuid import UUID

from django.db import transaction

from commerce.models import Purchase
from commerce.notifications.group_buys import tell
from commerce.payments import paying

State = Purchase.State


def take_money(purchase_id: UUID) -> None:
    """Capture what is held, and tell the buyer where that did not work. What is settled already
    stays as it is, so it may be called again."""
    purchase = _waiting(purchase_id)
    if purchase is None:
        return
    paying.capture(purchase)
    purchase.refresh_from_db(fields=["state"])
    if purchase.state == State.FAILED:
        _tell_unpaid(purchase)


def let_money_go(purchase_id: UUID) -> None:
    """Release what is held: nobody pays for a place that came to nothing."""
    if purchase := _waiting(purchase_id):
        paying.release(purchase)


def _waiting(purchase_id: UUID) -> Purchase | None:
    purchases = Purchase.objects.select_related("group_buy__product")
    return purchases.filter(pk=purchase_id, state=State.AUTHORISED).first()


@transaction.atomic
def _tell_unpaid(purchase: Purchase) -> None:
    if purchase.buyer_id is not None and purchase.group_buy is not None:
        tell(purchase.group_buy, {purchase.buyer_id}, "unpaid")
