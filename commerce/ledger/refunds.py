"""A refund: a sale taken back, in proportion and to the cent."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from commerce.amounts import rounded
from commerce.ledger.posting import Leg, post
from commerce.ledger.sales import sold
from commerce.models import LedgerEntry, LedgerTransaction, Order, Refund

Account, Kind = LedgerEntry.Account, LedgerTransaction.Kind
NOTHING = Decimal(0)

# Whose part of a sale: account, shop, person.
Whose = tuple[str, UUID | None, UUID | None]


class Part:
    """What one account got of a line by the sale, and what of that refunds took back so far."""

    def __init__(self) -> None:
        self.sold, self.taken_back = NOTHING, NOTHING
        self.available_at: datetime | None = None

    def add(self, entry: LedgerEntry) -> None:
        """Count an entry of the sale or of a refund."""
        if entry.transaction.kind == Kind.SALE:
            self.sold += entry.amount
            self.available_at = entry.available_at
        else:
            self.taken_back -= entry.amount


@transaction.atomic
def refunded(refund: Refund) -> LedgerTransaction:
    """Take back what the refund says of each line, and the rest of shipping: tax, fee and
    commission go back as the line does, and wholly where all of it does.

    What exceeds the sale is Medley's gift. Posting a refund again does nothing. It has to be of an
    order: of a payment that came twice the ledger knows nothing.
    """
    order = cast("Order", refund.order)
    LedgerTransaction.objects.select_for_update().get(pk=sold(order).pk)
    parts = _parts(order)
    legs = [
        leg
        for line, amount in _asked(refund).items()
        for leg in _legs_back(order.shop_id, line, amount, parts[line])
    ]
    return post(Kind.REFUND, _key(refund), order.currency, legs, order=order)


@transaction.atomic
def came_back(refund: Refund) -> None:
    """The money did not reach the buyer: whatever the ledger holds of this refund is undone, entry
    by entry. It may be posted again as another attempt; undoing it again does nothing."""
    order = cast("Order", refund.order)
    entries = LedgerEntry.objects.filter(
        transaction__order=order, transaction__key__startswith=f"refund:{refund.pk}"
    )
    of_whom = ("account", "shop", "person", "line", "available_at")
    sums = entries.order_by().values_list(*of_whom).annotate(sum=Sum("amount"))
    legs = [Leg(account, -amount, *whose) for account, *whose, amount in sums]
    if any(leg.amount for leg in legs):
        post(Kind.REFUND, f"{_key(refund)}:back", order.currency, legs, order=order)


def _key(refund: Refund) -> str:
    return f"refund:{refund.pk}:{refund.attempt}" if refund.attempt else f"refund:{refund.pk}"


def _asked(refund: Refund) -> dict[UUID | None, Decimal]:
    asked: dict[UUID | None, Decimal] = defaultdict(Decimal)
    for each in refund.lines:
        asked[UUID(str(each["line"]))] += Decimal(str(each["amount"]))
    asked[None] = refund.amount - sum(asked.values(), NOTHING)
    return asked


def _parts(order: Order) -> dict[UUID | None, dict[Whose, Part]]:
    """By line (None: shipping) and whose it is."""
    parts: dict[UUID | None, dict[Whose, Part]] = defaultdict(lambda: defaultdict(Part))
    entries = LedgerEntry.objects.filter(
        transaction__order=order, transaction__kind__in=(Kind.SALE, Kind.REFUND)
    ).select_related("transaction")
    for entry in entries.order_by("pk"):
        parts[entry.line_id][entry.account, entry.shop_id, entry.person_id].add(entry)
    return parts


def _legs_back(
    shop: UUID, line: UUID | None, amount: Decimal, parts: dict[Whose, Part]
) -> Iterator[Leg]:
    """Rounded on the sum of all refunds, not on each: many small ones lose no cent."""
    paid, back_before = _paid_and_back(parts)
    within = min(amount, paid - back_before)
    of_seller = within
    for (account, of_shop, person), part in parts.items():
        if account in (Account.BUYER, Account.SELLER) or not part.sold:
            continue
        leg = rounded(part.sold * (back_before + within) / paid) - part.taken_back
        of_seller -= leg
        yield Leg(account, -leg, of_shop, person, line, part.available_at)
    seller = parts.get((Account.SELLER, shop, None), Part())
    yield Leg(Account.SELLER, -of_seller, shop, None, line, seller.available_at)
    yield Leg(Account.BUYER, amount, line=line)
    yield Leg(Account.PLATFORM, within - amount)


def _paid_and_back(parts: dict[Whose, Part]) -> tuple[Decimal, Decimal]:
    """What the buyer paid for a line, and what of that is back already."""
    buyer = parts.get((Account.BUYER, None, None), Part())
    return -buyer.sold, min(-buyer.taken_back, -buyer.sold)
