"""Webhooks through the seller's pages and REST: the same rules, a secret that is shown once."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from commerce.actions import webhooks
from commerce.models import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from tests.commerce.receiving import URL

pytestmark = pytest.mark.django_db
HOOKS = "/api/v1/sell/webhooks/"
EVENTS = ["order.paid", "stock.low"]


@pytest.fixture
def endpoint(mei, shop) -> WebhookEndpoint:
    return webhooks.add(mei, shop, url=URL, events=EVENTS, name="Warehouse")


def failed(endpoint: WebhookEndpoint, number: int = 1) -> list[WebhookDelivery]:
    """So many events that it did not take, each tried twice."""
    made = []
    for _each in range(number):
        event = WebhookEvent.objects.create(
            shop=endpoint.shop, kind="order.paid", body='{"type":"order.paid"}'
        )
        delivery = WebhookDelivery.objects.create(endpoint=endpoint, event=event, state="failed")
        earlier = timezone.now() - timedelta(minutes=1)
        WebhookAttempt.objects.create(delivery=delivery, failure="too_slow", at=earlier, took=15000)
        WebhookAttempt.objects.create(delivery=delivery, status=500, answer="<b>broken</b>", took=9)
        made.append(delivery)
    return made


def test_rest_adds_changes_and_removes_and_tells_the_secret_once(api, mei, shop):
    app = api(mei)

    made = app.post(HOOKS, {"url": URL, "events": EVENTS, "name": "ERP"})
    hook = f"{HOOKS}{made.data['id']}/"

    assert made.status_code == 201
    assert made["Cache-Control"] == "no-store"  # nor does an Idempotency-Key keep it
    assert re.fullmatch(r"whsec_[\w+/]{43}=", made.data["secret"])
    assert (made.data["state"], made.data["is_on"]) == ("on", True)
    assert "secret" not in app.get(hook).data
    assert [one.keys() & {"secret", "old_secret"} for one in app.get(HOOKS).data] == [set()]
    changed = app.patch(hook, {"is_on": False, "events": ["return.asked", "order.paid"]})
    assert changed.data["state"] == "off"
    assert changed.data["events"] == ["order.paid", "return.asked"]
    assert changed.data["name"] == "ERP"
    another = app.post(f"{hook}secret/")
    assert (another.status_code, another["Cache-Control"]) == (201, "no-store")
    assert another.data["secret"] != made.data["secret"]
    assert app.delete(hook).status_code == 204
    assert not WebhookEndpoint.objects.exists()


def test_rest_says_what_is_wrong_by_field_and_code(api, mei, endpoint):
    app = api(mei)

    for sent, field, code in (
        ({"url": "http://erp.example/", "events": EVENTS}, "url", "webhook.url"),
        ({"url": URL, "events": EVENTS}, "url", "webhook.twice"),
        ({"url": "https://b.example/", "events": []}, "events", "webhook.events"),
        ({"url": "https://b.example/", "events": ["nothing"]}, "events.0", "invalid_choice"),
    ):
        answer = app.post(HOOKS, sent, format="json")
        assert answer.status_code == 400
        assert [(each["field"], each["code"]) for each in answer.data["errors"]] == [(field, code)]


def test_rest_shows_the_log_and_sends_again(api, mei, endpoint):
    app = api(mei)
    first = failed(endpoint)[0]
    log = f"{HOOKS}{endpoint.pk}/deliveries/"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            app.get(log)
        return len(captured)

    few = queries()
    failed(endpoint, 6)
    assert queries() == few

    listed = app.get(log, {"state": "failed", "limit": 2}).data
    assert len(listed["results"]) == 2 and listed["next"]
    assert app.get(log, {"state": "delivered"}).data["results"] == []
    row = listed["results"][0]
    assert (row["type"], row["last_status"], row["last_failure"]) == ("order.paid", 500, "")
    one = app.get(f"{HOOKS}deliveries/{first.pk}/").data
    assert [(each["status"], each["failure"]) for each in one["attempts"]] == [
        (500, ""),
        (None, "too_slow"),
    ]
    assert one["body"] == '{"type":"order.paid"}'

    again = app.post(f"{HOOKS}deliveries/{first.pk}/replay/")
    assert (again.status_code, again.data["state"], again.data["tries"]) == (202, "waiting", 0)
    twice = app.post(f"{HOOKS}deliveries/{first.pk}/replay/")
    assert (twice.status_code, twice.data["errors"][0]["code"]) == (409, "webhook.waiting")
    assert app.post(f"{HOOKS}{endpoint.pk}/replay/").data == {"count": 6}
    test = app.post(f"{HOOKS}{endpoint.pk}/test/")
    assert (test.status_code, test.data["type"]) == (202, "webhook.test")
    app.patch(f"{HOOKS}{endpoint.pk}/", {"is_on": False})
    off = app.post(f"{HOOKS}{endpoint.pk}/test/")
    assert (off.status_code, off.data["errors"][0]["code"]) == (409, "webhook.off")
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {"failed"}


def test_pages_add_change_test_and_remove(client, mei, shop):
    client.force_login(mei)
    hooks = reverse("commerce:sell-webhooks")
    typed = {"url": "http://erp.example/", "events": EVENTS, "name": "Warehouse"}

    wrong = client.post(hooks, typed)
    assert wrong.status_code == 422
    assert b"begins with https://" in wrong.content and b"http://erp.example/" in wrong.content
    made = client.post(hooks, typed | {"url": URL}).content.decode()
    endpoint = WebhookEndpoint.objects.get()
    assert endpoint.secret in made
    assert endpoint.secret not in client.get(hooks).content.decode()

    page = reverse("commerce:sell-webhook", args=[endpoint.pk])
    assert client.post(page, typed | {"url": URL, "is_on": "on", "events": []}).status_code == 422
    assert client.post(page, typed | {"url": URL, "is_on": "on"}).status_code == 302
    assert client.post(page, {"test": "1"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "A test" in shown and "1 is on its way." in shown
    rotated = client.post(page, {"rotate": "1"}).content.decode()
    endpoint.refresh_from_db()
    assert endpoint.secret in rotated and endpoint.secret not in made
    assert client.post(page, typed | {"url": URL}).status_code == 302  # the box is not ticked
    endpoint.refresh_from_db()
    assert endpoint.state == "off"
    client.post(page, {"remove": "1"})
    assert not WebhookEndpoint.objects.exists()


def test_pages_show_what_came_of_it_and_send_it_again(client, mei, endpoint):
    client.force_login(mei)
    first = failed(endpoint, 2)[0]
    page = reverse("commerce:sell-webhook", args=[endpoint.pk])
    one = reverse("commerce:sell-webhook-delivery", args=[first.pk])

    assert "answered 500" in client.get(page, {"state": "failed"}).content.decode()
    assert "Nothing yet." in client.get(page, {"state": "delivered"}).content.decode()
    shown = client.get(one).content.decode()
    assert "did not answer in time" in shown and "&lt;b&gt;broken&lt;/b&gt;" in shown
    assert client.post(one).status_code == 302
    first.refresh_from_db()
    assert first.state == "waiting"
    client.post(page, {"again": "1"})
    assert not WebhookDelivery.objects.filter(state="failed").exists()


@pytest.mark.parametrize("page", ["sell-webhooks", "sell-webhook", "sell-webhook-delivery"])
def test_every_page_is_drawn_in_few_queries(
    client, mei, endpoint, page, django_assert_max_num_queries
):
    client.force_login(mei)
    first = failed(endpoint, 5)[0]
    keys = {"sell-webhooks": [], "sell-webhook": [endpoint.pk], "sell-webhook-delivery": [first.pk]}

    with django_assert_max_num_queries(14):
        assert client.get(reverse(f"commerce:{page}", args=keys[page])).status_code == 200
