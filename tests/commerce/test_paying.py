"""Payments: the test provider, what arrives from it in any order, and what is told of it once."""

import json
from contextlib import suppress
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.errors import Conflict, Refused, Unavailable
from accounts.models import AuditEntry
from accounts.models.outbox import OutboxJob
from commerce.actions import order_settling, orders
from commerce.models import (
    LedgerEntry,
    LedgerTransaction,
    Payment,
    ProviderEvent,
    Purchase,
    Refund,
    TestCharge,
)
from commerce.models.fields import total
from commerce.payments import hooks, paying, signing, sweeping, test_provider
from commerce.payments.moves import MOVES, moves
from commerce.payments.port import Forged, Told
from commerce.views.paying import payment_hook
from tests.accounts.staff import desk_of, make_staff
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
    assert charge_of(payment).refunded == Decimal("44.90")
    assert Payment.objects.get().refunded == Decimal("44.90")
    assert LedgerTransaction.objects.filter(kind="refund").count() == 1
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0


def test_the_provider_pays_one_refund_once(payment, order):
    """Asked again because its first answer was lost: part of the sum, which twice would be too."""
    choose(payment, "pay")
    orders.cancel(order.buyer, fresh(order))
    refund = Refund.objects.get()
    Refund.objects.update(amount=Decimal(10))
    refund.refresh_from_db()
    provider = test_provider.TestProvider()

    assert provider.refund(refund) == provider.refund(refund) == f"test-{refund.pk}"

    assert charge_of(payment).refunded == Decimal(10)


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


@pytest.mark.parametrize("length", ["", "10", "many"])
def test_a_webhook_that_is_too_long_is_not_read(client, payment, length, rf):
    """Whatever its length says that it is."""
    request = rf.generic("POST", "/", b"x" * (hooks.MOST_BYTES + 1), CONTENT_LENGTH=length)
    request._stream = BytesIO(b"x" * (hooks.MOST_BYTES + 1))

    assert payment_hook(request, "test").status_code == 413


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
    Payment.objects.update(changed_at=timezone.now() - sweeping.LOOKED_AT_AFTER)

    assert sweeping.look_again() == 1

    assert fresh(order).state == "paid"


def test_one_payment_that_nobody_can_read_holds_up_no_other(ana, variant, order, payment, caplog):
    long_ago = timezone.now() - sweeping.LOOKED_AT_AFTER
    broken = Payment.objects.create(
        purchase=place(ana, (variant, 1)).purchase,
        provider="gone",
        reference="x",
        state=State.ACTION,
        currency="EUR",
        amount=Decimal(1),
        changed_at=long_ago,
    )
    test_provider.choose(charge_of(payment).pk, "pay")
    Payment.objects.filter(pk=payment.pk).update(changed_at=long_ago)

    assert sweeping.look_again() == 1

    assert fresh(order).state == "paid"
    assert f"gone {broken.reference}: action could not be looked at" in caplog.text


def test_a_refund_whose_job_was_lost_is_asked_for_again(payment, order):
    choose(payment, "pay")
    orders.cancel(order.buyer, fresh(order))
    Refund.objects.update(asked_at=timezone.now() - sweeping.REFUND_ASKED_AFTER)

    assert sweeping.look_again() == 1

    assert Refund.objects.get().state == Refund.State.DONE


def test_a_hold_that_nobody_waits_for_is_let_go_by_the_clock(order):
    Payment.objects.create(
        purchase=order.purchase,
        provider="none",
        state=State.AUTHORISED,
        currency="EUR",
        amount=0,
        changed_at=timezone.now() - sweeping.HELD_LOOKED_AT_AFTER,
    )
    Purchase.objects.update(state=Purchase.State.FAILED)

    assert sweeping.look_again() == 1

    assert Payment.objects.get().state == State.RELEASED


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


class Asked:
    """A provider that lets go of whatever it is asked to, and pays everything back."""

    def start(self, payment, **_options) -> Told:
        return Told(State.ACTION, reference=str(payment.pk))

    def release(self, payment) -> Told:
        return Told(State.RELEASED)

    def refund(self, refund) -> str:
        return str(refund.pk)


def work_off(jobs: dict) -> None:
    """Run what was written to be done, as workers do."""
    while waiting := list(OutboxJob.objects.filter(task__in=jobs, done_at=None)):
        for job in waiting:
            jobs[job.task](*job.arguments.values())
            OutboxJob.objects.filter(pk=job.pk).update(done_at=timezone.now())


TOLD = st.tuples(st.integers(0, 2), st.sampled_from([*State]))
EVENTS = st.lists(TOLD | st.sampled_from(["again", "cancelled", "worked"]), max_size=12)


# The rarest are always among them: both attempts are paid; the first, late; a late hold.
@example(events=[(0, State.FAILED), "again", (1, State.CAPTURED), (0, State.CAPTURED)])
@example(events=[(0, State.FAILED), "again", (0, State.CAPTURED), (1, State.AUTHORISED)])
@example(events=["cancelled", "worked", (0, State.AUTHORISED), (0, State.CAPTURED)])
@given(events=EVENTS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_providers_say_money_is_taken_once_or_not_at_all(order, monkeypatch, events):
    """Attempts that fail and are paid late, holds of what was called off, all in any order: what is
    paid is paid once, and of what fell through nothing is kept."""
    monkeypatch.setattr(paying, "provider", lambda _name: Asked())
    jobs = {
        "commerce.send_refund": order_settling.send_refund,
        "commerce.release_payment": order_settling.release_payment,
        "commerce.release_late_hold": order_settling.release_late_hold,
    }
    with transaction.atomic():
        attempts = [begun(order)]
        for event in events:
            if event == "again":
                with suppress(Conflict):
                    attempts.append(begun(order))
            elif event == "cancelled":
                with suppress(Conflict):
                    orders.cancel(order.buyer, fresh(order))
            elif event == "worked":
                work_off(jobs)
            else:
                which, state = event
                before = Payment.objects.get(pk=attempts[which % len(attempts)].pk)
                after = paying.note(before, Told(state)).state
                assert after in {before.state, state}
                assert after == before.state or moves(before.state, after)
        work_off(jobs)

        kept = Payment.objects.aggregate(sum=total("captured"), back=total("refunded"))
        is_paid = fresh(order).state == "paid"
        assert kept["sum"] - kept["back"] == (order.total if is_paid else 0)
        assert order.steps.filter(verb="paid").count() <= 1
        assert not is_paid or not under_way(order)
        assert fresh(order).state != "cancelled" or not under_way(order)
        assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0
        transaction.set_rollback(True)


def begun(order) -> Payment:
    return paying.start(order.purchase, page=lambda payment: "http://localhost/")


def under_way(order) -> list[Payment]:
    over = (State.FAILED, State.RELEASED, State.CAPTURED)
    return list(order.purchase.payments.exclude(state__in=over))


def test_what_was_paid_twice_goes_back_and_the_order_stays(payment, order):
    choose(payment, "refuse")
    other = choose(begun(order), "pay")

    paying.note(payment, Told(State.CAPTURED))  # the first came all the same

    refund = Refund.objects.get()
    assert (refund.payment, refund.order, refund.amount) == (payment, None, Decimal("44.90"))
    assert (fresh(order).state, other.state) == ("paid", State.CAPTURED)


# --- What people settle ---------------------------------------------------------------------------


@pytest.fixture
def refused(payment, order) -> Refund:
    """A refund that the provider will not pay."""
    choose(payment, "pay")
    orders.cancel(order.buyer, fresh(order))
    TestCharge.objects.update(refunded=Decimal("44.90"))
    order_settling.send_refund(Refund.objects.get().pk)
    return Refund.objects.get()


@pytest.fixture
def helper(db):
    """Somebody of support."""
    return make_staff("sam", "support")


def test_support_has_a_refund_asked_for_again(helper, refused):
    TestCharge.objects.update(refunded=0)

    order_settling.ask_again(helper, refused.pk)
    order_settling.send_refund(refused.pk)

    refused.refresh_from_db()
    assert refused.state == Refund.State.DONE
    assert AuditEntry.objects.filter(verb="refund.asked_again", actor=helper).exists()


def test_support_says_how_a_refund_was_settled_otherwise(helper, refused):
    order_settling.settle_outside(helper, refused.pk, note=" by bank transfer ")

    refused.refresh_from_db()
    assert (refused.state, refused.note) == (Refund.State.DONE, "by bank transfer")
    assert Payment.objects.get().refunded == Decimal("44.90")
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0
    assert AuditEntry.objects.filter(verb="refund.settled_outside", actor=helper).exists()
    with pytest.raises(Conflict):
        order_settling.ask_again(helper, refused.pk)


def test_a_way_has_to_be_named_and_hands_to_be_of_the_staff(helper, ana, refused):
    with pytest.raises(ValidationError, match="Say how it was settled"):
        order_settling.settle_outside(helper, refused.pk, note=" ")
    with pytest.raises(Refused):
        order_settling.ask_again(ana, refused.pk)


def test_what_waits_for_a_provider_too_long_is_shown_to_people(helper, payment, order):
    choose(payment, "pay")
    orders.cancel(order.buyer, fresh(order))
    assert not Refund.objects.for_people().exists()

    order_settling.refund_waits(Refund.objects.get().pk)

    assert Refund.objects.for_people().get().failure == "payment.provider_down"


def test_the_admin_lists_them_and_settles_them(browser, helper, refused):
    client = desk_of(helper)
    listed = client.get(reverse("admin:commerce_refund_changelist")).content.decode()
    assert "The payment service will not pay this back" in listed
    page = reverse("admin:commerce_refund_settle", args=[refused.pk])

    assert "Say how it was settled" in client.post(page, {"outside": ""}).content.decode()
    answer = client.post(page, {"outside": "", "note": "cash at the desk"})

    assert answer["Location"] == reverse("admin:commerce_refund_changelist")
    refused.refresh_from_db()
    assert (refused.state, refused.note) == (Refund.State.DONE, "cash at the desk")


# --- Doors ----------------------------------------------------------------------------------------


def test_the_buyer_goes_to_the_provider_and_back(browser, ana, payment, order):
    client = browser(ana)
    page = reverse("commerce:payment", args=[payment.pk])
    sent_on = client.get(page)  # by no redirect: `form-action` would stop it
    assert (sent_on.status_code, sent_on["Refresh"]) == (200, f"0; url={payment.action_url}")
    assert "Refresh" not in client.get(f"{page}?back")
    test_page = payment.action_url

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
    with django_assert_num_queries(2):
        client.get(f"{page}?part")


@pytest.mark.parametrize(("state", "goes_on"), [("authorised", True), ("captured", False)])
def test_a_payment_is_looked_at_until_it_is_settled_and_told_only_when_it_changed(
    browser, ana, payment, state, goes_on
):
    client, page = browser(ana), reverse("commerce:payment", args=[payment.pk])
    Payment.objects.filter(pk=payment.pk).update(state=state)

    shown = client.get(f"{page}?part=processing")
    again = client.get(f"{page}?part={state}")

    assert shown.status_code == 200
    assert (f"?part={state}" in shown.content.decode()) is goes_on
    assert (again.status_code, again.content) == (204, b"")
