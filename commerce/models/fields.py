"""How money and snapshots are stored everywhere in the shop."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from djmoney.models.fields import MoneyField

from commerce.amounts import rounded

MOST_DIGITS = 14


class _Sum(models.DecimalField):
    """A sum of amounts. SQLite adds them as floats: what comes back is rounded to the cent."""

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Decimal | None:
        return None if value is None else rounded(Decimal(value))


def total(name: str = "amount", **options: Any) -> Coalesce:
    """The sum of a column of amounts, 0 of none; `options` are those of `Sum`."""
    to_the_cent = _Sum(max_digits=MOST_DIGITS, decimal_places=2)
    return Coalesce(models.Sum(name, **options), Decimal(0), output_field=to_the_cent)


def money(**options: Any) -> MoneyField:
    """An amount with its currency (two columns), to two decimal places."""
    return MoneyField(max_digits=MOST_DIGITS, decimal_places=2, default_currency=None, **options)


def amount(**options: Any) -> models.DecimalField:
    """An amount whose currency stands once in its row."""
    return models.DecimalField(max_digits=MOST_DIGITS, decimal_places=2, **options)


def currency(**options: Any) -> models.CharField:
    """An ISO 4217 code."""
    return models.CharField(max_length=3, **options)
