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

PLACES = {
    "ana": ("Calle del Olmo 14", "28012", "Madrid", "ES"),
    "ben": ("Rua da Rosa 18", "1200-386", "Lisboa", "PT"),
    "ivo": ("ul. Shipka 7", "1504", "Sofia", "BG"),
    "lucia": ("Calle de la Palma 31", "28004", "Madrid", "ES"),
    "mei": ("Rua do Poço 9", "1100-418", "Lisboa", "PT"),
    "noor": ("Rue Talaa Kebira 22", "30110", "Fès", "MA"),
    "priya": ("Mill Road 105", "CB1 2AW", "Cambridge", "GB"),
}
SHIPPING, TAX = Decimal("3.90"), Decimal(23)


def order_some(people: Mapping[str, User], goods: Goods) -> None:
    """To pack, packed, on its way, arrived, on its way back, cancelled."""
    ana, ben = people["ana"], people["ben"]
    mei = goods["tote"].shop.owner
    assert mei is not None
    buy(ana, goods["tote"], days=0)
    buy(ben, goods["scarf"], pieces=2, days=0)
    orders.pack(mei, buy(ben, goods["tote"], days=1))
    orders.ship(mei, buy(ana, goods["scarf"]), carrier="CTT", tracking="RR014562397PT")
    arrive(buy(ana, goods["shirt"], days=6))
    back = arrive(buy(ben, goods["shirt"], pieces=2, days=5))
    returns.ask(ben, back, {back.lines.get().pk: 1}, reason="no_fit", words="A size too small.")
    orders.cancel(mei, buy(ben, goods["scarf"]), reason="The last one had a stain.")


def buy(buyer: User, product: Product, pieces: int = 1, *, days: int = 2) -> Order:
    """An order that was placed so many days ago, and paid."""
    variant, shop = product.variants.filter(stock__gt=0).first(), product.shop
    assert variant is not None
    goods = variant.price.amount * pieces
    sums = {"currency": shop.currency, "goods": goods, "shipping": SHIPPING}
    sums |= {"total": goods + SHIPPING, "tax": _tax_in(goods + SHIPPING)}
    at = timezone.now() - timedelta(days=days)
    purchase = Purchase.objects.create(
        buyer=buyer,
        key=f"demo-{Purchase.objects.count()}",
        digest="",
        address=_home(buyer),
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
    Order.objects.filter(pk=order.pk).update(paid_at=at)
    order.steps.filter(verb="paid").update(at=at)
    return Order.objects.select_related("shop").get(pk=order.pk)


def _home(buyer: User) -> dict[str, str]:
    street, postcode, city, country = PLACES[buyer.username]
    home = {"street": street, "postcode": postcode, "city": city, "country": country}
    return {"name": buyer.name} | home


def arrive(order: Order) -> Order:
    """The order, sent and received."""
    seller, buyer = order.shop.owner, order.buyer
    assert seller is not None and buyer is not None
    orders.ship(seller, order, carrier="CTT", tracking="RR014562383PT")
    return orders.deliver(buyer, order)


def _tax_in(gross: Decimal) -> Decimal:
    return rounded(gross * TAX / (100 + TAX))
