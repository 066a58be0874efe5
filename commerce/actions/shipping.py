"""Where a shop ships to, and for how much."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404

from accounts import policy
from accounts.models import User
from accounts.regions.zones import countries as known_countries
from commerce.models import ShippingRate, ShippingZone, Shop
from commerce.people import SETTINGS, demand
from commerce.refusals import invalid

MOST_ZONES = 20
MOST_RATES = 10
RATE_FIELDS = ("name", "price", "each_more", "free_from", "days_least", "days_most")


@transaction.atomic
def save_zone(
    actor: User, shop: Shop, zone_id: int | None = None, *, name: str, countries: Sequence[str]
) -> ShippingZone:
    """A new zone (None), or another name and other countries of one; none: all other countries.

    Raises `Refused` (policy.R7, shop.not_yours), `Http404`, `ValidationError` by field.
    """
    _permit(actor, shop)
    zone = zone_of(shop, zone_id) if zone_id is not None else ShippingZone(shop=shop)
    zone.name = name.strip()
    zone.countries = sorted({code.upper() for code in countries})
    zone.clean_fields(exclude={"shop", "countries"})
    _check_zone(shop, zone)
    zone.save()
    return zone


def _permit(actor: User, shop: Shop) -> None:
    """The shop's row holds whoever else changes its zones at once."""
    policy.permit(policy.sell(actor.person))
    demand(actor, shop, SETTINGS)
    Shop.objects.select_for_update(of=("self",)).get(pk=shop.pk)


def zone_of(shop: Shop, zone_id: int) -> ShippingZone:
    """One of the shop's zones, or `Http404`."""
    if (zone := shop.zones.filter(pk=zone_id).first()) is None:
        raise Http404
    return zone


def _check_zone(shop: Shop, zone: ShippingZone) -> None:
    if not set(zone.countries) <= known_countries().keys():
        raise invalid("shop.country", "countries")
    others = list(shop.zones.exclude(pk=zone.pk))
    if len(others) >= MOST_ZONES:
        raise invalid("shop.shipping_zones")
    if not zone.countries and any(not other.countries for other in others):
        raise invalid("shop.shipping_rest", "countries")
    if set(zone.countries) & {code for other in others for code in other.countries}:
        raise invalid("shop.shipping_country", "countries")


@transaction.atomic
def remove_zone(actor: User, shop: Shop, zone_id: int) -> None:
    """Nothing is shipped there any more; what is ordered keeps its price."""
    _permit(actor, shop)
    zone_of(shop, zone_id).delete()


@transaction.atomic
def save_rate(
    actor: User, shop: Shop, zone_id: int, rate_id: int | None = None, **fields: Any
) -> ShippingRate:
    """A new way to ship into the zone (None), or another price of one: `name`, `price`,
    `each_more`, `free_from` (or None), `days_least`, `days_most`.

    Raises as `save_zone` does.
    """
    _permit(actor, shop)
    zone = zone_of(shop, zone_id)
    rate = rate_of(zone, rate_id) if rate_id is not None else ShippingRate(zone=zone)
    for name in _allowed(fields):
        setattr(rate, name, fields[name])
    rate.clean_fields(exclude={"zone"})
    _check_rate(rate)
    if rate.pk is None:
        if (position := zone.rates.count()) >= MOST_RATES:
            raise invalid("shop.shipping_rates")
        rate.position = position
    rate.save()
    return rate


def _allowed(fields: Mapping[str, Any]) -> list[str]:
    return [name for name in RATE_FIELDS if name in fields]


def rate_of(zone: ShippingZone, rate_id: int) -> ShippingRate:
    """One of the zone's rates, or `Http404`."""
    if (rate := zone.rates.filter(pk=rate_id).first()) is None:
        raise Http404
    return rate


def _check_rate(rate: ShippingRate) -> None:
    wrong: dict[str, ValidationError] = {}
    for name in ("price", "each_more", "free_from"):
        value = getattr(rate, name)
        if value is not None and Decimal(value) < 0:
            wrong[name] = invalid("shop.shipping_price")
    if rate.days_most < rate.days_least:
        wrong["days_most"] = invalid("shop.shipping_days")
    if wrong:
        raise ValidationError(dict(wrong))


@transaction.atomic
def remove_rate(actor: User, shop: Shop, zone_id: int, rate_id: int) -> None:
    """This way is offered no longer."""
    _permit(actor, shop)
    rate_of(zone_of(shop, zone_id), rate_id).delete()
