"""The real SDK against a server of Stripe's shapes."""

import json
from decimal import Decimal

import pytest

from accounts.errors import Unavailable
from commerce.actions import orders
from commerce.models import Payment, ProviderEvent, Refund
from commerce.payments import hooks, paying, signing, stripe_provider
from commerce.payments.port import Forged
from commerce.payments.stripe_provider import StripeProvider, minor
from tests.commerce import stripe_server
from tests.commerce.orders import fresh, place

pytestmark = pytest.mark.django_db
State = Payment.State
SECRET = "whsec_test"


@pytest.fixture
def stripe(settings):
    with stripe_server.running() as server:
        settings.PAYMENT_PROVIDER = "stripe"
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_medley", SECRET
        settings.STRIPE_API = server.url
        stripe_provider.client.cache_clear()
        yield server
        stripe_provider.client.cache_clear()


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
    payment = Payment.objects.create(
        purchase=order.purchase, provider="stripe", currency="EUR", amount=order.purchase.total
    )
    told = StripeProvider().start(payment, take=False, return_url="https://medley.example/pay/")
    payment = paying.note(payment, told)
    stripe.buyer_pays()
    assert looked(payment).state == State.AUTHORISED

    paying.capture(order.purchase)

    assert Payment.objects.get().state == State.CAPTURED


def test_what_is_held_is_let_go(stripe, order):
    payment = Payment.objects.create(
        purchase=order.purchase, provider="stripe", currency="EUR", amount=order.purchase.total
    )
    told = StripeProvider().start(payment, take=False, return_url="https://medley.example/pay/")
    payment = paying.note(payment, told)
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
    stripe.is_down = True
    payment = begun(order)
    assert payment.state == State.STARTED

    stripe.is_down = False
    assert begun(order).state == State.ACTION

    stripe.is_down = True
    with pytest.raises(Unavailable):
        paying.release(order.purchase)


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
