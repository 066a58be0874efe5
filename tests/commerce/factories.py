"""How tests make shops and what they sell, without asking any rule."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from djmoney.money import Money

from accounts.models import User
from commerce.models import (
    Address,
    Category,
    Product,
    ShippingRate,
    ShippingZone,
    Shop,
    TaxRate,
    Variant,
)


def make_shop(owner: User, **fields: Any) -> Shop:
    """An open shop in Berlin that ships everywhere for 4.90 EUR."""
    fields.setdefault("slug", owner.username)
    fields.setdefault("name", f"{owner.display_name}'s shop")
    fields.setdefault("country", "DE")
    fields.setdefault("state", Shop.State.OPEN)
    shop = Shop.objects.create(owner=owner, opened_at=timezone.now(), **fields)
    zone = ShippingZone.objects.create(shop=shop, name="Everywhere")
    ShippingRate.objects.create(zone=zone, name="Parcel", price=Decimal("4.90"))
    return shop


def make_product(
    shop: Shop, *, price: str = "20.00", stock: int = 10, **fields: Any
) -> tuple[Product, Variant]:
    """A published product with one variant."""
    category, _ = Category.objects.get_or_create(slug="clothes", defaults={"name": "Clothes"})
    fields = {"title": "Linen shirt", "category": category} | fields
    fields.setdefault("state", Product.State.PUBLISHED)
    product = Product.objects.create(
        shop=shop,
        published_at=timezone.now(),
        price_from=Decimal(price),
        in_stock=stock > 0,
        **fields,
    )
    return product, make_variant(product, price=price, stock=stock)


def make_variant(product: Product, *, price: str = "20.00", stock: int = 10, **fields: Any):
    """One more choice of the product, in its shop's currency."""
    money = Money(price, product.shop.currency)
    return Variant.objects.create(product=product, price=money, stock=stock, **fields)


def make_address(person: User, **fields: Any) -> Address:
    """At home in Berlin."""
    plain = {"street": "Lindenstr. 5", "city": "Berlin", "postcode": "10969", "country": "DE"}
    return Address.objects.create(person=person, name=person.display_name, **plain | fields)


def make_tax(country: str = "DE", percent: str = "19", **fields: Any) -> TaxRate:
    """What a country takes, since long ago."""
    fields.setdefault("since", "2020-01-01")
    fields.setdefault("tax_class", "standard")
    return TaxRate.objects.create(country=country, percent=Decimal(percent), **fields)
