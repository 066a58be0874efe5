"""Payout runs: what is free goes out once, and comes back where a bank says no."""

from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies

from commerce import ledger
from commerce.ledger import payouts
from commerce.ledger.banks import TestBank, Transfer
from commerce.models import LedgerEntry, Payout, PayoutAccount, Shop
from commerce.models.fields import total
from tests.commerce.sales import arrived, make_order, make_refund

D = Decimal
State = Payout.State

pytestmark = pytest.mark.django_db


def give_account(person, iban="DE89370400440532013000") -> PayoutAccount:
    return PayoutAccount.objects.create(person=person, holder=person.display_name, iban=iban)


def sell(variant, buyer, creator=None, *, quantity=2, percent="50"):
    """Sold, delivered, and kept: its money is free."""
    order = make_order(variant, buyer, quantity=quantity, creator=creator, percent=percent)
    ledger.sold(order)
    return arrived(order)


@pytest.fixture
def order(variant, ana, ben):
    """Ben gets 16.81 of it, Mei 19.24."""
    give_account(ben)
    return sell(variant, ana, ben)


def pay_out() -> list[Payout]:
    """A run, and what its jobs do."""
    found = payouts.run()
    for payout in found:
        payouts.send(payout.pk)
        payout.refresh_from_db()
    return found


def free(owner) -> Decimal:
    return ledger.balances(owner)[0].available


def test_a_run_pays_shops_and_creators(order, shop, ben):
    assert {(each.shop or each.creator, each.amount, each.state) for each in pay_out()} == {
        (shop, D("19.24"), State.PAID),
        (ben, D("16.81"), State.PAID),
    }
    assert ledger.balances(ben) == [
        ledger.Balance("EUR", pending=D(0), available=D(0), on_its_way=D(0), paid=D("16.81"))
    ]


def test_a_second_run_pays_nothing_again(order):
    pay_out()

    assert payouts.run() == []


def test_what_is_on_its_way_is_not_paid_again(order, ben):
    payouts.run()

    assert payouts.run() == []
    assert ledger.balances(ben)[0].on_its_way == D("16.81")


def test_less_than_ten_waits_for_more(variant, ana, ben):
    give_account(ben)
    sell(variant, ana, ben, quantity=1)
    assert ben not in [payout.creator for payout in payouts.run()]

    sell(variant, ana, ben, quantity=1)

    assert ben in [payout.creator for payout in payouts.run()]


def test_nothing_is_paid_before_returns_are_over(variant, ana):
    ledger.sold(make_order(variant, ana))

    assert payouts.run() == []


def test_a_creator_without_a_bank_account_waits(order, ben):
    PayoutAccount.objects.all().delete()

    assert ben not in [payout.creator for payout in payouts.run()]
    assert free(ben) == D("16.81")


def test_a_suspended_shop_waits(order, shop):
    Shop.objects.update(state=Shop.State.SUSPENDED)

    assert shop not in [payout.shop for payout in payouts.run()]


def test_what_a_bank_refuses_is_free_again(order, ben):
    PayoutAccount.objects.update(iban=f"DE00{TestBank.REFUSED}")

    (payout,) = [each for each in pay_out() if each.creator == ben]

    assert (payout.state, payout.failure) == (State.FAILED, "no such account")
    assert free(ben) == D("16.81")
    assert ben in [each.creator for each in payouts.run()]


def test_what_comes_back_after_it_arrived_is_free_again(order, ben):
    (payout,) = [each for each in pay_out() if each.creator == ben]

    payouts.fail(payout.pk, "account closed")

    assert free(ben) == D("16.81")
    assert ledger.balances(ben)[0].paid == 0


def test_a_late_answer_changes_nothing(order, ben):
    (payout,) = [each for each in pay_out() if each.creator == ben]
    payouts.fail(payout.pk, "account closed")

    payouts.note(payout.pk, Transfer(reference="late", is_paid=True))

    payout.refresh_from_db()
    assert payout.state == State.FAILED


def test_a_refund_after_the_payout_is_taken_from_the_next(variant, order, ana, ben):
    pay_out()
    ledger.refunded(make_refund(order, {order.lines.get(): "40.00"}, shipping="4.90"))
    assert free(ben) == D("-16.81")

    sell(variant, ana, ben, quantity=4)

    assert [each.amount for each in payouts.run() if each.creator == ben] == [D("16.81")]


# --- Whatever happens -----------------------------------------------------------------------------

EVENTS = strategies.lists(
    strategies.tuples(
        strategies.sampled_from(["sells", "refunds", "replays", "pays_out", "comes_back"]),
        strategies.integers(0, 5),  # of what: the first, the second ...
        strategies.integers(1, 4000),  # cents, or hundredths of a percent of commission
    ),
    max_size=14,
)


class Story:
    """What happens to Mei's shop, Ana who buys, and Ben who shows."""

    def __init__(self, variant, buyer, creator) -> None:
        self.variant, self.buyer, self.creator = variant, buyer, creator
        self.orders: list[Any] = []
        self.refunds: list[Any] = []
        self.payouts: list[Any] = []

    def sells(self, which: int, number: int) -> None:
        percent = str(D(2 * number) / 100)
        bought = {"quantity": which + 1, "percent": percent}
        self.orders.append(sell(self.variant, self.buyer, self.creator, **bought))

    def refunds_all(self) -> None:
        for which in range(len(self.orders)):
            self.refunds_of(which, D(1000))

    def refunds_of(self, which: int, most: Decimal) -> None:
        for order in self.orders[which : which + 1]:
            line = order.lines.get()
            before = order.refunds.aggregate(sum=total())["sum"]
            if amount := min(line.total - before, most):
                self.refunds.append(make_refund(order, {line: str(amount)}))
                ledger.refunded(self.refunds[-1])

    def replays(self, which: int, _number: int) -> None:
        for refund in self.refunds[which : which + 1]:
            ledger.refunded(refund)
        for order in self.orders[which : which + 1]:
            ledger.sold(order)

    def pays_out(self, _which: int, _number: int) -> None:
        self.payouts += pay_out()

    def comes_back(self, which: int, _number: int) -> None:
        for payout in self.payouts[which : which + 1]:
            payouts.fail(payout.pk, "closed")


def _sum(**which: object) -> Decimal:
    return LedgerEntry.objects.filter(**which).aggregate(sum=total())["sum"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(events=EVENTS)
def test_the_ledger_sums_to_zero_whatever_happens(variant, shop, ana, ben, events):
    """Nobody is owed less than nothing but by refunds after a payout, and what is refunded wholly
    leaves neither a fee nor a commission behind."""
    with _undone():
        give_account(ben)
        story = Story(variant, ana, ben)
        for verb, which, number in events:
            if verb == "refunds":
                story.refunds_of(which, D(number) / 100)
            else:
                getattr(story, verb)(which, number)
            assert _sum() == 0
            for owner in (shop, ben):
                assert sum(each.available for each in ledger.balances(owner)) >= 0 or story.payouts

        story.refunds_all()

        assert _sum() == 0
        assert _sum(account="fee") == 0
        assert _sum(account="creator", transaction__kind__in=["sale", "refund"]) == 0


@contextmanager
def _undone():
    """As each example finds it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
