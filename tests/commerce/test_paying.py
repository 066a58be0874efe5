"""Payments: the test provider, what arrives from it in any order, and what is told of it once."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.errors import Conflict, Unavailable
from accounts.models.outbox import OutboxJob
from commerce.actions import orders
from commerce.models import (
    LedgerEntry,
    LedgerTransaction,
    Payment,
    ProviderEvent,
    Purchase,
    Refund,
    TestCharge,
)
from commerce.payments import hooks, paying, signing, test_provider
from commerce.payments.moves import MOVES, moves
from commerce.payments.port import Forged, Told
from tests.commerce.orders import fresh, place

pytestmark = pytest.mark.django_db
State = Payment.State


@pytest.fixture
def order(ana, variant):
    return place(ana, (variant, 2))


@pytest.fixture
def payment(order) -> Payment:
    return paying.start(order.purchase, page=lambda payment: f"http://localhost/pay/{payment.pk}/")


def charge_of(payment: Payment) -> TestCharge:
    return TestCharge.objects.get(payment=payment.pk)


def choose(payment: Payment, choice: str) -> Payment:
    """On the provider's page; then its webhook arrives and is handled."""
    charge = test_provider.choose(charge_of(payment).pk, choice)
    test_provider.tell(charge.pk)
    paying.handle(ProviderEvent.objects.latest("pk"))
    return Payment.objects.get(pk=payment.pk)


def test_a_payment_begins_at_the_provider_and_waits_for_the_buyer(payment):
    assert (payment.state, payment.amount) == (State.ACTION, Decimal("44.90"))
    assert payment.action_url == f"/pay/test/{charge_of(payment).pk}/"


def test_a_purchase_is_paid_by_one_payment_at_a_time(payment, order):
    again = paying.start(order.purchase, page=lambda payment: "http://localhost/")

    assert again == payment


def test_what_is_paid_pays_the_order(payment, order):
    assert choose(payment, "pay").state == State.CAPTURED

    assert (fresh(order).state, fresh(order).number) == ("paid", 1)


def test_what_the_bank_confirms_is_paid(payment):
    assert choose(payment, "confirm").state == State.ACTION
    assert choose(payment, "pay").state == State.CAPTURED


def test_a_slow_bank_answers_at_last(payment):
    assert choose(payment, "slow").state == State.PROCESSING

    test_provider.end_slow(charge_of(payment).pk)
    paying.note(payment, test_provider.TestProvider().look(payment))

    assert Payment.objects.get().state == State.CAPTURED


def test_a_refused_payment_leaves_the_order_to_another_attempt(payment, order):
    refused = choose(payment, "refuse")
    assert (refused.state, refused.failure) == (State.FAILED, "payment.refused")
    assert fresh(order).state == "pending"

    other = paying.start(order.purchase, page=lambda payment: "http://localhost/")

    assert other != payment
    assert choose(other, "pay").state == State.CAPTURED
    assert fresh(order).state == "paid"


def test_what_costs_nothing_asks_no_provider(order):
    Purchase.objects.update(total=0)

    payment = paying.start(fresh(order).purchase, page=lambda payment: "http://localhost/")

    assert (payment.provider, payment.state) == ("none", State.CAPTURED)
    assert fresh(order).state == "paid"


def test_nobody_pays_for_what_fell_through(order):
    Purchase.objects.update(held_until=timezone.now())

    with pytest.raises(Conflict, match="no payment any more"):
        paying.start(order.purchase, page=lambda payment: "http://localhost/")


def test_a_provider_that_is_down_loses_nothing(order, monkeypatch):
    def down(*args, **options):
        raise Unavailable("payment.provider_down", "down")

    with monkeypatch.context() as broken:
        broken.setattr(test_provider.TestProvider, "start", down)
        payment = paying.start(order.purchase, page=lambda payment: "http://localhost/")
    assert payment.state == State.STARTED

    again = paying.start(order.purchase, page=lambda payment: "http://localhost/")

    assert (again, again.state) == (payment, State.ACTION)


def test_money_that_came_too_late_goes_back(payment, order):
    orders.cancel(order.buyer, fresh(order))
    paying.note(payment, Told(State.CAPTURED))

    refund = Refund.objects.get()
    assert (fresh(order).state, refund.amount) == ("cancelled", Decimal("44.90"))


def test_a_refund_reaches_the_ledger_once(payment, order):
    choose(payment, "pay")
    orders.cancel(order.buyer, fresh(order))
    refund = Refund.objects.get()

    paying.refund(refund)
    paying.refund(refund)

    refund.refresh_from_db()
    assert refund.state == Refund.State.DONE
    assert Payment.objects.get().refunded == Decimal("44.90")
    assert LedgerTransaction.objects.filter(kind="refund").count() == 1
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0


def test_a_refund_that_is_never_paid_is_said(payment, order):
    choose(payment, "pay")
    orders.cancel(order.buyer, fresh(order))
    TestCharge.objects.update(refunded=Decimal("44.90"))

    paying.refund(Refund.objects.get())

    assert Refund.objects.get().state == Refund.State.FAILED


def test_while_the_provider_is_down_refunds_wait(payment, order):
    choose_and_break = test_provider.choose(charge_of(payment).pk, "down")
    paying.note(payment, Told(State.CAPTURED))
    orders.cancel(order.buyer, fresh(order))
    assert choose_and_break.is_down

    with pytest.raises(Unavailable):
        paying.refund(Refund.objects.get())

    assert Refund.objects.get().state == Refund.State.ASKED


# --- Webhooks -------------------------------------------------------------------------------------


def event(payment: Payment, key: str = "evt-1") -> bytes:
    said = {"id": key, "kind": "charge.taken", "payment": str(payment.pk)}
    return json.dumps(said).encode()


def post(client, body: bytes, header: str):
    address = reverse("commerce:payment-hook", args=["test"])
    return client.post(
        address, body, content_type="application/json", headers={"Test-Signature": header}
    )


def test_a_webhook_is_kept_once_however_often_it_comes(client, payment):
    body = event(payment)
    header = signing.signature(body, test_provider.secret())

    answers = [post(client, body, header).status_code for _ in range(2)]

    assert (answers, ProviderEvent.objects.count()) == ([200, 200], 1)
    assert OutboxJob.objects.filter(task="commerce.handle_payment_event").count() == 1


@pytest.mark.parametrize("header", ["", "t=1", "t=x,v1=y", "t=1,v1=00"])
def test_a_forged_webhook_is_not_heard(client, payment, header):
    assert post(client, event(payment), header).status_code == 400
    assert not ProviderEvent.objects.exists()


def test_an_old_webhook_is_not_heard_again(payment):
    body = event(payment)
    old = int(timezone.now().timestamp()) - signing.TOLERANCE - 1

    with pytest.raises(Forged, match="too old"):
        signing.check(body, signing.signature(body, "secret", old), "secret")


def test_a_webhook_makes_us_look_and_is_not_believed(payment, order):
    """It says that the money was taken; the provider, asked, says that it was not."""
    body = event(payment)
    header = signing.signature(body, test_provider.secret())
    hooks.receive("test", body, {"Test-Signature": header})

    paying.handle(ProviderEvent.objects.get())

    assert Payment.objects.get().state == State.ACTION


def test_what_was_not_told_is_asked_for(payment, order):
    test_provider.choose(charge_of(payment).pk, "pay")  # its webhook gets lost
    Payment.objects.update(changed_at=timezone.now() - paying.LOOKED_AT_AFTER)

    assert paying.look_again() == 1

    assert fresh(order).state == "paid"


# --- Any order ------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from([*State])))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_arrives_money_that_was_taken_stays_taken(states):
    now = State.STARTED
    for told in states:
        now = told if moves(now, told) else now
        if now == State.CAPTURED:
            break
    assert (State.CAPTURED in states) == (now == State.CAPTURED)


def test_nothing_follows_what_was_taken():
    assert MOVES[State.CAPTURED] == frozenset()


# --- Doors ----------------------------------------------------------------------------------------


def test_the_buyer_goes_to_the_provider_and_back(browser, ana, payment, order):
    client = browser(ana)
    page = reverse("commerce:payment", args=[payment.pk])
    test_page = client.get(page)["Location"]

    back = client.post(test_page, {"choice": "pay"})
    assert back["Location"] == f"http://localhost/pay/{payment.pk}/?back"
    paying.note(payment, test_provider.TestProvider().look(payment))

    assert "Paid. Thank you!" in client.get(f"{page}?back").content.decode()


def test_others_see_nothing_of_a_payment(browser, api, zoe, payment):
    assert browser(zoe).get(reverse("commerce:payment", args=[payment.pk])).status_code == 404
    assert api(zoe).get(f"/api/v1/payments/{payment.pk}/").status_code == 404


def test_apps_follow_a_payment_and_try_again(api, ana, payment, order):
    told = api(ana).get(f"/api/v1/payments/{payment.pk}/").json()
    assert (told["state"], told["amount"], told["failure"]) == ("action", "44.90", None)
    assert told["action_url"].endswith(payment.action_url)

    choose(payment, "refuse")
    told = api(ana).get(f"/api/v1/payments/{payment.pk}/").json()
    assert told["failure"]["code"] == "payment.refused"

    again = api(ana).post(f"/api/v1/checkout/{order.purchase_id}/pay/")
    assert (again.status_code, again.json()["state"]) == (201, "action")


def test_a_payment_costs_few_queries(browser, ana, payment, django_assert_num_queries):
    client = browser(ana)
    page = reverse("commerce:payment", args=[payment.pk])
    client.get(f"{page}?back")
    with django_assert_num_queries(3):
        client.get(f"{page}?part")
