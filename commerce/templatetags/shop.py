"""How the shop's pages write amounts, countries, and how much less a thing costs."""

from decimal import Decimal

from django import template
from django.utils.translation import get_language, to_locale
from djmoney.money import Money
from moneyed.l10n import format_money

from accounts.regions.zones import countries
from commerce.models import Variant

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """An amount as the reader's language writes it: `{{ order.total|money:order.currency }}`;
    "" for None."""
    if amount is None:
        return ""
    return format_money(Money(amount, currency), locale=to_locale(get_language() or "en"))


@register.filter
def country(code: str) -> str:
    """A country in words, of its two letters."""
    return countries().get(code, code)


@register.filter
def percent_off(variant: Variant | None) -> int:
    """How much less than before it costs, in whole percent; 0 where nothing is said of before."""
    if variant is None or not variant.compare_price:
        return 0
    return round(100 * (1 - variant.price.amount / variant.compare_price.amount))
