"""Orders at the demo shop: one in each state, by Ana and Ben, as their people brought it there."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from commerce.actions import orders, purchases, returns
from commerce.amounts import rounded
from commerce.models import Order, OrderLine, Payment, Product, Purchase, TestCharge

Goods = Mapping[str, Product]

HOMES = {
    "ana": {
        "name": "Ana Lindgren",
        "street": "Lindenstr. 5",
        "postcode": "10969",
        "city": "Berlin",
        "country": "DE",
    },
    "ben": {
        "name": "Ben Okafor",
        "street": "Rua da Rosa 18",
        "postcode": "1200-386",
        "city": "Lisboa",
        "country": "PT",
    },
}
SHIPPING, TAX = Decimal("7.90"), Decimal(23)


def order_some(people: Mapping[str, User], goods: Goods) -> None:
    """To pack, packed, on its way, arrived, on its way back, cancelled."""
    ana, ben = people["ana"], people["ben"]
    mei = goods["tote"].shop.owner
    assert mei is not None
    _paid(ana, goods["tote"])
    _paid(ben, goods["scarf"], pieces=2)
    orders.pack(mei, _paid(ben, goods["tote"]))
    orders.ship(mei, _paid(ana, goods["scarf"]), carrier="CTT", tracking="RR014562397PT")
    _arrived(_paid(ana, goods["shirt"]))
    back = _arrived(_paid(ben, goods["shirt"], pieces=2))
    returns.ask(ben, back, {back.lines.get().pk: 1}, reason="no_fit", words="A size too small.")
    orders.cancel(mei, _paid(ben, goods["scarf"]), reason="The last one had a stain.")


def _paid(buyer: User, product: Product, pieces: int = 1) -> Order:
    """An order that was paid two days ago."""
    variant, shop = product.variants.filter(stock__gt=0).first(), product.shop
    assert variant is not None
    goods = variant.price.amount * pieces
    sums = {"currency": shop.currency, "goods": goods, "shipping": SHIPPING}
    sums |= {"total": goods + SHIPPING, "tax": _tax_in(goods + SHIPPING)}
    at = timezone.now() - timedelta(days=2)
    purchase = Purchase.objects.create(
        buyer=buyer,
        key=f"demo-{Purchase.objects.count()}",
        digest="",
        address=HOMES[buyer.username],
        placed_at=at,
        **sums,
    )
    order = Order.objects.create(
        purchase=purchase, shop=shop, buyer=buyer, shipping_name="Parcel", placed_at=at, **sums
    )
    photo = product.photos.first()
    OrderLine.objects.create(
        order=order,
        variant=variant,
        product_title=product.title,
        variant_title=" / ".join(variant.values),
        picture=(photo.image.name or "") if photo else "",
        quantity=pieces,
        price=variant.price.amount,
        total=goods,
        tax=_tax_in(goods),
        tax_percent=TAX,
    )
    payment = Payment.objects.create(
        purchase=purchase,
        provider="test",
        reference=f"demo-{purchase.pk}",
        state=Payment.State.CAPTURED,
        currency=shop.currency,
        amount=purchase.total,
        captured=purchase.total,
    )
    TestCharge.objects.create(
        payment=payment.pk,
        currency=payment.currency,
        amount=payment.amount,
        take=True,
        state=TestCharge.State.TAKEN,
    )
    purchases.paid(purchase)
    return Order.objects.select_related("shop").get(pk=order.pk)


def _arrived(order: Order) -> Order:
    seller, buyer = order.shop.owner, order.buyer
    assert seller is not None and buyer is not None
    orders.ship(seller, order, carrier="CTT", tracking="RR014562383PT")
    return orders.deliver(buyer, order)


def _tax_in(gross: Decimal) -> Decimal:
    return rounded(gross * TAX / (100 + TAX))
