"""Orders as they stand once they are paid, made without a checkout; and what is given back."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from commerce import ledger
from commerce.amounts import rounded
from commerce.models import Order, OrderLine, Payment, Purchase, Refund, Shop, Variant

TAX_PERCENT = Decimal(19)


def tax_within(amount: Decimal, percent: Decimal) -> Decimal:
    """What of a price with tax is tax."""
    return rounded(amount * percent / (100 + percent))


def make_order(
    variant: Variant,
    buyer: User,
    *,
    quantity: int = 1,
    creator: User | None = None,
    percent: str = "0",
    given: str = "0",
    shipping: str = "4.90",
    tax: str = "19",
    **met: Any,
) -> Order:
    """A paid order of one line; `given` is a discount that Medley pays, `tax` percent are within
    all prices, and `creator` showed it for `percent`."""
    shop, sent = variant.product.shop, Decimal(shipping)
    price, taken = variant.price.amount, Decimal(tax)
    cost = price * quantity - Decimal(given)
    order = _order(
        shop,
        buyer,
        goods=price * quantity,
        shipping=sent,
        platform_discount=Decimal(given),
        tax=tax_within(cost, taken) + tax_within(sent, taken),
        total=cost + sent,
    )
    OrderLine.objects.create(
        order=order,
        variant=variant,
        product_title=variant.product.title,
        quantity=quantity,
        price=price,
        discount=Decimal(given),
        tax=tax_within(cost, taken),
        tax_percent=taken,
        total=cost,
        creator=creator,
        commission_percent=Decimal(percent),
        **met,
    )
    return order


def _order(shop: Shop, buyer: User, **amounts: Decimal) -> Order:
    total = {name: amounts[name] for name in ("goods", "shipping", "tax", "total")}
    purchase = Purchase.objects.create(
        buyer=buyer,
        key=str(uuid4()),
        digest="",
        state=Purchase.State.PAID,
        currency=shop.currency,
        address={},
        **total,
    )
    return Order.objects.create(
        purchase=purchase,
        shop=shop,
        buyer=buyer,
        number=shop.orders.count() + 1,
        state=Order.State.PAID,
        currency=shop.currency,
        paid_at=timezone.now(),
        **amounts,
    )


def make_refund(order: Order, lines: dict[OrderLine, str], *, shipping: str = "0") -> Refund:
    """That much of each line goes back, and that much of the shipping."""
    payment, _is_new = Payment.objects.get_or_create(
        purchase=order.purchase,
        defaults={
            "provider": "test",
            "state": Payment.State.CAPTURED,
            "currency": order.currency,
            "amount": order.total,
            "captured": order.total,
        },
    )
    told = [
        {"line": str(line.pk), "quantity": 1, "amount": amount} for line, amount in lines.items()
    ]
    amount = sum((Decimal(each) for each in lines.values()), Decimal(shipping))
    return Refund.objects.create(
        payment=payment, order=order, amount=amount, reason="no_fit", lines=told
    )


def arrived(order: Order, *, days_ago: int = 60) -> Order:
    """So long ago that nothing can be returned any more."""
    order.delivered_at = timezone.now() - datetime.timedelta(days=days_ago)
    ledger.delivered(order)
    return order
