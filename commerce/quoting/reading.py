"""What is read for a purchase: what its things cost today, taxes, ways to ship, coupons."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from accounts.reading import ANY_TIME, NOBODY, ByKey
from commerce.models import (
    Address,
    Coupon,
    CouponUse,
    FlashSale,
    GroupBuy,
    ShippingRate,
    ShippingZone,
    TaxRate,
)
from commerce.models.group_buy import lowered
from commerce.quoting.sums import Deal, Item, Way
from commerce.quoting.wanting import Wanted
from commerce.refusals import invalid


def price_all(wanted: Collection[Wanted], group: GroupBuy | None = None) -> None:
    """Say of each what a piece costs now: the group's price, a flash sale's, or the usual one. A
    sale that has too few pieces left for the line is none."""
    sales = {} if group else sales_of([each.variant.pk for each in wanted], timezone.now())
    for each in wanted:
        usual = each.variant.price.amount
        sale = sales.get(each.variant.pk)
        if sale and each.quantity <= min(sale.most - sale.sold, sale.most_each):
            each.sale, each.price = sale, min(sale.price, usual)
        else:
            each.price = lowered(usual, group.percent) if group else usual


def sales_of(variants: Collection[UUID], now: datetime) -> dict[UUID, FlashSale]:
    """By variant: the sale that runs, if there is something left of it."""
    return {sale.variant_id: sale for sale in _running(NOBODY, list(variants), now)}


_running = ByKey(
    lambda _nobody, variants, now: FlashSale.objects.filter(
        variant__in=variants, starts_at__lte=now, ends_at__gt=now, sold__lt=F("most")
    ),
    10,
    ANY_TIME,
)


def items_of(wanted: Iterable[Wanted], address: Address | None) -> list[Item]:
    """What the sums are made of. Without an address: as in the shop's own country."""
    each_of = list(wanted)
    taxes = _taxes({address.country} if address else {each.shop.country for each in each_of})
    state = address.state if address else ""
    return [
        Item(
            variant=each.variant.pk,
            shop=each.shop.pk,
            quantity=each.quantity,
            price=each.price,
            tax_percent=_percent(taxes, each, address.country if address else None, state),
            has_tax_inside=each.shop.prices_include_tax,
        )
        for each in each_of
    ]


Taxes = dict[tuple[str, str, str], Decimal]


def _taxes(countries: Collection[str]) -> Taxes:
    """By country, state ("" for all of it) and class: what holds today."""
    today = timezone.localdate()
    begun = [rate for rate in _tax_rates(NOBODY, sorted(countries)) if rate.since <= today]
    begun.sort(key=lambda rate: rate.since)
    return {(rate.country, rate.state, rate.tax_class): rate.percent for rate in begun}


_tax_rates = ByKey(
    lambda _nobody, countries: TaxRate.objects.filter(country__in=countries), 5, of=str
)


def _percent(taxes: Taxes, each: Wanted, country: str | None, state: str) -> Decimal:
    kind, where = each.variant.product.category.tax_class, country or each.shop.country
    whole = taxes.get((where, "", kind), Decimal(0))
    return taxes.get((where, state, kind), whole) if state else whole


# --- Shipping -------------------------------------------------------------------------------------


def ways_to(shops: Collection[UUID], country: str) -> dict[UUID, list[ShippingRate]]:
    """By shop: how it ships into a country, in its own order; nothing for those that do not."""
    zones: dict[UUID, ShippingZone] = {}
    for zone in _zones(NOBODY, list(shops)):
        if country in zone.countries or (not zone.countries and zone.shop_id not in zones):
            zones[zone.shop_id] = zone
    rates: dict[int, list[ShippingRate]] = defaultdict(list)
    for rate in _rates(NOBODY, [zone.pk for zone in zones.values()]):
        rates[rate.zone_id].append(rate)
    return {shop: rates[zone.pk] for shop, zone in zones.items()}


_zones = ByKey(lambda _nobody, shops: ShippingZone.objects.filter(shop__in=shops), 5)
_rates = ByKey(lambda _nobody, zones: ShippingRate.objects.filter(zone__in=zones), 5, of=int)


def way_of(rate: ShippingRate) -> Way:
    """What the sums need of it."""
    return Way(rate.price, rate.each_more, rate.free_from)


# --- Coupons --------------------------------------------------------------------------------------


def coupons_for(
    codes: Iterable[str], wanted: Collection[Wanted], person: Any, currency: str
) -> list[Coupon]:
    """The coupons of these codes, for what somebody would order.

    Raises `ValidationError` with the first reason why one does not count (coupon.*). What is
    looked at here is looked at again when it is used.
    """
    named = sorted({code.strip().upper() for code in codes if code.strip()})[:10]
    found = {coupon.code: coupon for coupon in Coupon.objects.filter(code__in=named)}
    coupons = [_fit(found.get(code), wanted, person, currency) for code in named]
    givers = [coupon.shop_id for coupon in coupons]
    are_mixed = None in givers and len(coupons) > 1
    if len(set(givers)) < len(givers) or (are_mixed and not all(each.stacks for each in coupons)):
        raise invalid("coupon.stacks", "codes")
    return coupons


def _fit(coupon: Coupon | None, wanted: Collection[Wanted], person: Any, currency: str) -> Coupon:
    goods: dict[UUID | None, Decimal] = defaultdict(Decimal)
    for each in wanted:
        goods[each.shop.pk] += each.price * each.quantity
        goods[None] += each.price * each.quantity
    now = timezone.now()
    if coupon is None or not coupon.is_active or coupon.shop_id not in goods:
        raise invalid("coupon.unknown", "codes")
    if now < coupon.starts_at or (coupon.ends_at and coupon.ends_at <= now):
        raise invalid("coupon.ended", "codes")
    if coupon.currency and coupon.currency != currency:
        raise invalid("coupon.currency", "codes")
    if goods[coupon.shop_id] < coupon.least:
        raise invalid("coupon.least", "codes")
    if coupon.most_uses is not None and coupon.used >= coupon.most_uses:
        raise invalid("coupon.used_up", "codes")
    own = CouponUse.objects.filter(coupon=coupon, person=person.pk)
    if own.count() >= coupon.most_each:
        raise invalid("coupon.each", "codes")
    return coupon


def deal_of(coupon: Coupon) -> Deal:
    """What the sums need of it."""
    return Deal(coupon.shop_id, coupon.percent, coupon.off)


def chosen_ways(
    ways: Mapping[UUID, list[ShippingRate]], chosen: Mapping[UUID, int]
) -> dict[UUID, ShippingRate]:
    """By shop: the way that was chosen, else its first."""
    return {
        shop: next((rate for rate in rates if rate.pk == chosen.get(shop)), rates[0])
        for shop, rates in ways.items()
        if rates
    }
