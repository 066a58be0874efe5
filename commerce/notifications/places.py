"""Where lines about orders lead and what they show, with the receiver's rights: a query a kind.

A line that is missing in the answer is not there for its receiver.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from accounts.models import User
from accounts.notifications import Target
from commerce.models import Order, OrderLine
from commerce.people import shops_of

Lines = Collection[Any]
Targets = Mapping[UUID, Target]


def to_order(viewer: User, lines: Lines) -> Targets:
    """To one's own order, as its buyer."""
    return _at(Order.objects.filter(buyer=viewer), "commerce:order", lines)


def to_sale(viewer: User, lines: Lines) -> Targets:
    """To an order of a shop that one works for."""
    sold = Order.objects.filter(shop__in=[shop.pk for shop in shops_of(viewer)])
    return _at(sold, "commerce:sell-order", lines)


def _at(orders: QuerySet[Order], page: str, lines: Lines) -> Targets:
    first = OrderLine.objects.filter(order=OuterRef("pk")).order_by("pk")
    rows = orders.filter(pk__in={line.about for line in lines}).values_list(
        "pk",
        Subquery(first.values("product_title")[:1]),
        Subquery(first.values("picture")[:1]),
    )
    found = {key: _target(page, key, title, picture) for key, title, picture in rows}
    return {line.pk: found[line.about] for line in lines if line.about in found}


def _target(page: str, key: UUID, title: str | None, picture: str | None) -> Target:
    shown = default_storage.url(picture) if picture else ""
    return Target(reverse(page, args=[key]), title or "", shown)
