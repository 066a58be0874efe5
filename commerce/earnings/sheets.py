"""Earnings, turnover and statements as CSV."""

from collections.abc import Iterable
from typing import Any

from django.http import StreamingHttpResponse

from accounts.models import User
from commerce.earnings.creators import earned, since
from commerce.earnings.shops import turnover
from commerce.models import LedgerEntry, Payout, Shop
from commerce.sheets import sheet

MET = ("at", "kind", "product", "source", "video", "conversation")


def earnings_sheet(creator: User, days: int) -> StreamingHttpResponse:
    """A row of each commission and of each reversal, newest first; never who bought."""
    entries = earned(creator).filter(transaction__at__gte=since(days))
    return sheet(
        "earnings",
        (*MET, "amount", "currency", "paid"),
        (
            (*_met(entry), entry.amount, entry.currency, _payout(entry))
            for entry in _loaded(entries)
        ),
    )


def turnover_sheet(shop: Shop, days: int) -> StreamingHttpResponse:
    """A row of each entry of the shop's sales and refunds, newest first."""
    entries = turnover(shop).filter(transaction__at__gte=since(days))
    return sheet(
        f"{shop.slug}-money",
        ("order", "account", *MET, "creator", "amount", "currency"),
        (
            (
                *(entry.transaction.order.number, entry.account, *_met(entry)),
                *(_creator(entry), entry.amount, entry.currency),
            )
            for entry in _loaded(entries).select_related("line__creator", "transaction__order")
        ),
    )


def statement_sheet(payout: Payout) -> StreamingHttpResponse:
    """What a payout pays for, oldest first."""
    return sheet(
        f"payout-{payout.pk}",
        (*MET, "amount", "currency"),
        ((*_met(entry), entry.amount, entry.currency) for entry in paid_for(payout)),
    )


def paid_for(payout: Payout) -> Iterable[LedgerEntry]:
    """The entries that a payout carries; its own booking is none of them."""
    entries = payout.entries.exclude(transaction__key__startswith="payout")
    return entries.select_related("transaction__order", "line").order_by("transaction__at", "pk")


def _loaded(entries: Any) -> Any:
    return entries.select_related("transaction", "line", "payout").order_by("-transaction__at")


def _met(entry: LedgerEntry) -> tuple[Any, ...]:
    line = entry.line
    at, kind = entry.transaction.at.isoformat(timespec="seconds"), entry.transaction.kind
    if line is None:
        return at, kind, "shipping", "", "", ""
    return at, kind, line.product_title, line.source, line.video_id or "", line.conversation or ""


def _creator(entry: LedgerEntry) -> str:
    return entry.line.creator.username if entry.line and entry.line.creator else ""


def _payout(entry: LedgerEntry) -> str:
    return entry.payout.state if entry.payout else ""
