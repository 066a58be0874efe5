"""An owner closes the shop, and opens it again."""

from dataclasses import dataclass

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import User
from commerce.actions import group_buys, shops
from commerce.models import Order, ReturnRequest, Shop
from commerce.people import demand
from commerce.refusals import conflict, refused

UNSENT = (Order.State.PENDING, Order.State.PAID, Order.State.PACKED)
UNANSWERED = (ReturnRequest.State.ASKED, ReturnRequest.State.SENT, ReturnRequest.State.DISPUTED)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What others wait for: orders to be paid or sent, returns to be answered or paid back."""

    orders: int
    returns: int

    @property
    def is_nothing(self) -> bool:
        return not (self.orders or self.returns)


def unfinished(shop: Shop) -> Unfinished:
    """What keeps the shop from being closed."""
    returns = ReturnRequest.objects.filter(order__shop=shop, state__in=UNANSWERED)
    return Unfinished(shop.orders.filter(state__in=UNSENT).count(), returns.count())


@transaction.atomic
def close(owner: User, shop: Shop) -> Shop:
    """Nobody sees it or what it sells any more, and who works there has no part in it; groups that
    are not complete come to nothing. The owner keeps its orders, returns, books and payouts: what
    was sold can still be returned.

    Raises `Refused` (shop.not_yours), `Http404`, `Conflict` (shop.not_open, shop.unfinished).
    """
    held = _held(owner, shop)
    if held.state != Shop.State.OPEN:
        raise conflict("shop.not_open")
    if not unfinished(held).is_nothing:
        raise conflict("shop.unfinished")
    held = shops.move(held, Shop.State.CLOSED, closed_at=timezone.now())
    group_buys.cancel_for(shop_id=held.pk)
    return held


@transaction.atomic
def reopen(owner: User, shop: Shop) -> Shop:
    """It sells again, and whoever worked there does again.

    Raises `Refused` (policy.R7, shop.not_yours), `Http404`, `Conflict` (shop.not_closed).
    """
    policy.permit(policy.sell(owner.person))
    held = _held(owner, shop)
    if held.state != Shop.State.CLOSED:
        raise conflict("shop.not_closed")
    return shops.move(held, Shop.State.OPEN, closed_at=None)


def _held(owner: User, shop: Shop) -> Shop:
    """Locked; orders that are being written come first, and are counted."""
    held = Shop.objects.select_for_update(of=("self",)).filter(pk=shop.pk).first()
    if held is None:
        raise Http404
    if held.owner_id != owner.pk:
        demand(owner, held, "")
        raise refused("shop.not_yours")
    return held
