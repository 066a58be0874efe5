"""By the clock: what was lost on the way between us and providers is asked for again.

Each thing is looked at on its own: one that nobody can read holds up no other.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db.models import Model, Q
from django.utils import timezone

from accounts.errors import Unavailable
from commerce.actions import group_settling
from commerce.models import Payment, Purchase, Refund
from commerce.payments import paying
from commerce.payments.port import provider

logger = logging.getLogger(__name__)

State = Payment.State
T = TypeVar("T", bound=Model)
LOOKED_AT_AFTER = timedelta(minutes=2)
# A hold stands for days, and ends seldom without a word.
HELD_LOOKED_AT_AFTER = timedelta(hours=1)
# The job that asks for a refund has had its tries by then.
REFUND_ASKED_AFTER = timedelta(minutes=10)
AT_ONCE = 100


def look_again() -> int:
    """Ask how those stand of which nothing was heard for a while, let go of those that nobody waits
    for, and ask again for refunds; how many were dealt with."""
    return sum(_dealt_with(each, _look_at) for each in _payments()) + sum(
        _dealt_with(each, paying.refund) for each in _refunds()
    )


def _payments() -> list[Payment]:
    now = timezone.now()
    waits = Q(
        state__in=(State.STARTED, State.ACTION, State.PROCESSING),
        changed_at__lte=now - LOOKED_AT_AFTER,
    )
    held = Q(state=State.AUTHORISED, changed_at__lte=now - HELD_LOOKED_AT_AFTER)
    found = Payment.objects.filter(waits | held).select_related("purchase__group_buy")
    return list(found.order_by("changed_at")[:AT_ONCE])


def _refunds() -> list[Refund]:
    asked = Refund.objects.filter(
        state=Refund.State.ASKED, asked_at__lte=timezone.now() - REFUND_ASKED_AFTER
    )
    return list(asked.select_related("payment", "order").order_by("asked_at")[:AT_ONCE])


def _dealt_with(thing: T, deal: Callable[[T], None]) -> bool:
    try:
        deal(thing)
    except Unavailable:
        return False
    except Exception:
        logger.exception("%s could not be looked at", thing)
        return False
    return True


def _look_at(payment: Payment) -> None:
    # First, so that one which is always in the way goes to the end of the line.
    Payment.objects.filter(pk=payment.pk).update(changed_at=timezone.now())
    purchase = payment.purchase
    if purchase.state in (Purchase.State.FAILED, Purchase.State.PAID):
        paying.release(purchase)
    elif payment.reference:
        paying.note(payment, provider(payment.provider).look(payment))
        group_settling.settle(purchase)
