"""Lower prices that a shop gives: codes, and flash sales of so many pieces for so long."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import User
from commerce.models import Coupon, FlashSale, Shop, Variant
from commerce.people import PRODUCTS, demand
from commerce.refusals import invalid

FIELDS = ("percent", "off", "least", "starts_at", "ends_at", "most_uses", "most_each", "stacks")


def give(actor: User, shop: Shop, *, code: str, **fields: Any) -> Coupon:
    """A new code: `percent` or `off` (in the shop's currency), and of `least`, `starts_at`,
    `ends_at`, `most_uses`, `most_each`, `stacks` what is not as usual.

    Raises `Refused` (policy.R7, shop.not_yours), `Http404`, `ValidationError` by field (coupon.*).
    """
    _permit(actor, shop)
    said = {name: fields[name] for name in FIELDS if fields.get(name) is not None}
    coupon = Coupon(shop=shop, code=code.strip().upper(), currency=shop.currency, **said)
    check(coupon)
    try:
        with transaction.atomic():
            coupon.save()
    except IntegrityError:
        raise invalid("coupon.taken", "code") from None
    return coupon


def _permit(actor: User, shop: Shop) -> None:
    policy.permit(policy.sell(actor.person))
    demand(actor, shop, PRODUCTS)


def check(coupon: Coupon) -> None:
    """Raise `ValidationError` by field (coupon.*, flash.time) for what cannot be a code."""
    if not re.fullmatch(r"[A-Z0-9]{3,24}", coupon.code):
        raise invalid("coupon.code", "code")
    is_right = (coupon.percent is None) != (coupon.off is None) and (
        coupon.off is None or coupon.off > 0
    )
    if not is_right or (coupon.percent is not None and not 0 < coupon.percent <= 100):
        raise invalid("coupon.value", "percent")
    if coupon.ends_at is not None and coupon.ends_at <= max(coupon.starts_at, timezone.now()):
        raise invalid("flash.time", "ends_at")
    coupon.clean_fields(exclude={"shop", "currency"})


def give_ours(coupon: Coupon) -> None:
    """Save a code that Medley pays for, new or changed; the admin has asked who may. Raises
    `ValidationError` by field (coupon.*)."""
    coupon.shop, coupon.code = None, coupon.code.strip().upper()
    check(coupon)
    coupon.save()


def end(actor: User, shop: Shop, coupon_id: UUID) -> None:
    """Nobody uses it from now on; what was ordered with it stays."""
    _permit(actor, shop)
    if not shop.coupons.filter(pk=coupon_id).update(is_active=False):
        raise Http404


@transaction.atomic
def start_sale(
    actor: User,
    shop: Shop,
    *,
    variant: UUID,
    price: Decimal,
    starts_at: datetime,
    ends_at: datetime,
    most: int,
    most_each: int = 1,
) -> FlashSale:
    """Sell `most` pieces of a variant at a lower price for some time; each person has `most_each`
    at most. Raises as `give` does (flash.*)."""
    _permit(actor, shop)
    found = Variant.objects.select_for_update(of=("self",)).filter(product__shop=shop, pk=variant)
    held = found.first()
    if held is None:
        raise Http404
    if not price.is_finite() or not 0 < price < held.price.amount:
        raise invalid("flash.price", "price")
    if ends_at <= max(starts_at, timezone.now()):
        raise invalid("flash.time", "ends_at")
    if held.flash_sales.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise invalid("flash.twice", "starts_at")
    sale = FlashSale(variant=held, price=price, most=most, most_each=most_each)
    sale.starts_at, sale.ends_at = starts_at, ends_at
    sale.clean_fields(exclude={"variant"})
    sale.save()
    return sale


@transaction.atomic
def end_sale(actor: User, shop: Shop, sale_id: UUID) -> None:
    """From now on it costs what it usually does; one that has not begun is no more."""
    _permit(actor, shop)
    sale = FlashSale.objects.select_for_update(of=("self",)).filter(
        variant__product__shop=shop, pk=sale_id
    )
    if (held := sale.first()) is None:
        raise Http404
    now = timezone.now()
    if held.starts_at >= now:
        held.delete()
    elif held.ends_at > now:
        FlashSale.objects.filter(pk=held.pk).update(ends_at=now)
