"""A creator's showcase: products on their profile."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from accounts import policy
from accounts.models import User
from commerce import commission
from commerce.models import Product, ShowcaseItem
from commerce.refusals import refused


@transaction.atomic
def add(creator: User, product: Product) -> ShowcaseItem:
    """Put a product first on one's profile: one's own shop's, or one whose programme one is in.

    Raises `Refused` (policy.R7, showcase.full, showcase.no_programme).
    """
    policy.permit(policy.earn(creator.person))
    if not commission.earning(creator.pk, [product], timezone.now()):
        raise refused("showcase.no_programme")
    User.objects.select_for_update().only("pk").get(pk=creator.pk)  # two tabs count one by one
    mine = ShowcaseItem.objects.filter(creator=creator)
    if found := mine.filter(product=product).first():
        return found
    if mine.count() >= ShowcaseItem.MOST:
        raise refused("showcase.full")
    first = mine.aggregate(first=Min("position"))["first"] or 0
    return ShowcaseItem.objects.create(creator=creator, product=product, position=first - 1)


def remove(creator: User, product_id: UUID) -> None:
    """Take it away; what is not there stays so."""
    ShowcaseItem.objects.filter(creator=creator, product=product_id).delete()


@transaction.atomic
def reorder(creator: User, product_ids: Sequence[UUID]) -> None:
    """Show these first, in this order; the others after them as they were."""
    items = list(ShowcaseItem.objects.select_for_update().filter(creator=creator))
    places = {product: place for place, product in enumerate(product_ids)}
    items.sort(key=lambda item: places.get(item.product_id, len(places)))
    for position, item in enumerate(items):
        item.position = position
    ShowcaseItem.objects.bulk_update(items, ["position"])
