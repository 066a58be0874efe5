"""The real SDK against a server of Stripe's shapes."""

import json
from decimal import Decimal

import pytest
from django.db.models import Sum

from accounts.errors import Unavailable
from accounts.models import OutboxJob
from commerce.actions import order_settling, orders
from commerce.models import LedgerEntry, Payment, ProviderEvent, Refund
from commerce.payments import hooks, paying, signing, stripe_asking
from commerce.payments.port import Forged
from commerce.payments.stripe_asking import minor
from commerce.payments.stripe_provider import StripeProvider
from tests.commerce import stripe_server
from tests.commerce.orders import fresh, place
from tests.factories import make_user

pytestmark = pytest.mark.django_db
State = Payment.State
SECRET = "whsec_test"


@pytest.fixture
def stripe(settings):
    with stripe_server.running() as server:
        settings.PAYMENT_PROVIDER = "stripe"
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_medley", SECRET
        settings.STRIPE_API = server.url
        stripe_asking.client.cache_clear()
        yield server
        stripe_asking.client.cache_clear()


@pytest.fixture
def order(ana, variant):
    return place(ana, (variant, 2))


def begun(order) -> Payment:
    return paying.start(order.purchase, page=lambda payment: "https://medley.example/pay/")


def looked(payment: Payment) -> Payment:
    return paying.note(payment, StripeProvider().look(payment))


def test_the_buyer_pays_on_stripes_own_page(stripe, order):
    payment = begun(order)
    assert (payment.state, payment.reference) == (State.ACTION, "cs_0")
    assert payment.action_url == "https://checkout.stripe.test/cs_0"
    _path, form, key = stripe.asked[0]
    assert form["line_items[0][price_data][unit_amount]"] == "4490"
    assert key == f"start-{payment.pk}"

    stripe.buyer_pays()

    assert looked(payment).state == State.CAPTURED
    assert fresh(order).state == "paid"


@pytest.mark.parametrize(
    ("amount", "currency", "coins"), [("19.90", "EUR", 1990), (500, "JPY", 500)]
)
def test_amounts_are_counted_in_the_smallest_coin(amount, currency, coins):
    assert minor(Decimal(amount), currency) == coins


def test_what_is_only_held_is_taken_later(stripe, order):
    payment = held(order)
    stripe.buyer_pays()
    assert looked(payment).state == State.AUTHORISED

    paying.capture(order.purchase)

    assert Payment.objects.get().state == State.CAPTURED


def test_what_is_held_is_let_go(stripe, order):
    payment = held(order)
    stripe.buyer_pays()
    looked(payment)

    paying.release(order.purchase)

    assert Payment.objects.get().state == State.RELEASED


def test_a_page_that_nobody_finished_is_closed(stripe, order):
    begun(order)

    paying.release(order.purchase)

    assert stripe.sessions["cs_0"]["status"] == "expired"
    assert Payment.objects.get().state == State.RELEASED


def test_money_goes_back_once(stripe, order):
    payment = begun(order)
    stripe.buyer_pays()
    looked(payment)
    orders.cancel(order.buyer, fresh(order))
    refund = Refund.objects.get()

    paying.refund(refund)

    assert stripe.refunds["re_0"]["amount"] == "4490"
    refund.refresh_from_db()
    assert (refund.state, refund.reference) == (Refund.State.DONE, "re_0")


def test_while_stripe_is_down_nothing_is_lost(stripe, order):
    stripe.breaks = 429
    payment = begun(order)
    assert payment.state == State.STARTED

    stripe.breaks = None
    assert begun(order).state == State.ACTION

    stripe.breaks = 429
    with pytest.raises(Unavailable):
        paying.release(order.purchase)


def test_after_a_breakdown_the_key_is_another(stripe, order):
    """Stripe answers a key as it did first, even where that was its own mistake."""
    stripe.breaks = 500
    payment = begun(order)
    assert payment.state == State.STARTED

    stripe.breaks = None

    assert begun(order).state == State.ACTION
    assert stripe.asked[-1][2] == f"start-{payment.pk}-1"


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_key_loses_nothing(stripe, order, status):
    stripe.breaks = status
    assert begun(order).state == State.STARTED

    stripe.breaks = None
    assert begun(order).state == State.ACTION


def test_what_stripe_never_takes_is_said_and_may_be_tried_again(stripe, order, api):
    stripe.breaks = 400
    payment = begun(order)
    assert (payment.state, payment.failure) == (State.FAILED, "payment.impossible")
    said = api(order.buyer).get(f"/api/v1/payments/{payment.pk}/").json()["failure"]
    assert said["detail"].startswith("The payment service does not take this payment.")
    assert fresh(order).state == "pending"

    stripe.breaks = None

    assert begun(order).state == State.ACTION


def test_a_page_that_ended_without_money_is_a_refusal(stripe, order):
    payment = begun(order)
    stripe.buyer_pays("requires_payment_method")

    payment = looked(payment)

    assert (payment.state, payment.failure) == (State.FAILED, "payment.refused")
    assert begun(order).state == State.ACTION


def held(order) -> Payment:
    payment = Payment.objects.create(
        purchase=order.purchase, provider="stripe", currency="EUR", amount=order.purchase.total
    )
    told = StripeProvider().start(payment, take=False, return_url="https://medley.example/pay/")
    return paying.note(payment, told)


def test_what_the_bank_will_not_give_is_held_no_more(stripe, order):
    payment = held(order)
    stripe.buyer_pays()
    looked(payment)
    stripe.refuses = {"capture"}

    paying.capture(order.purchase)

    payment.refresh_from_db()
    assert (payment.state, payment.failure) == (State.FAILED, "payment.refused")
    assert stripe.intents["pi_0"]["status"] == "canceled"
    assert fresh(order).state == "cancelled"


def test_while_a_refused_hold_cannot_be_let_go_it_stays_known(stripe, order):
    payment = held(order)
    stripe.buyer_pays()
    looked(payment)
    stripe.refuses = {"capture", "cancel"}

    with pytest.raises(Unavailable):
        paying.capture(order.purchase)

    payment.refresh_from_db()
    assert payment.state == State.AUTHORISED


@pytest.fixture
def refund(stripe, order) -> Refund:
    payment = begun(order)
    stripe.buyer_pays()
    looked(payment)
    orders.cancel(order.buyer, fresh(order))
    return Refund.objects.get()


def test_a_refund_that_was_made_before_stripe_broke_down_is_not_made_twice(stripe, refund):
    stripe.does_before_it_breaks, stripe.breaks = True, 500
    with pytest.raises(Unavailable):
        StripeProvider().refund(refund)
    stripe.breaks = None

    paying.refund(Refund.objects.select_related("payment", "order").get())

    assert list(stripe.refunds) == ["re_0"]
    refund.refresh_from_db()
    assert (refund.state, refund.reference) == (Refund.State.DONE, "re_0")


def test_a_refund_that_stripe_refused_may_be_asked_again(stripe, refund):
    stripe.refuses = {"refund"}
    paying.refund(refund)
    refund.refresh_from_db()
    assert (refund.state, refund.failure) == (Refund.State.FAILED, "refund.refused")

    stripe.refuses = set()
    order_settling.ask_again(make_user("root", is_staff=True, is_superuser=True), refund.pk)
    order_settling.send_refund(refund.pk)

    refund.refresh_from_db()
    assert (refund.state, stripe.asked[-1][2]) == (Refund.State.DONE, f"refund-{refund.pk}-1")


def test_money_that_the_buyers_bank_sends_back_is_booked_back_and_told_once(stripe, refund, mei):
    paying.refund(refund)
    stripe.refunds["re_0"]["status"] = "failed"

    for number in range(2):
        hear(stripe.refunds["re_0"], "refund.failed", f"evt_{number}")

    refund.refresh_from_db()
    assert (refund.state, refund.failure) == (Refund.State.FAILED, "refund.sent_back")
    assert Payment.objects.get().refunded == 0
    assert LedgerEntry.objects.aggregate(sum=Sum("amount"))["sum"] == 0
    of_seller = LedgerEntry.objects.filter(account="seller", transaction__kind="refund")
    assert of_seller.aggregate(sum=Sum("amount"))["sum"] == 0
    assert list(refund.order.steps.values_list("verb", flat=True))[-1] == "refund_failed"
    (told,) = OutboxJob.objects.filter(task="accounts.note", arguments__words__step="refund_failed")
    assert told.arguments["to"] == [str(mei.pk)]

    order_settling.ask_again(make_user("root", is_staff=True, is_superuser=True), refund.pk)
    order_settling.send_refund(refund.pk)

    refund.refresh_from_db()
    assert (refund.state, refund.reference) == (Refund.State.DONE, "re_1")
    assert of_seller.aggregate(sum=Sum("amount"))["sum"] < 0
    hear(stripe.refunds["re_0"], "refund.failed", "evt_late")
    refund.refresh_from_db()
    assert refund.state == Refund.State.DONE


def hear(thing, kind: str, name: str) -> None:
    event = {"id": name, "object": "event", "type": kind, "data": {"object": thing}}
    body = json.dumps(event).encode()
    hooks.receive("stripe", body, {"Stripe-Signature": signing.signature(body, SECRET)})
    paying.handle(ProviderEvent.objects.get(event=name))


def webhook(payment: Payment) -> bytes:
    said = {"id": "cs_0", "object": "checkout.session", "metadata": {"payment": str(payment.pk)}}
    event = {"id": "evt_1", "object": "event", "type": "checkout.session.completed"}
    return json.dumps(event | {"data": {"object": said}}).encode()


def test_a_webhook_brings_the_news(stripe, order):
    payment = begun(order)
    stripe.buyer_pays()
    body = webhook(payment)

    hooks.receive("stripe", body, {"Stripe-Signature": signing.signature(body, SECRET)})
    paying.handle(ProviderEvent.objects.get())

    assert fresh(order).state == "paid"


def test_a_webhook_that_stripe_did_not_sign_is_not_heard(stripe, order):
    body = webhook(begun(order))

    with pytest.raises(Forged):
        hooks.receive("stripe", body, {"Stripe-Signature": signing.signature(body, "other")})
