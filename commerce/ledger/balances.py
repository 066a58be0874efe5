"""What we owe a shop or a creator, and what was paid out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from commerce.models import LedgerEntry, Payout, Shop
from commerce.models.fields import total

ON_ITS_WAY = (Payout.State.PREPARED, Payout.State.SENT)
SETTLED = (*ON_ITS_WAY, Payout.State.PAID)


@dataclass(frozen=True, slots=True)
class Balance:
    """In one currency: what still may come back (`pending`), what the next payout may hold
    (`available`, below zero where refunds came after a payout), what is on its way to the bank,
    and what arrived there."""

    currency: str
    pending: Decimal
    available: Decimal
    on_its_way: Decimal
    paid: Decimal


def balances(owner: Shop | User, now: datetime | None = None) -> list[Balance]:
    """One of each currency in which they ever earned, in the order of codes. Two queries."""
    settled = _settled(owner)
    return [
        Balance(
            currency=row["currency"],
            pending=row["pending"],
            available=row["available"],
            on_its_way=settled.get((row["currency"], False), Decimal(0)),
            paid=settled.get((row["currency"], True), Decimal(0)),
        )
        for row in _owed(owner, now or timezone.now())
    ]


def _owed(owner: Shop | User, now: datetime) -> Iterable[Mapping[str, Any]]:
    free = LedgerEntry.objects.is_free(now)
    rows = LedgerEntry.objects.of(owner).values("currency").order_by("currency")
    return rows.annotate(
        pending=total(filter=Q(payout=None) & ~free),
        available=total(filter=Q(payout=None) & free),
    )


def _settled(owner: Shop | User) -> dict[tuple[str, bool], Decimal]:
    """By currency and whether it arrived."""
    sums: dict[tuple[str, bool], Decimal] = {}
    payouts = owner.payouts.filter(state__in=SETTLED).values_list("currency", "state")
    kept = total("amount") - total("reversed")
    for currency, state, amount in payouts.annotate(sum=kept).order_by():
        key = (currency, state == Payout.State.PAID)
        sums[key] = sums.get(key, Decimal(0)) + amount
    return sums
