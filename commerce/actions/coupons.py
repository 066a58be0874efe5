"""Lower prices that a shop gives: codes, and flash sales of so many pieces for so long."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import User
from commerce.models import Coupon, FlashSale, Shop, Variant
from commerce.people import PRODUCTS, demand
from commerce.refusals import conflict, invalid

FIELDS = ("percent", "off", "least", "starts_at", "ends_at", "most_uses", "most_each", "stacks")
SALE_FIELDS = ("price", "starts_at", "ends_at", "most", "most_each")


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


@transaction.atomic
def change(actor: User, shop: Shop, coupon_id: UUID, **fields: Any) -> Coupon:
    """Another value, other bounds (FIELDS; None takes a bound away); what was ordered keeps what it
    was given. Raises as `give` does, and `Conflict` (coupon.ended)."""
    _permit(actor, shop)
    coupon = _held(shop.coupons, coupon_id)
    if not coupon.is_active:
        raise conflict("coupon.ended")
    _set(coupon, fields, FIELDS)
    check(coupon)
    if coupon.most_uses is not None and coupon.most_uses < coupon.used:
        raise invalid("coupon.fewer", "most_uses", count=coupon.used)
    coupon.save(update_fields=list(fields))
    return coupon


def _held(rows: Any, key: UUID) -> Any:
    """One of them, until the transaction ends nobody else's to change. Raises `Http404`."""
    if (held := rows.select_for_update(of=("self",)).filter(pk=key).first()) is None:
        raise Http404
    return held


def _set(row: Any, fields: dict[str, Any], known: Sequence[str]) -> None:
    if unknown := fields.keys() - set(known):
        raise FieldDoesNotExist(", ".join(sorted(unknown)))
    for name, value in fields.items():
        setattr(row, name, value)


def end(actor: User, shop: Shop, coupon_id: UUID) -> None:
    """Nobody uses it from now on; what was ordered with it stays."""
    _permit(actor, shop)
    if not shop.coupons.filter(pk=coupon_id).update(is_active=False):
        raise Http404


@transaction.atomic
def start_sale(
    actor: User, shop: Shop, *, variant: UUID, most_each: int = 1, **fields: Any
) -> FlashSale:
    """Sell `most` pieces of a variant at a lower `price` from `starts_at` to `ends_at`; each person
    has `most_each` at most. Raises as `give` does (flash.*)."""
    _permit(actor, shop)
    own = Variant.objects.filter(product__shop=shop)
    sale = FlashSale(variant=_held(own, variant), most_each=most_each)
    _set(sale, fields, SALE_FIELDS)
    _check_sale(sale)
    sale.save()
    return sale


@transaction.atomic
def change_sale(actor: User, shop: Shop, sale_id: UUID, **fields: Any) -> FlashSale:
    """Other times, another price, more or fewer pieces (SALE_FIELDS). What somebody holds already
    stays at its price. Raises as `start_sale` does, and `Conflict` (flash.over)."""
    _permit(actor, shop)
    _hold_variant(shop, sale_id)
    sale = _held(FlashSale.objects.of_shop(shop), sale_id)
    if sale.ends_at <= timezone.now():
        raise conflict("flash.over")
    _set(sale, fields, SALE_FIELDS)
    _check_sale(sale)
    sale.save(update_fields=list(fields))
    return sale


def _hold_variant(shop: Shop, sale_id: UUID) -> None:
    """Nobody else starts or moves a sale of it meanwhile."""
    sold = FlashSale.objects.of_shop(shop).filter(pk=sale_id).values("variant")
    Variant.objects.select_for_update(of=("self",)).filter(pk__in=sold).first()


def _check_sale(sale: FlashSale) -> None:
    variant = sale.variant
    if not sale.price.is_finite() or not 0 < sale.price < variant.price.amount:
        raise invalid("flash.price", "price")
    if sale.ends_at <= max(sale.starts_at, timezone.now()):
        raise invalid("flash.time", "ends_at")
    others = variant.flash_sales.exclude(pk=sale.pk)
    if others.filter(starts_at__lt=sale.ends_at, ends_at__gt=sale.starts_at).exists():
        raise invalid("flash.twice", "starts_at")
    if sale.most < sale.sold:
        raise invalid("flash.fewer", "most", count=sale.sold)
    sale.clean_fields(exclude={"variant"})


@transaction.atomic
def end_sale(actor: User, shop: Shop, sale_id: UUID) -> None:
    """From now on it costs what it usually does; one that has not begun is no more."""
    _permit(actor, shop)
    held = _held(FlashSale.objects.of_shop(shop), sale_id)
    now = timezone.now()
    if held.starts_at >= now:
        held.delete()
    elif held.ends_at > now:
        FlashSale.objects.filter(pk=held.pk).update(ends_at=now)
