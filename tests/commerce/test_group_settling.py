"""The money of a group's places, by a provider of the tests: each place is settled on its own."""

import pytest

from accounts.models.outbox import OutboxJob
from commerce.actions import group_buys, group_settling
from commerce.models import GroupBuy, Payment, Purchase
from commerce.payments import paying
from commerce.payments.port import Told
from tests.commerce.together import make_held, make_offer

pytestmark = pytest.mark.django_db
State = Payment.State


class Bank:
    """Settles at once; `refuses` are people whose bank says no. What it did is in `asked`."""

    def __init__(self) -> None:
        self.refuses: set[object] = set()
        self.asked: list[tuple[str, str]] = []

    def capture(self, payment: Payment) -> Told:
        refuses = payment.purchase.buyer_id in self.refuses
        return self.said(payment, "capture", State.FAILED if refuses else State.CAPTURED)

    def release(self, payment: Payment) -> Told:
        return self.said(payment, "release", State.RELEASED)

    def said(self, payment: Payment, verb: str, state: Payment.State) -> Told:
        assert payment.purchase.buyer is not None
        self.asked.append((payment.purchase.buyer.username, verb))
        return Told(state, reference=payment.reference, failure="payment.refused")


@pytest.fixture
def bank(monkeypatch) -> Bank:
    made = Bank()
    monkeypatch.setattr(paying, "provider", lambda _name: made)
    return made


@pytest.fixture
def complete(ana, ben, shirt) -> list[Purchase]:
    group = group_buys.start(ana, make_offer(shirt, people=2))
    return [take_place(person, group) for person in (ana, ben)]


def take_place(person, group: GroupBuy) -> Purchase:
    """With a payment that is held."""
    purchase = make_held(person, group)
    Payment.objects.create(
        purchase=purchase,
        provider="test",
        reference=str(purchase.pk),
        state=State.AUTHORISED,
        currency=purchase.currency,
        amount=purchase.total,
    )
    group_buys.held(purchase)
    return purchase


def told() -> list[str]:
    """What was said of groups."""
    jobs = OutboxJob.objects.filter(task="accounts.note").values_list("arguments", flat=True)
    return [str(each) for each in jobs if "commerce.group_buy" in str(each)]


def states() -> list[str]:
    """Of the purchases, in the order in which they were placed."""
    return list(Purchase.objects.order_by("pk").values_list("state", flat=True))


def test_all_are_charged_once(bank, complete):
    for purchase in [*complete, *complete]:
        group_settling.take_money(purchase.pk)

    assert bank.asked == [("ana", "capture"), ("ben", "capture")]
    assert states() == ["paid", "paid"]


def test_whose_bank_says_no_loses_the_order_and_nobody_else_the_price(bank, complete, ben):
    bank.refuses.add(ben.pk)

    for purchase in complete:
        group_settling.take_money(purchase.pk)

    group = GroupBuy.objects.get()
    assert (group.state, group.filled) == ("complete", 2)
    assert bank.asked == [("ana", "capture"), ("ben", "capture"), ("ben", "release")]
    assert states() == ["paid", "failed"]
    assert sum("unpaid" in each for each in told()) == 1


def test_whose_hold_ended_by_itself_hears_of_it_too(bank, complete):
    """The news may be there before the job: nobody is left without a word."""
    paying.note(complete[1].payments.get(), Told(State.RELEASED))

    group_settling.take_money(complete[1].pk)

    assert bank.asked == []
    assert sum("unpaid" in each for each in told()) == 1


def test_what_is_let_go_is_let_go_once(bank, complete):
    for _time in range(2):
        group_settling.let_money_go(complete[0].pk)

    assert bank.asked == [("ana", "release")]


@pytest.mark.parametrize(
    ("state", "asked"),
    [("open", []), ("complete", ["capture"]), ("expired", ["release"]), ("cancelled", ["release"])],
)
def test_where_a_job_was_lost_the_clock_does_what_the_group_came_to(bank, complete, state, asked):
    GroupBuy.objects.update(state=state)

    group_settling.settle(Purchase.objects.select_related("group_buy").get(pk=complete[0].pk))

    assert bank.asked == [("ana", verb) for verb in asked]


def test_a_hold_without_a_place_is_let_go_by_the_clock(bank, complete):
    complete[0].group_place.delete()

    group_settling.settle(complete[0])

    assert bank.asked == [("ana", "release")]
