"""What a product's variants say together: from which price on, and whether there is some."""

from decimal import Decimal
from uuid import UUID

from django.db.models import Min, Q

from accounts.ports import card_changed
from commerce.models import Product, Variant
from commerce.refusals import invalid

HIGHEST = Decimal("999999.99")
MOST_STOCK = 1_000_000


def sum_up(*product_ids: UUID) -> None:
    """Write it into the products, which their lists read, and renew their cards where that changed.
    Call it in the transaction that changed a variant."""
    for key in sorted(set(product_ids)):
        _sum_up(key)


def _sum_up(product_id: UUID) -> None:
    offered = Variant.objects.filter(product=product_id, is_offered=True)
    now = {
        "price_from": offered.aggregate(least=Min("price"))["least"] or Decimal(0),
        "in_stock": offered.filter(stock__gt=0).exists(),
    }
    if Product.objects.filter(~Q(**now), pk=product_id).update(**now):
        card_changed("product", product_id)


def clean_price(price: Decimal | None) -> Decimal:
    """A price as it is stored. Raises `ValidationError` (product.price)."""
    is_right = price is not None and price.is_finite() and Decimal(0) < price <= HIGHEST
    if price is None or not is_right or price != round(price, 2):
        raise invalid("product.price", "price")
    return round(price, 2)


def check_stock(stock: int) -> None:
    """Raise `ValidationError` (product.stock) for what nobody has."""
    if not 0 <= stock <= MOST_STOCK:
        raise invalid("product.stock", "stock", count=MOST_STOCK)
