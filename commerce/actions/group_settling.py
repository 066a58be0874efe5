"""The money of a group's places, one by one, by jobs: taken when it is complete, else let go.

One place's payment that fails cancels that order alone: the others keep the price, for they were
promised it when the group was complete, and the shop gave its word for so many people.
"""

from uuid import UUID

from commerce.models import GroupBuy, Purchase
from commerce.payments import paying

State = Purchase.State


def take_money(purchase_id: UUID) -> None:
    """Capture what is held; whose bank refuses loses the order and hears of it. What is settled
    already stays as it is, so it may be called again."""
    if purchase := _waiting(purchase_id):
        paying.capture(purchase)


def let_money_go(purchase_id: UUID) -> None:
    """Release what is held: nobody pays for a place that came to nothing."""
    if purchase := _waiting(purchase_id):
        paying.release(purchase)


def settle(purchase: Purchase) -> None:
    """What its group came to, where a job was lost: taken, let go, or nothing yet."""
    group = purchase.group_buy
    if group is None:
        return
    if not group.places.filter(purchase=purchase).exists():
        let_money_go(purchase.pk)
    elif group.state == GroupBuy.State.COMPLETE:
        take_money(purchase.pk)
    elif group.state != GroupBuy.State.OPEN:
        let_money_go(purchase.pk)


def _waiting(purchase_id: UUID) -> Purchase | None:
    return Purchase.objects.filter(pk=purchase_id, state=State.AUTHORISED).first()
