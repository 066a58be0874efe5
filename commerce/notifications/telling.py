"""What verbs say of orders and returns, inside their transactions: with one writing query each.

Nobody is named as the one who did it: whoever blocked a seller still hears of what they paid for.
"""

from typing import Any

from accounts.notifications import notify
from commerce.models import Order
from commerce.people import ORDERS, people_with


def tell_buyer(order: Order, step: str, kind: str = "commerce.order") -> None:
    """Whoever ordered it, while they are there. `step` is one that the kind has a sentence for."""
    if order.buyer_id is not None:
        notify(kind, order.buyer_id, about=order.pk, **_words(order, step))


def tell_shop(order: Order, step: str, kind: str = "commerce.sale") -> None:
    """All who pack the shop's orders."""
    people = [person for person in people_with(order.shop, ORDERS) if person is not None]
    notify(kind, people, about=order.pk, **_words(order, step))


def _words(order: Order, step: str) -> dict[str, Any]:
    return {"step": step, "order": order.name, "shop": order.shop.name}
