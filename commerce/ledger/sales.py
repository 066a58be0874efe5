"""A sale: how what a buyer pays is shared out."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from commerce.amounts import rounded, share_out
from commerce.ledger.posting import Leg, Posting, post, post_all
from commerce.models import LedgerEntry, LedgerTransaction, Order, OrderLine, Payment
from commerce.returning import returnable_until

# Days that goods may take to arrive. Where nobody says that they did, their time to be returned
# counts from then on.
ON_THE_WAY_DAYS = 30

Account = LedgerEntry.Account
NOTHING = Decimal(0)


def sold(order: Order) -> LedgerTransaction:
    """Share out what a paid order costs, line by line, then its shipping.

    Fee and commission are percents of a line's goods: after discounts, without tax and shipping.
    What Medley gave as a discount it pays to the seller. Posting a sale again does nothing.
    """
    return sold_all([order])[0]


def sold_all(orders: Collection[Order]) -> list[LedgerTransaction]:
    """The same of several, in their order; four queries."""
    lines: dict[UUID, list[OrderLine]] = {order.pk: [] for order in orders}
    for line in OrderLine.objects.filter(order__in=lines).order_by("pk"):
        lines[line.order_id].append(line)
    return post_all(_sale(order, lines[order.pk]) for order in orders)


def _sale(order: Order, lines: list[OrderLine]) -> Posting:
    available_at = _available_at(order, order.paid_at or timezone.now())
    return Posting(
        LedgerTransaction.Kind.SALE,
        f"sale:{order.pk}",
        order.currency,
        list(_legs(order, lines, available_at)),
        order,
    )


def delivered(order: Order) -> None:
    """Its goods arrived: from here their time to be returned counts, and then the money is free."""
    if until := returnable_until(order):
        entries = LedgerEntry.objects.filter(transaction__order=order, payout=None)
        entries.update(available_at=until)


def captured(payment: Payment) -> LedgerTransaction | None:
    """Post the difference where a provider took another sum than was owed: Medley bears it."""
    difference = payment.purchase.total - payment.captured
    if not difference:
        return None
    return post(
        LedgerTransaction.Kind.CORRECTION,
        f"capture:{payment.pk}",
        payment.currency,
        [Leg(Account.BUYER, difference), Leg(Account.PLATFORM, -difference)],
    )


def _available_at(order: Order, paid_at: datetime) -> datetime:
    return paid_at + timedelta(days=ON_THE_WAY_DAYS + order.shop.return_days)


def _legs(order: Order, lines: list[OrderLine], available_at: datetime) -> Iterator[Leg]:
    for line, given in zip(lines, _given(order, lines), strict=True):
        yield from _legs_of(order, line, given, available_at)
    yield from _legs_of_shipping(order, lines, available_at)


def _given(order: Order, lines: list[OrderLine]) -> list[Decimal]:
    """Of each line, what Medley gave: as the lines' discounts are to each other."""
    if not order.platform_discount:
        return [NOTHING] * len(lines)
    return share_out(order.platform_discount, [line.discount for line in lines])


def _legs_of(
    order: Order, line: OrderLine, given: Decimal, available_at: datetime
) -> Iterator[Leg]:
    goods, shop = line.total - line.tax, order.shop_id
    fee = rounded(goods * settings.SHOP_FEE_PERCENT / 100)
    commission = rounded(goods * line.commission_percent / 100) if line.creator_id else NOTHING
    left = line.total + given - line.tax - fee - commission
    yield Leg(Account.BUYER, -line.total, line=line.pk)
    yield Leg(Account.TAX, line.tax, shop, line=line.pk)
    yield Leg(Account.FEE, fee, shop, line=line.pk)
    yield Leg(Account.PLATFORM, -given, line=line.pk)
    yield Leg(
        Account.CREATOR,
        commission,
        person=line.creator_id,
        line=line.pk,
        available_at=available_at,
    )
    yield Leg(Account.SELLER, left, shop, line=line.pk, available_at=available_at)


def _legs_of_shipping(
    order: Order, lines: list[OrderLine], available_at: datetime
) -> Iterator[Leg]:
    """What the buyer pays beside the goods, and the tax of that."""
    cost = order.total - sum((line.total for line in lines), NOTHING)
    tax = order.tax - sum((line.tax for line in lines), NOTHING)
    yield Leg(Account.BUYER, -cost)
    yield Leg(Account.TAX, tax, order.shop_id)
    yield Leg(Account.SELLER, cost - tax, order.shop_id, available_at=available_at)
