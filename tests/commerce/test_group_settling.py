"""The money of a group's places, by a provider of the tests: each place is settled on its own."""

import sys
from types import ModuleType, SimpleNamespace

import pytest

from accounts.models.outbox import OutboxJob
from commerce.actions import group_buys
from commerce.models import Purchase
from tests.commerce.together import make_held, make_offer

pytestmark = pytest.mark.django_db


class Paying(SimpleNamespace):
    """Settles at once, as the real one does where its provider answers; `refuses` are buyers whose
    bank says no."""

    def capture(self, purchase: Purchase) -> None:
        self.settle(purchase, "failed" if purchase.buyer_id in self.refuses else "paid")

    def release(self, purchase: Purchase) -> None:
        self.settle(purchase, "failed")

    def settle(self, purchase: Purchase, state: str) -> None:
        assert purchase.buyer is not None
        self.asked.append((purchase.buyer.username, state))
        Purchase.objects.filter(pk=purchase.pk).update(state=state)


@pytest.fixture
def paying(monkeypatch) -> Paying:
    made = Paying(refuses=set(), asked=[])
    package = ModuleType("commerce.payments")
    package.paying = made  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "commerce.payments", package)
    monkeypatch.delitem(sys.modules, "commerce.actions.group_settling", raising=False)
    monkeypatch.delattr("commerce.actions.group_settling", raising=False)
    return made


@pytest.fixture
def complete(ana, ben, shirt) -> list[Purchase]:
    group = group_buys.start(ana, make_offer(shirt, people=2))
    bought = [make_held(person, group) for person in (ana, ben)]
    for purchase in bought:
        group_buys.held(purchase)
    return bought


def settling():
    from commerce.actions import group_settling

    return group_settling


def told() -> list[str]:
    """What was said of groups."""
    jobs = OutboxJob.objects.filter(task="accounts.note").values_list("arguments", flat=True)
    return [str(each) for each in jobs if "commerce.group_buy" in str(each)]


def test_all_are_charged_once(paying, complete):
    for purchase in [*complete, *complete]:
        settling().take_money(purchase.pk)

    assert sorted(paying.asked) == [("ana", "paid"), ("ben", "paid")]


def test_whose_bank_says_no_loses_the_order_and_nobody_else_the_price(paying, complete, ben):
    paying.refuses.add(ben.pk)

    for purchase in complete:
        settling().take_money(purchase.pk)

    group = complete[0].group_buy
    group.refresh_from_db()
    assert (group.state, group.filled) == ("complete", 2)
    assert sorted(paying.asked) == [("ana", "paid"), ("ben", "failed")]
    assert sum("unpaid" in each for each in told()) == 1


def test_what_is_let_go_is_let_go_once(paying, complete):
    for _time in range(2):
        settling().let_money_go(complete[0].pk)

    assert paying.asked == [("ana", "failed")]
