"""Payouts by the real SDK against a server of Stripe's shapes."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.errors import Unavailable
from accounts.models.outbox import OutboxJob
from commerce import ledger
from commerce.ledger import payouts, stripe_bank
from commerce.ledger.banks import bank
from commerce.models import ConnectedAccount, LedgerEntry, Payout
from commerce.payments import stripe_asking
from tests.commerce import stripe_server
from tests.commerce.sales import arrived, make_order, make_refund

pytestmark = pytest.mark.django_db
D = Decimal
State = Payout.State
BACK = "https://medley.example/shop/earnings/"


@pytest.fixture
def stripe(settings):
    with stripe_server.running() as server:
        settings.PAYOUT_BANK = "commerce.ledger.stripe_bank.StripeBank"
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API = "sk_test_medley", server.url
        stripe_asking.client.cache_clear()
        yield server
        stripe_asking.client.cache_clear()


def known(stripe, owner) -> ConnectedAccount:
    """They told Stripe who they are, and it believes them."""
    bank().onboarding(owner, back=BACK)
    account = stripe_bank.account_of(owner)
    assert account is not None
    stripe.accounts[account.reference]["capabilities"]["transfers"] = "active"
    return stripe_bank.look(account)


def sell(variant, buyer, creator):
    order = make_order(variant, buyer, quantity=2, creator=creator, percent="50")
    ledger.sold(order)
    return arrived(order)


@pytest.fixture
def order(stripe, variant, ana, ben):
    """Ben gets 16.81 of it, Mei 19.24."""
    return sell(variant, ana, ben)


def pay_out() -> list[Payout]:
    for payout in payouts.run():
        payouts.send(payout.pk)
    return list(Payout.objects.order_by("pk"))


def told() -> list[str]:
    jobs = OutboxJob.objects.filter(task="accounts.note").values_list("arguments", flat=True)
    return [str(each) for each in jobs if "commerce.payout" in str(each)]


def test_whom_stripe_does_not_know_yet_waits(stripe, order, ben):
    assert bank().onboarding(ben, back=BACK) == "https://connect.stripe.test/acct_0"

    assert payouts.run() == []


def test_somebody_has_one_account_however_often_they_go_there(stripe, ben, shop):
    for _time in range(2):
        bank().onboarding(ben, back=BACK)
        bank().onboarding(shop, back=BACK)

    assert ConnectedAccount.objects.count() == len(stripe.accounts) == 2


def test_the_clock_sees_that_stripe_believes_somebody(stripe, ben):
    bank().onboarding(ben, back=BACK)
    stripe.accounts["acct_0"]["capabilities"]["transfers"] = "active"
    ConnectedAccount.objects.update(looked_at=timezone.now() - stripe_bank.LOOKED_AT_AFTER)

    bank().look_at_accounts()

    assert ConnectedAccount.objects.get().is_ready


def test_a_payout_is_a_transfer_and_its_receiver_hears_of_it(stripe, order, ben):
    known(stripe, ben)

    (payout,) = pay_out()

    assert (payout.creator, payout.state, payout.reference) == (ben, State.PAID, "tr_0")
    sent = stripe.transfers["tr_0"]
    assert (sent["amount"], sent["currency"], sent["destination"]) == ("1681", "eur", "acct_0")
    assert stripe.asked[-1][2] == f"transfer-{payout.pk}"
    assert ["'step': 'paid'" in each for each in told()] == [True]


def test_what_stripe_refuses_is_free_again_with_its_reason(stripe, order, ben):
    known(stripe, ben)
    stripe.refuses = {"transfer"}

    (payout,) = pay_out()

    assert (payout.state, payout.failure) == (State.FAILED, "Insufficient funds in your account.")
    assert ledger.balances(ben)[0].available == D("16.81")
    assert ["'step': 'failed'" in each for each in told()] == [True]


def test_a_transfer_whose_answer_was_lost_is_not_made_twice(stripe, order, ben):
    known(stripe, ben)
    (payout,) = payouts.run()
    stripe.does_before_it_breaks, stripe.breaks = True, 500
    with pytest.raises(Unavailable):
        payouts.send(payout.pk)
    stripe.breaks = None
    Payout.objects.update(created_at=timezone.now() - payouts.ASKED_AFTER)

    assert payouts.ask_again() == 1

    payout.refresh_from_db()
    assert (payout.state, payout.reference, len(stripe.transfers)) == (State.PAID, "tr_0", 1)


def test_what_is_refunded_after_a_payout_is_fetched_back(stripe, order, ben):
    known(stripe, ben)
    (payout,) = pay_out()
    ledger.refunded(make_refund(order, {order.lines.get(): "20.00"}))

    for _time in range(2):
        payouts.take_back(order.pk)

    payout.refresh_from_db()
    assert (payout.reversed, len(stripe.reversals)) == (D("8.41"), 1)
    assert stripe.reversals["trr_0"]["amount"] == "841"
    assert ledger.balances(ben)[0] == ledger.Balance(
        "EUR", pending=D(0), available=D(0), on_its_way=D(0), paid=D("8.40")
    )
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0


def test_where_nothing_can_be_fetched_back_the_next_payout_is_smaller(stripe, order, ben):
    known(stripe, ben)
    (payout,) = pay_out()
    ledger.refunded(make_refund(order, {order.lines.get(): "20.00"}))
    stripe.refuses = {"reversal"}

    payouts.take_back(order.pk)

    payout.refresh_from_db()
    assert payout.reversed == 0
    assert ledger.balances(ben)[0].available == D("-8.41")


def test_a_payout_that_comes_back_after_a_part_of_it_was_fetched_is_free_but_for_that(
    stripe, order, ben
):
    known(stripe, ben)
    (payout,) = pay_out()
    ledger.refunded(make_refund(order, {order.lines.get(): "20.00"}))
    payouts.take_back(order.pk)

    payouts.fail(payout.pk, "account closed")

    assert ledger.balances(ben)[0].available == D("8.40")
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0


# --- Doors ----------------------------------------------------------------------------------------


def test_creators_and_shops_are_sent_to_stripe_by_a_page(stripe, browser, ben, mei, shop):
    for person, page, pressed in (
        (ben, "commerce:earnings", "commerce:onboard-creator"),
        (mei, "commerce:sell-money", "commerce:onboard-shop"),
    ):
        client = browser(person)
        assert "Say who you are" in client.get(reverse(page)).content.decode()

        sent_on = client.post(reverse(pressed))

        assert sent_on["Refresh"].startswith("0; url=https://connect.stripe.test/acct_")
        asked = stripe.asked[-1][1]
        assert "See or change it there" in client.get(asked["return_url"]).content.decode()
        assert "Go there again" in client.get(asked["refresh_url"]).content.decode()


def test_apps_get_the_address(stripe, api, ben, mei, shop):
    mine = api(ben).post("/api/v1/me/payout-account/onboarding/")
    theirs = api(mei).post("/api/v1/sell/payouts/onboarding/")

    assert mine.json() == {"url": "https://connect.stripe.test/acct_0"}
    assert theirs.json() == {"url": "https://connect.stripe.test/acct_1"}


def test_where_an_iban_is_enough_that_is_said(api, browser, ben):
    refused = api(ben).post("/api/v1/me/payout-account/onboarding/")
    assert (refused.status_code, refused.json()["code"]) == (409, "payout.no_onboarding")

    page = browser(ben).post(reverse("commerce:onboard-creator"), follow=True)
    assert "its IBAN is all we need" in page.content.decode()
