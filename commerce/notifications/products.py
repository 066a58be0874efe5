"""The kinds of things that are said about what one waits for."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notifications import Kind, Section, Target
from commerce.models import Product


def _to_product(viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
    shown = Product.objects.visible_to(viewer).filter(pk__in={line.about for line in lines})
    found = {
        product.pk: Target(product.get_absolute_url(), product.title, product.picture_url)
        for product in shown
    }
    return {line.pk: found[line.about] for line in lines if line.about in found}


IN_STOCK = Kind(  # to whoever asked for it
    "commerce.in_stock",
    Section.SHOP,
    title=_("What you wait for is there again"),
    alone=_("%(product)s can be ordered again"),
    targets=_to_product,
)

KINDS = (IN_STOCK,)
