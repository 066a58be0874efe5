"""Writing the ledger: one transaction, whole or not at all, and each once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from commerce.models import LedgerEntry, LedgerTransaction, Order, Payout


@dataclass(frozen=True, slots=True)
class Leg:
    """What one account gets (above zero) or gives. `line` is that of an order which it is about,
    None where it is about the order's shipping, or about no order."""

    account: str
    amount: Decimal
    shop: UUID | None = None
    person: UUID | None = None
    line: UUID | None = None
    available_at: datetime | None = None
    payout: Payout | None = None


class Unbalanced(ValueError):
    """Legs that do not sum to zero: a mistake of ours, and nothing was written."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A transaction to be written of those legs that are not zero; `key` names it."""

    kind: str
    key: str
    currency: str
    legs: Iterable[Leg]
    order: Order | None = None


def post(
    kind: str, key: str, currency: str, legs: Iterable[Leg], *, order: Order | None = None
) -> LedgerTransaction:
    """Write a transaction of those legs that are not zero; of what was posted under `key` before,
    nothing is written again. Raises `Unbalanced`."""
    return post_all([Posting(kind, key, currency, legs, order)])[0]


def post_all(postings: Iterable[Posting]) -> list[LedgerTransaction]:
    """The same of several, in their order, with three queries. Raises `Unbalanced` where one of
    them is; then none is written."""
    wanted = list(postings)
    legs = {each.key: [leg for leg in each.legs if leg.amount] for each in wanted}
    for key, told in legs.items():
        if sum(leg.amount for leg in told):
            raise Unbalanced(key)
    with transaction.atomic(savepoint=False):
        return _written(wanted, legs)


def _written(wanted: list[Posting], legs: Mapping[str, list[Leg]]) -> list[LedgerTransaction]:
    """Whoever posts the same key meanwhile is waited for: what is stored says whose it became."""
    made = LedgerTransaction.objects.bulk_create(map(_row, wanted), ignore_conflicts=True)
    stored = {row.key: row for row in LedgerTransaction.objects.filter(key__in=legs)}
    new = [row for row in made if stored[row.key].pk == row.pk]
    LedgerEntry.objects.bulk_create(_entry(row, leg) for row in new for leg in legs[row.key])
    return [stored[each.key] for each in wanted]


def _row(wanted: Posting) -> LedgerTransaction:
    return LedgerTransaction(
        kind=wanted.kind, key=wanted.key, currency=wanted.currency, order=wanted.order
    )


def _entry(posted: LedgerTransaction, leg: Leg) -> LedgerEntry:
    return LedgerEntry(
        transaction=posted,
        account=leg.account,
        amount=leg.amount,
        currency=posted.currency,
        shop_id=leg.shop,
        person_id=leg.person,
        line_id=leg.line,
        available_at=leg.available_at or timezone.now(),
        payout=leg.payout,
    )
