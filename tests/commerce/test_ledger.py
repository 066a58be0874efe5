"""What the ledger says after sales, refunds and payouts: it always sums to zero."""

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from commerce import ledger
from commerce.ledger.posting import Leg, Unbalanced, post
from commerce.models import LedgerEntry, LedgerTransaction
from commerce.models.fields import total
from tests.commerce.sales import make_order, make_refund

Account = LedgerEntry.Account
D = Decimal

pytestmark = pytest.mark.django_db


def owed() -> dict[str, Decimal]:
    """By account, what all entries sum to; those that even out are left out."""
    sums = LedgerEntry.objects.values_list("account").annotate(sum=total()).order_by()
    return {account: sum for account, sum in sums if sum}


@pytest.fixture
def order(variant, ana, ben):
    """Ana bought two shirts for 40 EUR, 19 % of tax within, that Ben showed for 10 %; the parcel
    was 4.90."""
    return make_order(variant, ana, quantity=2, creator=ben, percent="10")


def test_a_sale_is_shared_out_to_the_cent(order):
    ledger.sold(order)

    # 40.00 holds 6.39 of tax: 33.61 of goods, of which 5 % are 1.68 and 10 % 3.36.
    assert owed() == {
        Account.BUYER: D("-44.90"),
        Account.TAX: D("7.17"),
        Account.FEE: D("1.68"),
        Account.CREATOR: D("3.36"),
        Account.SELLER: D("32.69"),
    }


def test_a_sale_is_posted_once(order):
    assert ledger.sold(order) == ledger.sold(order)

    assert LedgerTransaction.objects.count() == 1


def test_what_medley_gave_as_a_discount_the_seller_gets_from_it(variant, ana):
    order = make_order(variant, ana, quantity=2, given="10.00", shipping="0", tax="0")

    ledger.sold(order)

    assert owed() == {
        Account.BUYER: D("-30.00"),
        Account.PLATFORM: D("-10.00"),
        Account.FEE: D("1.50"),
        Account.SELLER: D("38.50"),
    }


def test_nobody_gets_a_commission_of_what_nobody_showed(variant, ana):
    ledger.sold(make_order(variant, ana, percent="10"))

    assert Account.CREATOR not in owed()


def test_a_refund_of_everything_takes_back_everything(order):
    ledger.sold(order)

    ledger.refunded(make_refund(order, {order.lines.get(): "40.00"}, shipping="4.90"))

    assert owed() == {}


def test_many_small_refunds_lose_no_cent(order):
    ledger.sold(order)
    line = order.lines.get()

    for amount in ("13.33", "13.33", "13.34"):
        ledger.refunded(make_refund(order, {line: amount}))

    assert owed() == {
        Account.BUYER: D("-4.90"),
        Account.TAX: D("0.78"),
        Account.SELLER: D("4.12"),
    }


def test_half_a_refund_takes_back_half_of_the_commission(order):
    ledger.sold(order)

    ledger.refunded(make_refund(order, {order.lines.get(): "20.00"}))

    assert owed()[Account.CREATOR] == D("1.68")
    assert owed()[Account.FEE] == D("0.84")


def test_a_refund_is_posted_once(order):
    refund = make_refund(order, {order.lines.get(): "20.00"})

    ledger.refunded(refund)
    ledger.refunded(refund)

    assert owed()[Account.BUYER] == D("-24.90")


def test_what_is_refunded_beyond_the_price_is_a_gift_of_medley(order):
    ledger.refunded(make_refund(order, {order.lines.get(): "40.00"}, shipping="4.90"))

    ledger.refunded(make_refund(order, {order.lines.get(): "5.00"}))

    assert owed() == {Account.BUYER: D("5.00"), Account.PLATFORM: D("-5.00")}


def test_medley_bears_what_a_provider_took_too_little(order):
    ledger.sold(order)
    payment = order.purchase.payments.create(
        provider="test", currency="EUR", amount=order.total, captured=order.total - D("0.40")
    )

    ledger.captured(payment)
    ledger.captured(payment)

    assert owed()[Account.PLATFORM] == D("-0.40")
    assert sum(owed().values()) == 0


def test_money_is_free_when_the_time_for_returns_is_over(order, shop, ben):
    ledger.sold(order)
    assert ledger.balances(shop)[0].available == 0
    order.delivered_at = order.paid_at
    ledger.delivered(order)

    later = order.paid_at + datetime.timedelta(days=shop.return_days, seconds=1)

    assert ledger.balances(shop, later)[0].available == D("32.69")
    assert ledger.balances(ben, later)[0].available == D("3.36")
    assert ledger.balances(ben)[0].pending == D("3.36")


def test_money_waits_while_something_comes_back(order, ben, after_returns):
    ledger.sold(order)
    order.returns.create(reason="no_fit", answer_by=after_returns)

    assert ledger.balances(ben, after_returns)[0].available == 0


def test_legs_that_do_not_sum_to_zero_are_not_written():
    with pytest.raises(Unbalanced):
        post(LedgerTransaction.Kind.CORRECTION, "odd", "EUR", [Leg(Account.BANK, D("1.00"))])

    assert not LedgerTransaction.objects.exists()


@pytest.mark.parametrize("change", [{"amount": 1}, {"account": "bank"}, {"currency": "USD"}])
def test_the_database_lets_no_entry_be_changed(order, change):
    ledger.sold(order)

    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.update(**change)


def test_the_database_lets_no_entry_be_deleted(order):
    ledger.sold(order)

    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.all()._raw_delete(LedgerEntry.objects.db)


def test_the_database_lets_nobody_become_the_person_of_an_entry(order, zoe):
    ledger.sold(order)

    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.update(person=zoe)


def test_whoever_leaves_leaves_the_ledger_even(order, ben):
    ledger.sold(order)

    LedgerEntry.objects.filter(person=ben).update(person=None)
    ledger.refunded(make_refund(order, {order.lines.get(): "40.00"}, shipping="4.90"))

    assert owed() == {}


if connection.vendor == "postgresql":

    def test_postgresql_itself_holds_no_uneven_transaction(order):
        posted = ledger.sold(order)

        with pytest.raises(DatabaseError), transaction.atomic():
            LedgerEntry.objects.create(
                transaction=posted, account=Account.BANK, amount=1, currency="EUR"
            )
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
