"""Who works for which shop, and what each may do there."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404

from commerce.models import Shop, ShopStaff
from commerce.refusals import refused

PRODUCTS, ORDERS, SUPPORT, MONEY, STAFF = "products", "orders", "support", "money", "staff"
READS_ORDERS = "orders.read"
SETTINGS = "settings"

RIGHTS: dict[str, frozenset[str]] = {
    ShopStaff.Role.MANAGER: frozenset({PRODUCTS, ORDERS, READS_ORDERS, SUPPORT, SETTINGS}),
    ShopStaff.Role.PACKER: frozenset({ORDERS, READS_ORDERS}),
    ShopStaff.Role.SUPPORT: frozenset({SUPPORT, READS_ORDERS}),
}
ALL = frozenset({MONEY, STAFF}).union(*RIGHTS.values())


def rights(person: Any, shop: Shop) -> frozenset[str]:
    """All that the person may do in the shop: "products", "orders", "orders.read", "support",
    "settings", "money", "staff". The owner has all; who was only invited, nothing; while the owner
    has closed it, nobody else anything."""
    if not person.is_authenticated or shop.owner_id == person.pk:
        return rights_by(person, shop, None)
    job = shop.staff.working().filter(person=person).values_list("role", flat=True).first()
    return rights_by(person, shop, job)


def rights_by(person: Any, shop: Shop, role: str | None) -> frozenset[str]:
    """The same of somebody whose role there is known (`role_at`): without a query."""
    if not person.is_authenticated or not person.is_active:
        return frozenset()
    if shop.owner_id == person.pk:
        return ALL
    return RIGHTS.get(role or "", frozenset()) if shop.state != Shop.State.CLOSED else frozenset()


def role_at(person: Any, shop: str) -> Subquery:
    """For a query whose rows point at shops by `shop`: what the person does there, or null."""
    jobs = ShopStaff.objects.filter(shop=OuterRef(shop), accepted_at__isnull=False)
    return Subquery(jobs.filter(person=person.pk).values("role")[:1])


def may(person: Any, shop: Shop, right: str) -> bool:
    """Whether the person has this right there. R7 is the actions' to ask."""
    return right in rights(person, shop)


def demand(person: Any, shop: Shop, right: str) -> None:
    """Raise unless the person has this right there: `Refused` ("shop.not_yours") for those who work
    for the shop, `Http404` for everybody else, as if there were nothing."""
    held = rights(person, shop)
    if not held:
        raise Http404
    if right not in held:
        raise refused("shop.not_yours")


def people_with(shop: Shop, right: str) -> list[UUID]:
    """The ids of all who have this right there, the owner first."""
    return people_of([shop], right)[shop.pk]


def people_of(shops: Iterable[Shop], right: str) -> dict[UUID, list[UUID]]:
    """The same of several, by the shop's id; one query."""
    held = list(shops)
    found = {shop.pk: [shop.owner_id] if shop.owner_id else [] for shop in held}
    open_ones = [shop.pk for shop in held if shop.state != Shop.State.CLOSED]
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    staff = ShopStaff.objects.working().filter(
        shop__in=open_ones, role__in=roles, person__is_active=True
    )
    for shop, person in staff.order_by("pk").values_list("shop", "person"):
        found[shop].append(person)
    return found


def shops_of(person: Any) -> QuerySet[Shop]:
    """The shop somebody owns and those they work for, their own first."""
    return Shop.objects.run_by(person)


def shop_of(person: Any, slug: str = "") -> Shop:
    """The shop with this address among those of the person, or without one the first of them.
    Raises `Http404` where they have none such."""
    shops = shops_of(person).filter(slug=slug) if slug else shops_of(person)
    if (shop := shops.first()) is None:
        raise Http404
    return shop
