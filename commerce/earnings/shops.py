"""What a shop took in: by where buyers met its products (the kind of place, each video, each
conversation) and by who showed them, and what of it went to the tax, to Medley and to creators."""

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
from commerce.earnings.places import MOST_ROWS, with_videos
from commerce.ledger import Balance, balances
from commerce.models import LedgerEntry, LedgerTransaction, OrderLine, Shop
from commerce.models.fields import total

ID_END = 6  # characters: enough to tell fifty apart
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
    """The shares of what was met in one place, or shown by one creator; `url` is "" where there is
    nothing to look at."""

    name: str
    shares: Shares
    url: str = ""


@dataclass(frozen=True, slots=True)
class ShopMoney:
    """The last `days`, refunds taken off; balances are of all time."""

    balances: list[Balance]
    currency: str
    days: int
    total: Shares
    by_source: list[Row]
    by_video: list[Row]
    by_talk: list[Row]
    by_creator: list[Row]


def money_of(shop: Shop, *, days: str = "") -> ShopMoney:
    """At most nine queries. `days` is one of the lengths of periods.py, else 28."""
    length = days_of(days)
    entries = turnover(shop).filter(transaction__at__gte=timezone.now() - timedelta(days=length))
    return ShopMoney(
        balances=balances(shop),
        currency=shop.currency,
        days=length,
        total=_shares(next(iter(_sums(entries)))),
        by_source=[Row(_source(row), _shares(row)) for row in _sums(entries, "line__source")],
        by_video=_by_video(entries),
        by_talk=_by_talk(entries),
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


def _by_video(entries: QuerySet[LedgerEntry]) -> list[Row]:
    """Others' videos: what not everybody may watch says no words of its own."""
    rows = list(_sums(entries.exclude(line__video=None), "line__video"))[:MOST_ROWS]
    return [
        Row(
            (video.title if video.is_public else "") or _("Video"),
            _shares(row),
            video.get_absolute_url(),
        )
        for video, row in with_videos(rows)
    ]


def _by_talk(entries: QuerySet[LedgerEntry]) -> list[Row]:
    """Conversations and channels, told apart by the end of their id, as the CSV has it whole: who
    talks there is no business of the shop's."""
    places = entries.exclude(line__conversation=None)
    rows = list(_sums(places, "line__source", "line__conversation"))[:MOST_ROWS]
    return [
        Row(f"{_source(row)} …{str(row['line__conversation'])[-ID_END:]}", _shares(row))
        for row in rows
    ]


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
