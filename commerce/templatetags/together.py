"""What pages of products say about reviews and group buys."""

from decimal import Decimal
from typing import Any

from django import template

from commerce.models import Product
from commerce.models.group_buy import lowered

register = template.Library()


@register.simple_tag
def group_price(product: Product, percent: Decimal) -> Decimal:
    """What a piece costs in a group at least, in the shop's currency."""
    return lowered(product.price_from, percent)


@register.inclusion_tag("commerce/reviews/_stars.html")
def stars(number: float | None) -> dict[str, Any]:
    """Five stars, so many of them filled."""
    return {"number": number or 0, "filled": round(number or 0), "all": range(1, 6)}
