"""How the shop's pages write amounts."""

from decimal import Decimal

from django import template
from django.utils.translation import get_language, to_locale
from djmoney.money import Money
from moneyed.l10n import format_money

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """An amount as the reader's language writes it: `{{ order.total|money:order.currency }}`;
    "" for None."""
    if amount is None:
        return ""
    return format_money(Money(amount, currency), locale=to_locale(get_language() or "en"))
