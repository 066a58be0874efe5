"""Who works for which shop, and what each may do there."""

from typing import Any

from django.db.models import QuerySet

from commerce.models import Shop, ShopStaff

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
    "settings", "money", "staff". The owner has all; who was only invited, nothing."""
    if not person.is_authenticated or not person.is_active:
        return frozenset()
    if shop.owner_id == person.pk:
        return ALL
    job = shop.staff.working().filter(person=person).values_list("role", flat=True).first()
    return RIGHTS.get(job or "", frozenset())


def may(person: Any, shop: Shop, right: str) -> bool:
    """Whether the person has this right there. R7 is the actions' to ask."""
    return right in rights(person, shop)


def shops_of(person: Any) -> QuerySet[Shop]:
    """The shop somebody owns and those they work for, their own first."""
    return Shop.objects.run_by(person)
