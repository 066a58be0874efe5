"""What happens to an order once it is paid: packed, sent, delivered, cancelled, paid back.

Each verb asks who may, moves the state under the order's lock, writes down the step, and tells the
other side. Raises `Http404` for whom there is no such order, `Refused` (shop.not_yours, R7),
`Conflict` (order.state) where the order has moved on.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from accounts import policy
from accounts.models import User
from accounts.outbox import enqueue
from accounts.text import clean_lines
from commerce import ledger, webhooks
from commerce.actions import purchases
from commerce.actions.refunding import checked, refund_rest, refund_shares, shipping_left
from commerce.models import Order, OrderStep, Purchase, Refund, Shop
from commerce.notifications.telling import tell_buyer, tell_shop
from commerce.people import ORDERS, demand
from commerce.refusals import conflict, invalid

ARRIVES_AFTER = timedelta(days=14)
ABANDONED_AFTER = timedelta(days=7)  # by a shop that was closed
AT_ONCE = 200

Move = Callable[[Order], None]


# --- The shop -------------------------------------------------------------------------------------


@transaction.atomic
def pack(actor: User, order: Order) -> Order:
    """It lies ready in its parcel."""
    held = held_by_shop(actor, order, ORDERS)
    move(held, Order.pack, "packed", by=actor)
    tell_buyer(held, "packed")
    return held


@transaction.atomic
def ship(actor: User, order: Order, *, carrier: str = "", tracking: str = "") -> Order:
    """It is on its way, with the carrier's number where there is one."""
    held = held_by_shop(actor, order, ORDERS)
    held.carrier = clean_lines(carrier)[:40]
    held.tracking = clean_lines(tracking)[:60]
    facts = {"carrier": held.carrier, "tracking": held.tracking}
    move(held, Order.ship, "shipped", by=actor, **facts)
    tell_buyer(held, "shipped")
    return held


@transaction.atomic
def refund(
    actor: User,
    order: Order,
    lines: Mapping[UUID, tuple[int, Decimal]],
    *,
    shipping: Decimal = Decimal(0),
    reason: str = "",
) -> Refund:
    """Give back part of it: by line, of how many pieces and how much; and of the shipping. Never
    more than was paid and not given back. An order of which all is back is refunded.

    Raises `ValidationError` (refund.line, refund.nothing, refund.too_much), `Conflict`
    (order.unpaid)."""
    held = held_by_shop(actor, order, ORDERS)
    own = list(held.lines.order_by("pk"))
    shares = checked(own, lines)
    if not 0 <= shipping <= shipping_left(held, own):
        raise invalid("refund.too_much", "shipping")
    made = refund_shares(held, shares, shipping, reason=clean_lines(reason)[:40], by=actor)
    if made is None:
        raise invalid("refund.nothing")
    if not held.left and held.state in PAID_BACK_FROM:
        move(held, Order.give_back_all, "refunded_whole", by=actor)
    return made


PAID_BACK_FROM = (
    Order.State.PAID,
    Order.State.PACKED,
    Order.State.SHIPPED,
    Order.State.DELIVERED,
)


# --- The buyer ------------------------------------------------------------------------------------


@transaction.atomic
def deliver(actor: User, order: Order) -> Order:
    """The buyer has it. From now on it can be returned, and the shop's money becomes free."""
    held = held_by_buyer(actor, order)
    _deliver(held, by=actor)
    return held


def _deliver(order: Order, by: User | None) -> None:
    move(order, Order.deliver, "delivered", by=by)
    ledger.delivered(order)
    tell_shop(order, "delivered")
    if by is None:
        tell_buyer(order, "delivered")


# --- Either ---------------------------------------------------------------------------------------


@transaction.atomic
def cancel(actor: User, order: Order, *, reason: str = "") -> Order:
    """Nothing is sent; what was paid goes back, whole. A buyer may until it is packed (and until it
    is sent, where the shop is shut), the shop until it is sent.

    Cancelling what is not paid yet ends the whole purchase: it has one payment."""
    held = _held(order)
    is_buyer = held.buyer_id == actor.pk
    if not is_buyer:
        held_by_shop(actor, held, ORDERS)
    if held.state == Order.State.PENDING:
        return _cancel_unpaid(held)
    if is_buyer and not cancellable_by_buyer(held):
        raise conflict("order.state")
    _cancel(held, by=actor, reason=clean_lines(reason)[:200])
    return held


def cancellable_by_buyer(order: Order) -> bool:
    """Whether its buyer can still say no."""
    if order.state == Order.State.PENDING:
        return order.purchase.state == Purchase.State.PENDING
    is_shut = order.shop.state in (Shop.State.SUSPENDED, Shop.State.CLOSED)
    return order.state == Order.State.PAID or (order.is_unsent and is_shut)


def cancel_for_good(order_id: UUID, *, reason: str) -> None:
    """Medley cancels it, if it was not sent: its shop or its buyer is gone."""
    with transaction.atomic():
        held = Order.objects.held(order_id)
        if held.is_unsent:
            _cancel(held, by=None, reason=reason)


def _cancel(order: Order, *, by: User | None, reason: str) -> None:
    move(order, Order.cancel, "cancelled", by=by, reason=reason)
    refund_rest(order, reason="cancelled", by=by)
    purchases.put_back(order)
    tell_buyer(order, "cancelled")
    tell_shop(order, "cancelled")


def _cancel_unpaid(order: Order) -> Order:
    """Whatever its provider says later finds a purchase that fell through."""
    purchase = order.purchase
    if purchase.state != Purchase.State.PENDING:
        raise conflict("order.in_group")
    purchases.failed(purchase, "order.cancelled")
    enqueue("commerce.release_payment", purchase_id=str(purchase.pk))
    order.refresh_from_db()
    return order


# --- By the clock ---------------------------------------------------------------------------------


def deliver_due() -> int:
    """What was sent two weeks ago and not disowned since has arrived; answers how many."""
    since = timezone.now() - ARRIVES_AFTER
    due = Order.objects.filter(state=Order.State.SHIPPED, shipped_at__lte=since)
    keys = list(due.order_by("shipped_at").values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        with transaction.atomic():
            held = Order.objects.held(key)
            if held.state == Order.State.SHIPPED:
                _deliver(held, by=None)
    return len(keys)


def cancel_abandoned() -> int:
    """What a shop that was suspended or closed did not send within a week of the payment is paid
    back; answers how many."""
    shut = (Shop.State.SUSPENDED, Shop.State.CLOSED)
    unsent = (Order.State.PAID, Order.State.PACKED)
    due = Order.objects.filter(
        state__in=unsent, shop__state__in=shut, paid_at__lte=timezone.now() - ABANDONED_AFTER
    )
    keys = list(due.order_by("paid_at").values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        cancel_for_good(key, reason="shop_shut")
    return len(keys)


# --- Who, and the step ----------------------------------------------------------------------------


def held_by_shop(actor: User, order: Order, right: str) -> Order:
    """The order, locked, for somebody with this right in its shop. Whoever does not read the
    shop's orders learns nothing of it."""
    held = _held(order)
    if held.number is None:
        raise Http404
    demand(actor, held.shop, right)
    policy.permit(policy.sell(actor.person))
    return held


def held_by_buyer(actor: User, order: Order) -> Order:
    """The order, locked, for whoever placed it."""
    held = _held(order)
    if held.buyer_id != actor.pk:
        raise Http404
    return held


def _held(order: Order) -> Order:
    return Order.objects.held(order.pk)


def move(order: Order, transition: Move, verb: str, *, by: User | None, **facts: Any) -> None:
    """Go on to another state, and write down who did that. Raises `Conflict` (order.state)."""
    try:
        transition(order)
    except TransitionNotAllowed as error:
        raise conflict("order.state") from error
    order.save()
    said = {name: value for name, value in facts.items() if value}
    OrderStep.objects.create(order=order, verb=verb, actor=by, facts=said)
    webhooks.order_moved(order, verb)
