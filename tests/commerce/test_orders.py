"""Orders from the payment to the door: every step, who may take it, and money that goes back."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts.errors import Conflict, Refused
from accounts.models import OutboxJob
from commerce.actions import orders, purchases
from commerce.models import LedgerEntry, Order, Refund, Shop
from tests.commerce.orders import brought_to, fresh, hire, pay, place
from tests.factories import make_user
from tests.rules import rule

STATES = ("pending", "paid", "packed", "shipped", "delivered", "cancelled")
VERBS = {
    "pack": orders.pack,
    "ship": orders.ship,
    "deliver": orders.deliver,
    "cancel": orders.cancel,
}
# What each may do in which state; all else is refused, and changes nothing.
MAY = {
    "buyer": {"cancel": {"pending", "paid"}, "deliver": {"shipped"}},
    "owner": {"pack": {"paid"}, "ship": {"paid", "packed"}, "cancel": {"paid", "packed"}},
    "packer": {"pack": {"paid"}, "ship": {"paid", "packed"}, "cancel": {"paid", "packed"}},
    "support": {},
    "invited": {},
    "stranger": {},
}
AFTER = {"pack": "packed", "ship": "shipped", "deliver": "delivered", "cancel": "cancelled"}


@pytest.fixture
def people(ana, mei, shop, zoe):
    packer, support, invited = make_user("pia"), make_user("sol"), make_user("ida")
    hire(shop, packer, "packer")
    hire(shop, support, "support")
    hire(shop, invited, "manager", accepted=False)
    return {
        "buyer": ana,
        "owner": mei,
        "packer": packer,
        "support": support,
        "invited": invited,
        "stranger": zoe,
    }


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", MAY)
def test_who_may_take_which_step(who, verb, state, people, ana, variant):
    order = brought_to(state, ana, (variant, 1))

    if state in MAY[who].get(verb, ()):
        VERBS[verb](people[who], order)
        assert fresh(order).state == AFTER[verb]
    else:
        with pytest.raises((Http404, Refused, Conflict)):
            VERBS[verb](people[who], order)
        assert fresh(order).state == state


@rule("R7", "job")
def test_somebody_under_age_sends_nothing_even_where_they_got_a_job(ana, variant, shop, teo):
    hire(shop, teo, "packer")
    order = brought_to("paid", ana, (variant, 1))

    with pytest.raises(Refused) as refusal:
        orders.pack(teo, order)

    assert refusal.value.code == "policy.R7"


# --- The payment ----------------------------------------------------------------------------------


def test_paid_twice_is_paid_once(ana, ben, variant):
    first, second = pay(place(ana, (variant, 1))), pay(place(ben, (variant, 1)))

    purchases.paid(first.purchase)

    assert [fresh(order).number for order in (first, second)] == [1, 2]
    assert [step.verb for step in first.steps.all()] == ["paid"]
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0


def test_what_is_paid_does_not_fail_any_more_and_what_failed_is_paid_back(ana, variant):
    order = pay(place(ana, (variant, 1)))
    purchases.failed(order.purchase, "order.cancelled")
    assert fresh(order).state == "paid"

    late = place(ana, (variant, 1))
    purchases.failed(late.purchase, "order.cancelled")
    late = pay(late)

    assert (late.state, late.number, late.left) == ("cancelled", None, 0)
    assert Refund.objects.get(order=late).reason == "late_payment"


def test_cancelling_an_unpaid_order_ends_its_purchase_and_lets_the_payment_go(ana, variant):
    order = place(ana, (variant, 1))

    orders.cancel(ana, order)

    order.purchase.refresh_from_db()
    assert (fresh(order).state, order.purchase.state) == ("cancelled", "failed")
    assert OutboxJob.objects.filter(task="commerce.release_payment").count() == 1


# --- Money that goes back -------------------------------------------------------------------------


def test_cancelled_order_is_paid_back_whole(ana, mei, variant):
    order = brought_to("paid", ana, (variant, 2))

    orders.cancel(mei, order, reason="Out of linen")

    assert fresh(order).left == 0
    assert Refund.objects.get().amount == Decimal("44.90")
    assert OutboxJob.objects.filter(task="commerce.send_refund").count() == 1
    assert order.steps.get(verb="cancelled").facts == {"reason": "Out of linen"}


def test_part_of_an_order_is_paid_back_and_never_more_than_was_paid(ana, mei, variant):
    order = brought_to("delivered", ana, (variant, 2))
    line = order.lines.get()

    orders.refund(mei, order, {line.pk: (1, Decimal("15.00"))}, shipping=Decimal("4.90"))

    assert fresh(order).refunded == Decimal("19.90")
    assert fresh(order).state == "delivered"
    for lines, shipping in (
        ({line.pk: (1, Decimal("25.01"))}, Decimal(0)),
        ({line.pk: (1, Decimal("-1"))}, Decimal(0)),
        ({}, Decimal("0.01")),
        ({order.pk: (1, Decimal("1"))}, Decimal(0)),
        ({}, Decimal(0)),
    ):
        with pytest.raises(ValidationError):
            orders.refund(mei, order, lines, shipping=shipping)
    orders.refund(mei, order, {line.pk: (1, Decimal("25.00"))})
    assert (fresh(order).state, fresh(order).left) == ("refunded", 0)


def test_only_who_packs_for_the_shop_gives_money_back(ana, people, variant):
    order = brought_to("paid", ana, (variant, 1))
    lines = {order.lines.get().pk: (1, Decimal(1))}

    for who in ("buyer", "support", "invited", "stranger"):
        with pytest.raises((Http404, Refused)):
            orders.refund(people[who], order, lines)

    assert not Refund.objects.exists()


# --- By the clock ---------------------------------------------------------------------------------


def test_what_was_sent_two_weeks_ago_has_arrived(ana, variant):
    order = brought_to("shipped", ana, (variant, 1))

    with time_machine.travel(timezone.now() + timedelta(days=13, hours=23)):
        assert orders.deliver_due() == 0
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        assert orders.deliver_due() == 1

    assert fresh(order).state == "delivered"
    assert order.steps.get(verb="delivered").actor is None


def test_suspended_shop_may_still_send_its_buyers_may_cancel_and_a_week_later_all_goes_back(
    ana, ben, mei, shop, variant
):
    sent, said_no, left = (brought_to("packed", who, (variant, 1)) for who in (ana, ana, ben))
    Shop.objects.filter(pk=shop.pk).update(state=Shop.State.SUSPENDED)

    orders.ship(mei, sent)
    orders.cancel(ana, said_no)
    assert orders.cancel_abandoned() == 0
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert orders.cancel_abandoned() == 1

    states = [fresh(order).state for order in (sent, said_no, left)]
    assert states == ["shipped", "cancelled", "cancelled"]
    assert Order.objects.get(pk=left.pk).left == 0
