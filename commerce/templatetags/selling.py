"""The way around a seller's pages."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commerce.people import MONEY, PRODUCTS, READS_ORDERS, SETTINGS, STAFF

register = template.Library()


@dataclass(frozen=True, slots=True)
class Place:
    """A page's route, for those with this right ("": everybody there), and the pages below it."""

    route: str
    icon: str
    name: Promise
    right: str = ""
    below: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return f"commerce:{self.route}"


WEBHOOKS = ("sell-webhook", "sell-webhook-delivery")
PLACES = (
    Place("sell", "gauge", _("Overview")),
    Place("sell-orders", "bag", _("Orders"), READS_ORDERS, ("sell-order", "sell-returns")),
    Place("sell-products", "image", _("Products"), PRODUCTS, ("sell-product", "sell-new-product")),
    Place("sell-coupons", "hash", _("Codes"), PRODUCTS, ("sell-coupon",)),
    Place("sell-sales", "timer", _("Flash sales"), PRODUCTS, ("sell-flash",)),
    Place("sell-import", "file", _("Import and export"), PRODUCTS, ("sell-import-report",)),
    Place("sell-money", "wallet", _("Money"), MONEY),
    Place("sell-affiliates", "share", _("Creators"), MONEY, ("sell-programme", "sell-creator")),
    Place("sell-staff", "users", _("People"), STAFF),
    Place("sell-shipping", "send", _("Shipping"), SETTINGS, ("sell-zone", "sell-rate")),
    Place("sell-webhooks", "bell", _("Webhooks"), SETTINGS, WEBHOOKS),
    Place("sell-settings", "settings", _("Settings"), SETTINGS, ("sell-closing",)),
)


@register.inclusion_tag("commerce/sell/_places.html", takes_context=True)
def seller_places(context: Any, look: str) -> dict[str, Any]:
    """Where somebody with `rights` may go in the shop; `look`: "side" (beside each page, where
    there is room) or "hub" (on the overview, where there is none)."""
    held, match = context.get("rights", ()), context["request"].resolver_match
    here = match.url_name if match else ""
    places = [(place, here in (place.route, *place.below)) for place in PLACES]
    shown = [
        (place, is_here) for place, is_here in places if not place.right or place.right in held
    ]
    return {"places": shown if held else [], "shop": context.get("shop"), "look": look}
