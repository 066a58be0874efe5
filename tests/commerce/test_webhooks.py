"""What shops' own servers are told: signed, once each, again until it is taken, nowhere else."""

import json
from datetime import timedelta
from typing import Any

import pytest
import requests.adapters
import time_machine
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts.errors import Conflict, Refused
from accounts.ids import uuid7_from
from accounts.models import OutboxJob
from commerce import stock, tasks
from commerce.actions import orders, purchases, returns, webhooks
from commerce.data_rights.keeping import RETENTION
from commerce.models import (
    Variant,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from commerce.webhooks import order_moved, sending, stock_fell
from commerce.webhooks.signing import signed
from tests.accounts.certificates import certified
from tests.accounts.told import run_jobs, told
from tests.accounts.web import ADDRESS, answer, redirect, web
from tests.commerce.factories import make_shop
from tests.commerce.orders import brought_to, hire, pay, place
from tests.commerce.receiving import HOST, URL, Receiver, is_medleys, work
from tests.factories import make_user

__all__ = ["web"]
pytestmark = pytest.mark.django_db
ALL = [kind.value for kind in WebhookEvent.Kind]


@pytest.fixture(autouse=True)
def own_site(settings) -> None:
    """Loopback is to be refused for what it is."""
    settings.SITE_ORIGINS = ["https://medley.example"]


@pytest.fixture
def receiver(web, tmp_path, monkeypatch) -> Receiver:
    """erp.example, which proves that it is itself."""
    web.tls, known = certified(HOST, tmp_path)
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(known))
    receiver = Receiver()
    receiver.serve(web)
    return receiver


@pytest.fixture
def endpoint(mei, shop) -> WebhookEndpoint:
    """Told of everything."""
    return webhooks.add(mei, shop, url=URL, events=ALL)


def attempts() -> list[tuple[int | None, str]]:
    return list(WebhookAttempt.objects.order_by("pk").values_list("status", "failure"))


def minutes_to(delivery: Any) -> float:
    """Until its next try."""
    return (delivery.due_at - timezone.now()) / timedelta(minutes=1)


def state_of(row: Any) -> str:
    row.refresh_from_db()
    return str(row.state)


# --- What is told ---------------------------------------------------------------------------------


def test_signature_is_that_of_the_standard():
    headers = signed(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        b'{"test": 2432232314}',
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        1614265330,
    )

    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_days_work_is_told_step_by_step(receiver, endpoint, ana, mei, variant):
    order = brought_to("delivered", ana, (variant, 2))
    line = order.lines.get()
    request = returns.ask(ana, order, {line.pk: 2}, reason="no_fit", words="Too wide for Ana.")
    returns.approve(mei, request)
    returns.send(ana, request, tracking="JD015")
    returns.receive(mei, request)

    work()

    assert receiver.types == [
        *("order.paid", "order.packed", "order.shipped", "order.delivered"),
        *("return.asked", "return.approved", "return.sent", "return.received"),
        *("order.refunded", "order.returned"),
    ]
    check = is_medleys()
    assert all(check(endpoint.secret, each.headers, each.body) for each in receiver.got)
    assert not check(endpoint.secret, receiver.got[0].headers, receiver.got[1].body)
    shipped = json.loads(receiver.got[2].body)
    assert (shipped["shop"], shipped["data"]["state"]) == ("mei", "shipped")
    assert shipped["data"]["tracking"] == "JD014"
    assert shipped["data"]["lines"][0]["total"] == "40.00"
    assert shipped["data"]["total"] == "44.90"
    assert len(set(receiver.ids)) == 10
    assert {each.method for each in receiver.got} == {"POST"}
    said = b"".join(each.body for each in receiver.got)
    assert b"Ana" not in said and b"Lindenstr" not in said  # who bought is asked for by REST


def test_only_chosen_kinds_are_told_and_of_unpaid_orders_nothing(mei, shop, ana, variant):
    webhooks.add(mei, shop, url=URL, events=["order.cancelled"])

    unpaid = place(ana, (variant, 1))
    purchases.failed(unpaid.purchase, "payment.refused")
    assert not WebhookEvent.objects.exists()

    orders.cancel(ana, pay(place(ana, (variant, 1))))
    assert WebhookEvent.objects.get().kind == "order.cancelled"


def test_stock_that_runs_low_or_out_is_told_once_each_time(endpoint, ana, variant):
    def take(number: int) -> None:
        stock.take(place(ana, (variant, number)).purchase, {variant.pk: number})

    for number in (6, 1, 1, 2):  # of ten
        take(number)

    told = [json.loads(each.body) for each in WebhookEvent.objects.order_by("pk")]
    assert [(each["type"], each["data"]["stock"]) for each in told] == [
        ("stock.low", 3),
        ("stock.gone", 0),
    ]
    assert Variant.objects.get(pk=variant.pk).stock == 0


def test_shop_without_webhooks_pays_one_query(django_assert_num_queries, ana, variant):
    order = brought_to("paid", ana, (variant, 1))

    with django_assert_num_queries(1):
        order_moved(order, "paid")
    with django_assert_num_queries(0):
        stock_fell({variant.pk: 9}, {variant.pk: 1})


# --- Again, until it is taken ---------------------------------------------------------------------


def test_what_fails_is_sent_again_with_growing_pauses_under_the_same_id(
    receiver, endpoint, ana, variant
):
    receiver.says = [answer("broken\0 today", status=500)]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        brought_to("paid", ana, (variant, 1))
        work()
        pauses = []
        while (due := (delivery := WebhookDelivery.objects.get()).due_at) is not None:
            pauses.append(minutes_to(delivery))
            assert sending.send_due() == 0  # not before its time
            clock.move_to(due)
            endpoint_is_fine()
            assert sending.send_due() == 1
            work()

    floors = [1, 5, 30, 120, 300, 600, 840, 1200, 1440]
    assert all(floor <= pause <= floor * 1.1 for floor, pause in zip(floors, pauses, strict=True))
    assert attempts() == [(500, "")] * 10
    assert WebhookAttempt.objects.all()[0].answer == "broken\N{REPLACEMENT CHARACTER} today"
    assert len(set(receiver.ids)) == 1
    assert WebhookDelivery.objects.get().state == "failed"


def endpoint_is_fine() -> None:
    """Something else came through meanwhile."""
    WebhookEndpoint.objects.update(failing_since=None)


def test_what_comes_through_ends_it_and_is_not_sent_twice(receiver, endpoint, ana, variant):
    receiver.says = [answer(status=503, retry_after="7200"), answer("thanks", status=202)]
    brought_to("paid", ana, (variant, 1))
    work()
    delivery = WebhookDelivery.objects.get()
    assert minutes_to(delivery) > 119  # as it asked

    tasks.deliver_webhook(str(delivery.pk))
    tasks.deliver_webhook(str(delivery.pk))

    assert attempts() == [(503, ""), (202, "")]
    assert state_of(delivery) == "delivered"
    endpoint.refresh_from_db()
    assert endpoint.failing_since is None


def test_redirects_and_silence_are_failures_and_nobody_is_led_anywhere(
    receiver, endpoint, web, ana, variant, monkeypatch
):
    monkeypatch.setattr(sending, "SECONDS", 0.4)
    receiver.says = [redirect("https://erp.example/other"), lambda _request, to: to.recv(1)]
    brought_to("paid", ana, (variant, 1))

    work()
    sending.deliver(WebhookDelivery.objects.get().pk)

    assert attempts() == [(302, ""), (None, "too_slow")]
    assert len(receiver.got) == 2


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1"]
)
def test_private_address_is_never_reached(receiver, endpoint, web, ana, variant, address):
    web.resolves(HOST, address)
    brought_to("paid", ana, (variant, 1))

    work()

    assert attempts() == [(None, "not_public")]
    assert web.reached == []
    web.resolves(HOST, ADDRESS)
    sending.deliver(WebhookDelivery.objects.get().pk)
    assert state_of(WebhookDelivery.objects.get()) == "delivered"


def test_server_that_is_gone_is_told_no_more_and_the_shop_hears_of_it(
    receiver, endpoint, ana, ben, mei, shop, variant
):
    hire(shop, ben, "manager")
    receiver.says = [answer(status=410)]
    order = brought_to("paid", ana, (variant, 1))
    orders.pack(mei, order)
    work()

    assert state_of(endpoint) == "gone"
    assert len(receiver.got) == 1
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {"failed"}
    run_jobs()
    for person in (mei, ben):
        assert told(person)[0] == (
            f"Mei's shop tells {URL} nothing any more: it did not answer. Look at its log"
        )
    orders.ship(mei, order)
    assert WebhookEvent.objects.count() == 2


def test_three_days_of_nothing_turn_it_off(receiver, endpoint, ana, variant):
    receiver.says = [answer(status=500)]
    brought_to("paid", ana, (variant, 1))
    work()
    assert state_of(endpoint) == "on"

    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        sending.send_due()
        work()

    assert state_of(endpoint) == "failing"


def test_what_is_turned_off_or_removed_during_a_try_stays_so(
    receiver, endpoint, ana, mei, shop, variant
):
    brought_to("paid", ana, (variant, 1))
    delivery = WebhookDelivery.objects.get()
    post = sending._post

    def during(change):
        """What else happens while it is tried."""
        return lambda waiting: (change(), post(waiting))[1]

    receiver.says = [answer(status=500)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            sending,
            "_post",
            during(lambda: webhooks.change(mei, shop, endpoint.pk, is_on=False)),
        )
        sending.deliver(delivery.pk)
    assert (state_of(delivery), delivery.due_at, state_of(endpoint)) == ("failed", None, "off")

    webhooks.change(mei, shop, endpoint.pk, is_on=True)
    webhooks.replay(mei, shop, delivery.pk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "_post", during(lambda: webhooks.remove(mei, shop, endpoint.pk)))
        sending.deliver(delivery.pk)
    assert len(receiver.got) == 2
    assert not WebhookAttempt.objects.exists()


def test_worker_that_dies_of_it_counts_as_a_try(endpoint, ana, variant):
    brought_to("paid", ana, (variant, 1))
    job = OutboxJob.objects.get(task="commerce.deliver_webhook")
    OutboxJob.objects.filter(pk=job.pk).update(tries=3, due_at=timezone.now())

    tasks.deliver_webhook(**job.arguments, job_id=job.pk)

    assert attempts() == [(None, "lost")]
    assert 0 < minutes_to(WebhookDelivery.objects.get()) < 2


# --- What its people do ---------------------------------------------------------------------------


def test_new_secret_signs_at_once_and_the_old_one_for_a_day(receiver, endpoint, mei, shop):
    old = endpoint.secret
    new = webhooks.rotate(mei, shop, endpoint.pk).secret
    webhooks.test(mei, shop, endpoint.pk)
    work()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        webhooks.test(mei, shop, endpoint.pk)
        work()
        check = is_medleys()
        assert check(new, receiver.got[1].headers, receiver.got[1].body)
        assert not check(old, receiver.got[1].headers, receiver.got[1].body)

    assert receiver.types == ["webhook.test"] * 2
    first = receiver.got[0]
    assert check(new, first.headers, first.body) and check(old, first.headers, first.body)
    assert new != old


def test_what_failed_is_sent_again_on_demand(receiver, endpoint, ana, mei, shop, variant):
    receiver.says = [answer(status=410), answer(status=410), answer("thanks")]
    order = brought_to("paid", ana, (variant, 1))
    orders.pack(mei, order)
    work()
    first, second = WebhookDelivery.objects.order_by("pk")
    with pytest.raises(Conflict, match="off"):
        webhooks.replay(mei, shop, first.pk)
    webhooks.change(mei, shop, endpoint.pk, is_on=True)

    webhooks.replay(mei, shop, second.pk)
    with pytest.raises(Conflict, match="on its way"):
        webhooks.replay(mei, shop, second.pk)
    receiver.says = [answer("thanks")]
    assert webhooks.replay_failed(mei, shop, endpoint.pk) == 1
    work()

    assert {state_of(first), state_of(second)} == {"delivered"}
    webhooks.replay(mei, shop, first.pk)  # and what was lost over there
    work()
    assert receiver.ids.count(str(first.event_id)) == 3
    assert attempts() == [(410, ""), (200, ""), (200, ""), (200, "")]


@pytest.mark.parametrize(
    "url",
    [
        *("http://erp.example/", "https://erp.example:8443/", "https://me:pw@erp.example/"),
        *("https://127.0.0.1/", "https://2130706433/", "https://[::1]/", "https://localhost/"),
        *("https://medley.example/api/", "ftp://erp.example/", "erp.example", "", "https://"),
        "https://erp.example/" + "x" * 2048,
    ],
)
def test_addresses_that_are_nobodys_server(mei, shop, url):
    with pytest.raises(ValidationError) as refused:
        webhooks.add(mei, shop, url=url, events=ALL)

    assert refused.value.error_dict["url"][0].code == "webhook.url"


def test_bounds(endpoint, mei, shop):
    for bad in ([], ["order.eaten"], ["webhook.test"]):
        with pytest.raises(ValidationError, match="at least one"):
            webhooks.add(mei, shop, url="https://two.example/", events=bad)
    with pytest.raises(ValidationError, match="already"):
        webhooks.add(mei, shop, url="https://ERP.example/medley#here", events=ALL)
    for number in range(webhooks.MOST - 1):
        webhooks.add(mei, shop, url=f"https://a{number}.example/", events=ALL)
    with pytest.raises(ValidationError, match="at most 10"):
        webhooks.add(mei, shop, url="https://more.example/", events=ALL)


def test_whose_it_is(endpoint, ana, ben, zoe, mei, shop):
    hire(shop, ben, "packer")
    hire(shop, zoe, "manager")
    teen = make_user("teen", age=16)
    hire(shop, teen, "manager")

    for person, refusal in ((ana, Http404), (ben, Refused), (teen, Refused)):
        with pytest.raises(refusal):
            webhooks.rotate(person, shop, endpoint.pk)
    assert webhooks.rotate(zoe, shop, endpoint.pk).old_secret == endpoint.secret
    other = make_shop(ana)
    with pytest.raises(Http404):
        webhooks.remove(ana, other, endpoint.pk)


def test_log_is_kept_for_thirty_days(receiver, endpoint, mei, shop):
    webhooks.test(mei, shop, endpoint.pk)
    work()
    fresh = WebhookEvent.objects.get()
    old = WebhookEvent.objects.create(
        pk=uuid7_from(timezone.now() - timedelta(days=31)), shop=shop, kind="order.paid", body="{}"
    )
    WebhookDelivery.objects.create(event=old, endpoint=endpoint)
    (rule,) = [each for each in RETENTION if "commerce.WebhookEvent" in each.models]

    assert rule.sweep is not None and rule.sweep() == 1

    assert [each.pk for each in WebhookEvent.objects.all()] == [fresh.pk]
    assert WebhookDelivery.objects.count() == 1
