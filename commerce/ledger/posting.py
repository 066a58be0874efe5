"""Writing the ledger: one transaction, whole or not at all, and each once."""

from collections.abc import Iterable
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


@transaction.atomic
def post(
    kind: str, key: str, currency: str, legs: Iterable[Leg], *, order: Order | None = None
) -> LedgerTransaction:
    """Write a transaction of those legs that are not zero; of what was posted under `key` before,
    nothing is written again. Raises `Unbalanced`."""
    told = [leg for leg in legs if leg.amount]
    if sum(leg.amount for leg in told):
        raise Unbalanced(key)
    posted, is_new = LedgerTransaction.objects.get_or_create(
        key=key, defaults={"kind": kind, "currency": currency, "order": order}
    )
    if is_new:
        LedgerEntry.objects.bulk_create(_entry(posted, leg) for leg in told)
    return posted


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
