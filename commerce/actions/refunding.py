"""Giving money back for an order: decided here, within what was paid, then asked of the provider.

Every function wants the order locked (`Order.objects.held`) and writes inside its transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from accounts.models import User
from accounts.outbox import enqueue
from commerce import webhooks
from commerce.amounts import rounded
from commerce.models import Order, OrderLine, OrderStep, Payment, Refund
from commerce.notifications.telling import tell_buyer
from commerce.refusals import conflict, invalid

NOTHING = Decimal(0)
PAID_TWICE = "paid_twice"


@dataclass(frozen=True, slots=True)
class Share:
    """What goes back of one line: of how many pieces, and how much money."""

    line: OrderLine
    quantity: int
    amount: Decimal


def shipping_left(order: Order, lines: list[OrderLine]) -> Decimal:
    """What was paid for shipping and has not gone back."""
    paid = order.total - sum((line.total for line in lines), NOTHING)
    return paid - (order.refunded - sum((line.refunded for line in lines), NOTHING))


def price_of(line: OrderLine, pieces: int) -> Decimal:
    """What so many more pieces of a line cost their buyer, discounts and tax included. With the
    last of them goes whatever is left, so that no cent stays behind."""
    left = line.total - line.refunded
    if line.returned + pieces >= line.quantity:
        return left
    return min(left, rounded(line.total * pieces / line.quantity))


def refund_rest(order: Order, *, reason: str, by: User | None = None) -> Refund | None:
    """All that was paid and is not back yet; None where nothing is left."""
    lines = list(order.lines.order_by("pk"))
    shares = [
        Share(line, line.quantity, line.total - line.refunded)
        for line in lines
        if line.total > line.refunded
    ]
    return refund_shares(order, shares, shipping_left(order, lines), reason=reason, by=by)


def refund_shares(
    order: Order, shares: list[Share], shipping: Decimal, *, reason: str, by: User | None = None
) -> Refund | None:
    """These, and so much of the shipping; None where that is nothing. The buyer is told."""
    amount = sum((share.amount for share in shares), shipping)
    if not amount:
        return None
    refund = Refund.objects.create(
        payment=_payment(order),
        order=order,
        amount=amount,
        reason=reason,
        lines=[
            {"line": str(each.line.pk), "quantity": each.quantity, "amount": str(each.amount)}
            for each in shares
        ],
    )
    for share in shares:
        share.line.refunded += share.amount
        share.line.save(update_fields=["refunded"])
    order.refunded += amount
    order.save(update_fields=["refunded"])
    facts = {"amount": str(amount), "currency": order.currency, "reason": reason}
    OrderStep.objects.create(order=order, verb="refunded", actor=by, facts=facts)
    tell_buyer(order, "refunded")
    webhooks.order_moved(order, "refunded")
    enqueue("commerce.send_refund", refund_id=str(refund.pk))
    return refund


def refund_second(payment: Payment) -> None:
    """All of a payment that came although another had paid the same purchase. The ledger knows
    nothing of it; the buyer is told."""
    refund, is_new = Refund.objects.get_or_create(
        payment=payment, order=None, defaults={"amount": payment.captured, "reason": PAID_TWICE}
    )
    if not is_new:
        return
    for order in payment.purchase.orders.select_related("shop").order_by("shop_id")[:1]:
        tell_buyer(order, "refunded")
    enqueue("commerce.send_refund", refund_id=str(refund.pk))


def _payment(order: Order) -> Payment:
    """The one that was taken and paid for it. Raises `Conflict` (order.unpaid)."""
    captured = Payment.objects.filter(purchase=order.purchase_id, captured__gt=0)
    taken = captured.exclude(refunds__reason=PAID_TWICE).first()
    if taken is None:
        raise conflict("order.unpaid")
    return taken


def checked(lines: list[OrderLine], asked: Mapping[UUID, tuple[int, Decimal]]) -> list[Share]:
    """What somebody asked to give back, line by line. Raises `ValidationError` (refund.line,
    refund.too_much)."""
    known = {line.pk: line for line in lines}
    if not asked.keys() <= known.keys():
        raise invalid("refund.line", "lines")
    shares = [Share(known[key], *wanted) for key, wanted in asked.items() if wanted[1]]
    for share in shares:
        _check(share)
    return shares


def _check(share: Share) -> None:
    left = share.line.total - share.line.refunded
    if not 0 <= share.quantity <= share.line.quantity or not NOTHING < share.amount <= left:
        raise invalid("refund.too_much", "lines")
