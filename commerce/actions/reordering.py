"""Ordering the same again: what an order holds, in its buyer's cart as it is sold now."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from accounts.models import User
from commerce.actions import carts
from commerce.models import Cart, CartLine, Order, OrderLine, Product, Variant
from commerce.refusals import conflict, invalid


@transaction.atomic
def order_again(buyer: User, order: Order) -> list[str]:
    """Put what was ordered into the buyer's cart, to what lies there; answers the titles of what
    cannot be had any more.

    As many queries for one line as for many. Raises `Conflict` (order.nothing_again) where nothing
    of it can be had, `ValidationError` (cart.full).
    """
    sold = list(order.lines.all())
    there = _offered(buyer, sold)
    wanted = [line for line in sold if line.variant_id in there]
    if not wanted:
        raise conflict("order.nothing_again")
    _put(carts.hold(carts.cart_of(buyer)), wanted, there)
    return [line.product_title for line in sold if line.variant_id not in there]


def _offered(buyer: User, sold: Sequence[OrderLine]) -> dict[UUID | None, Variant]:
    """What the buyer may see and have of it, by id."""
    keys = [line.variant_id for line in sold if line.variant_id]
    seen = Product.objects.visible_to(buyer).filter(variants__in=keys).order_by()
    variants = Variant.objects.filter(pk__in=keys, product__in=seen.values("pk"))
    variants = variants.select_related("product")
    return {variant.pk: variant for variant in variants if variant.is_available}


def _put(cart: Cart, wanted: Sequence[OrderLine], there: dict[UUID | None, Variant]) -> None:
    lying = {line.variant_id: line for line in cart.lines.all()}
    for line in wanted:
        variant = there[line.variant_id]
        own = lying.setdefault(variant.pk, CartLine(cart=cart, variant=variant, quantity=0))
        before = 0 if own.is_for_later else own.quantity
        own.quantity = min(before + line.quantity, CartLine.MOST)
        own.is_for_later, own.price_seen = False, variant.price.amount
    if len(lying) > Cart.MOST_LINES:
        raise invalid("cart.full", count=Cart.MOST_LINES)
    changed = [lying[there[line.variant_id].pk] for line in wanted]
    CartLine.objects.bulk_create([line for line in changed if line._state.adding])
    CartLine.objects.bulk_update(
        [line for line in changed if not line._state.adding],
        ["quantity", "is_for_later", "price_seen"],
    )
