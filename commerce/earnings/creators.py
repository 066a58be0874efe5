"""What a creator earned: by day, and by where people met what they bought. Never by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from commerce.earnings.periods import days_of
from commerce.earnings.places import MOST_ROWS, with_videos
from commerce.ledger import Balance, balances
from commerce.models import LedgerEntry, LedgerTransaction, OrderLine
from commerce.models.fields import total

Kind, Source = LedgerTransaction.Kind, OrderLine.Kind
SALES = Count("pk", filter=Q(transaction__kind=Kind.SALE))


@dataclass(frozen=True, slots=True)
class Row:
    """What came from one place; `url` is "" where there is nothing to look at any more."""

    name: str
    url: str
    sales: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Day:
    """What was earned on a day of the creator's own time, refunds taken off."""

    day: date
    amount: Decimal
    sales: int


@dataclass(frozen=True, slots=True)
class Earnings:
    """The last `days` in one currency; balances are of all time and in all currencies."""

    balances: list[Balance]
    currency: str
    days: int
    total: Decimal
    sales: int
    by_day: list[Day]
    by_source: list[Row]
    by_video: list[Row]
    by_talk: list[Row]
    by_product: list[Row]

    @property
    def numbers(self) -> dict[str, list[Any]]:
        """Columns for the plot (takings.js)."""
        return {
            "day": [each.day.isoformat() for each in self.by_day],
            "takings": [float(each.amount) for each in self.by_day],
            "orders": [each.sales for each in self.by_day],
        }


def earnings_of(creator: User, *, currency: str = "", days: str = "") -> Earnings:
    """What sales brought, less what refunds took back. `currency` "" is the one with most to come;
    `days` is one of the lengths of periods.py, else 28. At most ten queries."""
    owed = balances(creator)
    chosen = currency if currency in {each.currency for each in owed} else _main(owed)
    length = days_of(days)
    entries = earned(creator).filter(
        currency=chosen, transaction__at__gte=timezone.now() - timedelta(days=length)
    )
    by_source = _by_source(entries)
    return Earnings(
        balances=owed,
        currency=chosen,
        days=length,
        total=sum((row.amount for row in by_source), Decimal(0)),
        sales=sum(row.sales for row in by_source),
        by_day=_by_day(entries, length),
        by_source=by_source,
        by_video=_by_video(entries),
        by_talk=_by_talk(entries),
        by_product=_by_product(entries),
    )


def earned(creator: User) -> QuerySet[LedgerEntry]:
    """The creator's commissions and what refunds took back of them."""
    entries: QuerySet[LedgerEntry] = LedgerEntry.objects.of(creator)
    return entries.filter(transaction__kind__in=(Kind.SALE, Kind.REFUND))


def _main(owed: list[Balance]) -> str:
    return max(owed, key=lambda each: each.pending + each.available).currency if owed else "EUR"


def _sums(entries: QuerySet[LedgerEntry], *names: str) -> Iterable[dict[str, Any]]:
    sums = entries.values(*names).annotate(sum=total(), sales=SALES)
    return sums.order_by("-sum", *names)[:MOST_ROWS]


def _by_day(entries: QuerySet[LedgerEntry], length: int) -> list[Day]:
    """Every day, those without a sale too."""
    dated = entries.annotate(day=TruncDate("transaction__at")).values("day")
    sums = dated.annotate(sum=total(), sales=SALES).order_by()
    found = {row["day"]: Day(row["day"], row["sum"], row["sales"]) for row in sums}
    today = timezone.localdate()
    days = (today - timedelta(days=back) for back in reversed(range(length)))
    return [found.get(day) or Day(day, Decimal(0), 0) for day in days]


def _by_source(entries: QuerySet[LedgerEntry]) -> list[Row]:
    names = dict(Source.choices)
    return [
        Row(str(names.get(row["line__source"], _("Elsewhere"))), "", row["sales"], row["sum"])
        for row in _sums(entries, "line__source")
    ]


def _by_video(entries: QuerySet[LedgerEntry]) -> list[Row]:
    rows = list(_sums(entries.exclude(line__video=None), "line__video"))
    return [
        Row(video.title or _("Video"), video.get_absolute_url(), row["sales"], row["sum"])
        for video, row in with_videos(rows)
    ]


def _by_talk(entries: QuerySet[LedgerEntry]) -> list[Row]:
    """Conversations and channels: chat names them, here they are where they lead."""
    rows = _sums(entries.exclude(line__conversation=None), "line__source", "line__conversation")
    names = dict(Source.choices)
    return [
        Row(
            str(names[row["line__source"]]),
            f"/chat/{row['line__conversation']}/",
            row["sales"],
            row["sum"],
        )
        for row in rows
    ]


def _by_product(entries: QuerySet[LedgerEntry]) -> list[Row]:
    names = ("line__product_title", "line__variant__product")
    return [
        Row(
            row["line__product_title"],
            f"/products/{row['line__variant__product']}/" if row["line__variant__product"] else "",
            row["sales"],
            row["sum"],
        )
        for row in _sums(entries, *names)
    ]


def since(days: int) -> datetime:
    """The beginning of the last days."""
    return timezone.now() - timedelta(days=days)
