"""What a shop took in: by where buyers met its products and by who showed them, and what of it
went to the tax, to Medley and to creators."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from commerce.earnings.periods import days_of
from commerce.ledger import Balance, balances
from commerce.models import LedgerEntry, LedgerTransaction, OrderLine, Shop
from commerce.models.fields import total

Account, Kind, Source = LedgerEntry.Account, LedgerTransaction.Kind, OrderLine.Kind


@dataclass(frozen=True, slots=True)
class Shares:
    """Who got what: buyers `paid`, Medley `given` as discounts; together they are the others."""

    paid: Decimal
    given: Decimal
    tax: Decimal
    fee: Decimal
    commission: Decimal
    left: Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """The shares of what was met in one place, or shown by one creator."""

    name: str
    shares: Shares


@dataclass(frozen=True, slots=True)
class ShopMoney:
    """The last `days`, refunds taken off; balances are of all time."""

    balances: list[Balance]
    currency: str
    days: int
    total: Shares
    by_source: list[Row]
    by_creator: list[Row]


def money_of(shop: Shop, *, days: str = "") -> ShopMoney:
    """At most six queries. `days` is one of the lengths of periods.py, else 28."""
    length = days_of(days)
    entries = turnover(shop).filter(transaction__at__gte=timezone.now() - timedelta(days=length))
    return ShopMoney(
        balances=balances(shop),
        currency=shop.currency,
        days=length,
        total=_shares(next(iter(_sums(entries)))),
        by_source=[Row(_source(row), _shares(row)) for row in _sums(entries, "line__source")],
        by_creator=[
            Row(f"@{row['line__creator__username']}", _shares(row))
            for row in _sums(
                entries.exclude(line__creator=None), "line__creator", "line__creator__username"
            )
        ],
    )


def turnover(shop: Shop) -> QuerySet[LedgerEntry]:
    """All entries of the shop's sales and of their refunds."""
    return LedgerEntry.objects.filter(
        transaction__order__shop=shop, transaction__kind__in=(Kind.SALE, Kind.REFUND)
    )


def _sums(entries: QuerySet[LedgerEntry], *names: str) -> Iterable[dict[str, Any]]:
    sums = {
        "paid": _sum(Account.BUYER),
        "given": _sum(Account.PLATFORM),
        "tax": _sum(Account.TAX),
        "fee": _sum(Account.FEE),
        "commission": _sum(Account.CREATOR),
        "left": _sum(Account.SELLER),
    }
    if not names:
        return [entries.aggregate(**sums)]
    return entries.values(*names).annotate(**sums).order_by("-left", *names)


def _sum(account: str) -> Coalesce:
    return total(filter=Q(account=account))


def _shares(row: dict[str, Any]) -> Shares:
    """Buyers and Medley give, which is below zero in the ledger."""
    given = {"paid", "given"}
    sums = {field.name: row[field.name] for field in fields(Shares)}
    return Shares(**{name: -sum if name in given else sum for name, sum in sums.items()})


def _source(row: dict[str, Any]) -> str:
    """Shipping has no line, so it was met nowhere."""
    names = dict(Source.choices)
    return str(names[row["line__source"]]) if row["line__source"] else _("Shipping")
