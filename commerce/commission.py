"""What a creator earns by a sale: the rate at the time of the order, and that buyers are told."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import policy
from accounts.models import User
from commerce.models import Product, Programme, ProgrammeMember

NOTHING = Decimal(0)


def percent_for(
    product: Product, creator_id: UUID | None, at: datetime, *, buyer_id: UUID | None = None
) -> Decimal:
    """Percent of the goods that the creator gets who showed the product; 0 where there is none,
    where they take part in no programme for it, and for what is their own: bought by themselves or
    sold by their shop."""
    return percents_for([(product, creator_id)], at, buyer_id=buyer_id)[0]


def percents_for(
    shown: Iterable[tuple[Product, UUID | None]], at: datetime, *, buyer_id: UUID | None = None
) -> list[Decimal]:
    """The same for several, in their order, with two queries. `product.shop` should be loaded."""
    wanted = list(shown)
    creators = {creator for _product, creator in wanted if creator}
    rates = _rates([product for product, _creator in wanted], creators, at) if creators else {}
    return [
        NOTHING
        if creator in (None, buyer_id, product.shop.owner_id)
        else rates.get((product.pk, creator), NOTHING)
        for product, creator in wanted
    ]


def earning(creator_id: UUID, products: Iterable[Product], at: datetime) -> set[UUID]:
    """Of the products, the ids of those by which the creator earns: say so where they show them.
    Their own shop's are among them."""
    shown = list(products)
    percents = percents_for([(product, creator_id) for product in shown], at)
    return {
        product.pk
        for product, percent in zip(shown, percents, strict=True)
        if percent or product.shop.owner_id == creator_id
    }


def earner(product: Product, creator_id: UUID | None, viewer: Any) -> User | None:
    """Who gets a part of what the viewer (AnonymousUser too) pays for the product that this creator
    showed them: say so beside the price. None where nobody does; at most three queries."""
    if not percent_for(product, creator_id, timezone.now(), buyer_id=viewer.pk):
        return None
    return User.objects.get(pk=creator_id)


def disclosure(creator: User) -> str:
    """What buyers read where this creator shows what they earn by (_disclosure.html)."""
    words = _("%(name)s earns when you buy here.") % {"name": creator.name}
    return f"{_('Advertising')} · {words}"


def _rates(
    products: Collection[Product], creators: Collection[UUID], at: datetime
) -> dict[tuple[UUID, UUID], Decimal]:
    """By product and creator: what its own programme says, or else its shop's."""
    programmes = _programmes(products, creators, at)
    of_product = {programme.product_id: programme for programme in programmes}
    of_shop = {
        programme.shop_id: programme for programme in programmes if programme.product_id is None
    }
    return {
        (product.pk, member.creator_id): programme.rate_of(member)
        for product in products
        if (programme := of_product.get(product.pk) or of_shop.get(product.shop_id))
        for member in programme.members.all()
        if policy.earn(member.creator.person) is None
    }


def _programmes(
    products: Collection[Product], creators: Collection[UUID], at: datetime
) -> list[Programme]:
    members = ProgrammeMember.objects.filter(
        creator__in=creators, state=ProgrammeMember.State.IN, since__lte=at
    ).select_related("creator")
    of_these = Q(product__in=[product.pk for product in products]) | Q(
        product=None, shop__in={product.shop_id for product in products}
    )
    return list(
        Programme.objects.filter(of_these, is_active=True, created_at__lte=at).prefetch_related(
            Prefetch("members", members)
        )
    )
