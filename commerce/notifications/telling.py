"""What verbs say of orders and returns, inside their transactions: with one writing query each.

Nobody is named as the one who did it: whoever blocked a seller still hears of what they paid for.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from accounts.notifications import noting
from accounts.notifications.causes import Job
from accounts.outbox import enqueue_all
from commerce.models import Order
from commerce.people import ORDERS, people_of, people_with


def tell_buyer(order: Order, step: str, kind: str = "commerce.order") -> None:
    """Whoever ordered it, while they are there. `step` is one that the kind has a sentence for."""
    enqueue_all(_to_buyer(order, step, kind))


def tell_shop(order: Order, step: str, kind: str = "commerce.sale") -> None:
    """All who pack the shop's orders."""
    enqueue_all(_to(people_with(order.shop, ORDERS), order, step, kind))


def tell_all(orders: Collection[Order], step: str) -> None:
    """Buyers and shops of these orders; two queries, however many those are."""
    packers = people_of((order.shop for order in orders), ORDERS)
    jobs: list[Job] = []
    for order in orders:
        jobs += _to_buyer(order, step, "commerce.order")
        jobs += _to(packers[order.shop_id], order, step, "commerce.sale")
    enqueue_all(jobs)


def _to_buyer(order: Order, step: str, kind: str) -> list[Job]:
    return _to([order.buyer_id], order, step, kind) if order.buyer_id else []


def _to(people: Iterable[UUID], order: Order, step: str, kind: str) -> list[Job]:
    words: dict[str, Any] = {"step": step, "order": order.name, "shop": order.shop.name}
    return noting(kind, people, about=order.pk, **words)
