"""What somebody would order, as it is now: of their cart, or one thing at once."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from accounts.models import User
from accounts.reading import ANY_ID, Prepared
from commerce.models import CartLine, FlashSale, Product, ProductPhoto, Shop, Variant


@dataclass(slots=True)
class Wanted:
    """Some pieces that somebody would order: from a cart's line, or (None) bought at once.
    `picture` is the name of the product's first photo in the storage, where it was asked for."""

    variant: Variant
    quantity: int
    line: CartLine | None = None
    sale: FlashSale | None = None
    price: Decimal = Decimal(0)
    picture: str = ""

    @property
    def shop(self) -> Shop:
        return self.variant.product.shop


def of_cart(buyer: User) -> list[Wanted]:
    """What is to be ordered of their cart and for sale, in one query. Things laid aside, and those
    that are gone for good, are left out."""
    found = sorted(_cart_lines(buyer), key=lambda line: line.variant_id)
    return [
        Wanted(line.variant, line.quantity, line, picture=line.first_picture or "")
        for line in found
    ]


def of_variant(buyer: User, variant_id: UUID, quantity: int) -> list[Wanted]:
    """One thing, if it is for sale; one query."""
    found = _variants(buyer, variant_id)
    return [Wanted(each, quantity, picture=each.first_picture or "") for each in found]


def _for_sale_to(buyer: Any) -> Any:
    return Product.objects.visible_to(buyer).filter(state=Product.State.PUBLISHED)


def _first_picture(product: str) -> Subquery:
    photos = ProductPhoto.objects.filter(product=OuterRef(product)).order_by("position", "pk")
    return Subquery(photos.values("image")[:1])


_cart_lines = Prepared(
    lambda buyer: (
        CartLine.objects.filter(
            cart__person=buyer,
            is_for_later=False,
            variant__is_offered=True,
            variant__product__in=_for_sale_to(buyer),
        )
        .select_related("variant__product__shop__owner", "variant__product__category")
        .annotate(first_picture=_first_picture("variant__product"))
    )
)
_variants = Prepared(
    lambda buyer, variant_id: (
        Variant.objects.filter(pk=variant_id, is_offered=True, product__in=_for_sale_to(buyer))
        .select_related("product__shop__owner", "product__category")
        .annotate(first_picture=_first_picture("product"))
    ),
    ANY_ID,
)
