"""What becomes of a purchase once its payment says so: paid, held or failed, each once.

Payments call these inside the transaction in which a payment's state changes; called again, or out
of order, they change nothing.
"""

from collections import Counter
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from commerce import ledger, stock, webhooks
from commerce.actions import carts, group_buys
from commerce.actions.refunding import refund_rest
from commerce.models import Coupon, Order, OrderStep, Purchase, Refund, Shop
from commerce.notifications.telling import tell_all, tell_shop

State = Purchase.State


@transaction.atomic
def authorised(purchase: Purchase) -> None:
    """The money is held, not taken: a place in the group buy that it is for."""
    held = _held(purchase)
    if held.state != State.PENDING:
        return
    held.state = State.AUTHORISED
    held.save(update_fields=["state"])
    group_buys.held(held)


@transaction.atomic(savepoint=False)
def paid(purchase: Purchase) -> None:
    """The money is there: each shop has an order to send, and its share in the ledger. With as
    many queries for one shop as for several.

    Where the purchase had fallen through before (the payment came late), it stays so and the money
    goes back."""
    held = _held(purchase)
    if held.state == State.PAID:
        return
    orders = _orders(held)
    if held.state == State.FAILED:
        _give_back_late_money(held, orders)
        return
    _settle(held, State.PAID)
    for order in orders:
        order.pay()
    OrderStep.objects.bulk_create(
        OrderStep(order=order, verb="paid", actor_id=held.buyer_id) for order in orders
    )
    ledger.sold_all(orders)
    # Last, for other buyers of these shops wait for their rows.
    stock.keep(held)
    _number(orders)
    Order.objects.bulk_update(orders, ["state", "number", "paid_at"])
    tell_all(orders, "paid")
    webhooks.orders_moved(orders, "paid")


def put_back(order: Order) -> None:
    """The pieces of a paid order that is not sent can be sold again."""
    pieces: Counter[UUID] = Counter()
    for line in order.lines.all():
        if line.variant_id is not None:
            pieces[line.variant_id] += line.quantity
    stock.put_back(pieces)


def refund_failed(refund: Refund) -> None:
    """The buyer's bank sent an order's money back: its timeline says so, and its shop is told."""
    order = Order.objects.held(refund.order_id)
    facts = {"amount": str(refund.amount), "currency": order.currency}
    OrderStep.objects.create(order=order, verb="refund_failed", facts=facts)
    tell_shop(order, "refund_failed")


@transaction.atomic
def failed(purchase: Purchase, code: str) -> None:
    """It will not be paid (`code` of refusals.py says why): what it held goes back, pieces and
    coupons, its things lie in the buyer's cart again, and its orders fall through.

    Rows are locked in the order in which placing locks them."""
    held = _held(purchase)
    if held.state not in (State.PENDING, State.AUTHORISED):
        return
    _settle(held, State.FAILED)
    carts.put_back(held)
    _give_back_coupons(held)
    stock.give_back(held)
    group_buys.lapsed(held)
    for order in _orders(held):
        order.cancel()
        order.save(update_fields=["state"])
        OrderStep.objects.create(order=order, verb="cancelled", facts={"code": code})


def _held(purchase: Purchase) -> Purchase:
    """As it is now, locked until the transaction ends."""
    return Purchase.objects.select_for_update().get(pk=purchase.pk)


def _settle(purchase: Purchase, state: Purchase.State) -> None:
    purchase.state = state
    purchase.settled_at = timezone.now()
    purchase.save(update_fields=["state", "settled_at"])


def _orders(purchase: Purchase) -> list[Order]:
    """In the order of their shops: two purchases at the same shops never wait for each other."""
    orders = purchase.orders.select_for_update(of=("self",)).select_related("shop")
    return list(orders.order_by("shop_id"))


def _number(orders: list[Order]) -> None:
    """Each the next number of its shop, whose row is held: numbers have no gaps and no twins."""
    shops = Shop.objects.filter(pk__in=[order.shop_id for order in orders]).order_by("pk")
    list(shops.select_for_update(no_key=True).values_list("pk"))
    # Only a statement of its own sees what was written while the rows were waited for.
    numbered = Order.objects.filter(shop=OuterRef("pk"), number__isnull=False)
    last = Subquery(numbered.order_by("-number").values("number")[:1])
    numbers = dict(shops.annotate(last=last).values_list("pk", "last"))
    for order in orders:
        order.number = (numbers[order.shop_id] or 0) + 1


def _give_back_coupons(purchase: Purchase) -> None:
    uses = purchase.coupon_uses.all()
    Coupon.objects.filter(pk__in=uses.values("coupon"), used__gt=0).update(used=F("used") - 1)
    uses.delete()


def _give_back_late_money(purchase: Purchase, orders: list[Order]) -> None:
    """Once: of an order whose money went back already nothing is left. That it came, the ledger
    learns with the refund."""
    for order in orders:
        refund_rest(order, reason="late_payment")
