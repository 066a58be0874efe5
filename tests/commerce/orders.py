"""How tests place orders, as if they had been paid."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from commerce.actions import orders, purchases
from commerce.models import Order, OrderLine, Payment, Purchase, Shop, ShopStaff, Variant

ADDRESS = {
    "name": "Ana Lindgren",
    "street": "Lindenstr. 5",
    "postcode": "10969",
    "city": "Berlin",
    "country": "DE",
}
SHIPPING = Decimal("4.90")


def place(buyer: User, *lines: tuple[Variant, int], **fields: Any) -> Order:
    """An order at one shop that waits for its payment: pieces, 19 % tax in them, 4.90 shipping."""
    shop: Shop = lines[0][0].product.shop
    goods = sum((variant.price.amount * number for variant, number in lines), Decimal(0))
    sums = {"currency": shop.currency, "goods": goods, "shipping": SHIPPING}
    sums |= {"total": goods + SHIPPING, "tax": _tax(goods + SHIPPING)}
    purchase = Purchase.objects.create(
        buyer=buyer, key=f"key-{Purchase.objects.count()}", digest="", address=ADDRESS, **sums
    )
    order = Order.objects.create(purchase=purchase, shop=shop, buyer=buyer, **sums | fields)
    for variant, number in lines:
        total = variant.price.amount * number
        OrderLine.objects.create(
            order=order,
            variant=variant,
            product_title=variant.product.title,
            quantity=number,
            price=variant.price.amount,
            total=total,
            tax=_tax(total),
            tax_percent=Decimal(19),
        )
    return order


def _tax(gross: Decimal) -> Decimal:
    return (gross * 19 / 119).quantize(Decimal("0.01"))


def pay(order: Order) -> Order:
    """Its money is there."""
    Payment.objects.create(
        purchase=order.purchase,
        provider="test",
        reference=str(order.pk),
        state=Payment.State.CAPTURED,
        currency=order.currency,
        amount=order.purchase.total,
        captured=order.purchase.total,
    )
    purchases.paid(order.purchase)
    return fresh(order)


def brought_to(state: str, buyer: User, *lines: tuple[Variant, int]) -> Order:
    """An order in that state, as its people bring it there."""
    order = place(buyer, *lines)
    if state == "pending":
        return order
    order = pay(order)
    seller: Any = order.shop.owner
    if state == "cancelled":
        orders.cancel(seller, order)
    if state in ("packed", "shipped", "delivered"):
        orders.pack(seller, order)
    if state in ("shipped", "delivered"):
        orders.ship(seller, order, carrier="DHL", tracking="JD014")
    if state == "delivered":
        orders.deliver(buyer, order)
    return fresh(order)


def hire(shop: Shop, person: User, role: str, *, accepted: bool = True) -> None:
    """Somebody works for the shop, or was asked to."""
    at = timezone.now() if accepted else None
    ShopStaff.objects.create(shop=shop, person=person, role=role, accepted_at=at)


def fresh(order: Order) -> Order:
    """As it is stored."""
    return Order.objects.select_related("shop", "purchase").get(pk=order.pk)
