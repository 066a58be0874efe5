"""What people would like to have: wishlists, and hearing when something is there again.

Each may be repeated: a second time changes nothing. Looking and wishing are for everybody (R7).
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from accounts.models import User
from accounts.notifications import notify
from commerce.models import Product, StockAlert, Variant, Wish

AT_ONCE = 500  # people told by one run of the job


def wish(person: User, product: Product) -> None:
    """Put it on the wishlist. Raises `Http404` where the person does not see it."""
    _must_see(person, product)
    Wish.objects.get_or_create(person=person, product=product)


def unwish(person: User, product: Product) -> None:
    """Take it from the wishlist, also what is no longer shown."""
    Wish.objects.filter(person=person, product=product).delete()


def wait_for(person: User, variant: Variant) -> bool:
    """Hear once when it can be ordered again; answers whether there is something to wait for.
    Raises `Http404` where the person does not see the product."""
    _must_see(person, variant.product)
    if variant.is_available:
        return False
    StockAlert.objects.get_or_create(person=person, variant=variant)
    return True


def stop_waiting(person: User, variant: Variant) -> None:
    """Hear nothing of it."""
    StockAlert.objects.filter(person=person, variant=variant).delete()


@transaction.atomic
def tell_in_stock(variant_id: UUID) -> int:
    """A job: tell those who wait, if there is some at this moment; answers how many were told.
    Call it until that is 0."""
    variant = Variant.objects.select_related("product").filter(pk=variant_id).first()
    if variant is None or not variant.is_available or not variant.product.is_published:
        return 0
    alerts = StockAlert.objects.select_for_update().filter(variant=variant).order_by("pk")
    waiting = dict(alerts.values_list("pk", "person")[:AT_ONCE])
    if waiting:
        words: dict[str, Any] = {"product": variant.product.title, "variant": variant.name}
        notify("commerce.in_stock", waiting.values(), about=variant.product_id, **words)
    StockAlert.objects.filter(pk__in=waiting).delete()
    return len(waiting)


def _must_see(person: User, product: Product) -> None:
    if not Product.objects.visible_to(person).filter(pk=product.pk).exists():
        raise Http404
