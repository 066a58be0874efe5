"""Products on people's profiles: what their shop sells, and what they show of others."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from accounts.models import User
from commerce.models import Product, ShowcaseItem

SHOWN = 60


def products_of(person: User, viewer: Any) -> QuerySet[Product]:
    """What somebody shows and sells, as far as the viewer may see it: their showcase first, then
    the newest of their own shop."""
    shown = ShowcaseItem.objects.filter(creator=person, product=OuterRef("pk"))
    products = Product.objects.visible_to(viewer).listed()
    theirs = products.filter(Q(Exists(shown)) | Q(shop__owner=person))
    first = Case(When(Exists(shown), then=Value(0)), default=Value(1))
    return theirs.order_by(first, "-published_at", "pk")


def has_products(person: User) -> bool:
    """Whether anybody might find something there; one query."""
    shown = ShowcaseItem.objects.filter(creator=person, product=OuterRef("pk"))
    products = Product.objects.listed()
    return products.filter(Q(Exists(shown)) | Q(shop__owner=person)).exists()
