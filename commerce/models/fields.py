"""How money and snapshots are stored everywhere in the shop."""

from typing import Any

from django.db import models
from djmoney.models.fields import MoneyField

MOST_DIGITS = 14


def money(**options: Any) -> MoneyField:
    """An amount with its currency (two columns), to two decimal places."""
    return MoneyField(max_digits=MOST_DIGITS, decimal_places=2, default_currency=None, **options)


def amount(**options: Any) -> models.DecimalField:
    """An amount whose currency stands once in its row."""
    return models.DecimalField(max_digits=MOST_DIGITS, decimal_places=2, **options)


def currency(**options: Any) -> models.CharField:
    """An ISO 4217 code."""
    return models.CharField(max_length=3, **options)
