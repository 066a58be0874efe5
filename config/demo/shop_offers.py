"""What the demo shops give away: bowls for three together, a code for prints, a lamp for less."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from commerce.actions import coupons, group_buys
from commerce.models import Product

Goods = Mapping[str, Product]


def offer_all(goods: Goods) -> None:
    """One of each kind."""
    bowl, bird, lamp = goods["bowl"], goods["bird"], goods["lamp"]
    group_buys.offer(_seller(bowl), bowl, people=3, percent=Decimal(20), hours=24)
    coupons.give(_seller(bird), bird.shop, code="PAPEL10", percent=Decimal(10), most_each=3)
    now = timezone.now()
    coupons.start_sale(
        _seller(lamp),
        lamp.shop,
        variant=lamp.variants.get().pk,
        price=Decimal("98.00"),
        starts_at=now,
        ends_at=now + timedelta(days=2),
        most=2,
    )


def _seller(product: Product) -> Any:
    return product.shop.owner
