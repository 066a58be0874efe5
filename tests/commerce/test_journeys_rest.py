"""The shop's journeys by REST alone: a seller's day from the product to the payout, with a part
refund that takes the creator's commission back; and three people who buy together."""

from typing import Any
from uuid import uuid4

import pytest

from commerce import tasks
from commerce.ledger import payouts
from commerce.models import Category, Order, Payout
from tests.chat.test_following import run_jobs
from tests.commerce.applying import picture
from tests.commerce.buying import pay_at_provider
from tests.commerce.sales import arrived

pytestmark = pytest.mark.django_db
OFFER = {"people": 3, "percent": "20", "hours": 24}
HOME = {"name": "Ana", "street": "Lindenstr. 5", "city": "Berlin", "postcode": "10969"}


class Rest:
    """Somebody's calls; each answers its JSON, and fails the test where the door refuses."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def __call__(self, verb: str, path: str, data: Any = None, **headers: str) -> Any:
        answer = getattr(self.client, verb)(f"/api/v1/{path}", data, format="json", **headers)
        assert answer.status_code < 300, (path, answer.content)
        return answer.json() if answer.content else None

    def buys(self, **asked: Any) -> str:
        """Order, and the id of the payment that waits."""
        made = self("post", "checkout/", asked, HTTP_IDEMPOTENCY_KEY=str(uuid4()))
        return str(self("post", f"checkout/{made['id']}/pay/")["id"])


@pytest.fixture
def call(api):
    return lambda person: Rest(api(person))


@pytest.fixture
def scarf(call, mei, shop) -> dict[str, Any]:
    """What Mei puts up for sale in the morning."""
    Category.objects.get_or_create(slug="clothes", defaults={"name": "Clothes"})
    seller = call(mei)
    said = {"title": "Scarf", "category": "clothes", "price": "40.00", "stock": 9}
    made = seller("post", "sell/products/", said)
    there = f"sell/products/{made['id']}/"
    taken = {"file": picture("scarf.png", 300)}
    photo = seller.client.post(f"/api/v1/{there}photos/", taken, format="multipart")
    assert photo.status_code == 201
    revision = seller("get", there)["revision"]
    return seller("put", f"{there}published/", {"revision": revision})


def settle_refunds() -> None:
    """What a worker does of refunds that were decided on."""
    assert run_jobs(tasks.send_refund.name) == 1


def test_a_sellers_day_from_product_to_payout(call, ana, ben, mei, scarf):
    seller, creator, buyer = call(mei), call(ben), call(ana)
    offered = seller("post", "sell/programmes/", {"percent": "25", "is_open": True})
    creator("post", f"me/programmes/{offered['id']}/")
    creator("post", "me/showcase/", {"product": scarf["id"]})
    for rest, who in ((seller, "Mei"), (creator, "Ben")):
        iban = {"holder": who, "iban": "DE89 3704 0044 0532 0130 00"}
        rest("put", "me/payout-account/", iban)

    shown = buyer("get", f"products/{scarf['id']}/?via=p:ben")
    assert shown["disclosure"] == "Advertising · Ben earns when you buy here."
    buyer("post", "me/addresses/", HOME | {"country": "DE", "is_default": True})
    variant = shown["variants"][0]["id"]
    buyer("post", "cart/lines/", {"variant": variant, "quantity": 2, "via": "p:ben"})
    assert pay_at_provider(buyer.buys()).state == "captured"

    sale = seller("get", "sell/orders/")["results"][0]
    line, there = sale["lines"][0], f"sell/orders/{sale['id']}/"
    assert (sale["state"], line["source"], line["creator"]) == ("paid", "profile", "ben")
    seller("post", f"{there}pack/")
    seller("post", f"{there}ship/", {"carrier": "DHL", "tracking": "JD014"})
    come = buyer("post", f"orders/{sale['id']}/arrived/")
    assert come["lines"][0]["is_reviewable"]
    assert creator("get", "me/earnings/")["total"] == "20.00"

    part = {"line": line["id"], "quantity": 1, "amount": "40.00"}
    seller("post", f"{there}refunds/", {"lines": [part]})
    settle_refunds()
    bought = buyer("get", f"orders/{sale['id']}/")
    assert (bought["refunded"], bought["lines"][0]["refunded"]) == ("40.00", "40.00")
    earned = creator("get", "me/earnings/")
    assert (earned["total"], earned["sales"]) == ("10.00", 1)
    assert seller("get", "sell/money/")["total"]["commission"] == "10.00"

    arrived(Order.objects.get())  # two months later
    for payout in payouts.run():
        payouts.send(payout.pk)
    assert [creator("get", "me/payouts/")["results"][0][k] for k in ("amount", "state")] == [
        "10.00",
        "paid",
    ]
    paid = Payout.objects.get(shop__owner=mei)
    assert seller("get", "sell/payouts/")["results"][0]["amount"] == str(paid.amount)
    sheet = seller.client.get(f"/api/v1/me/payouts/{paid.pk}.csv")
    rows = b"".join(sheet.streaming_content).decode().splitlines()
    assert [row.split(",")[1] for row in rows[1:]] == ["sale", "sale", "refund"]
    review = {"stars": 5, "words": "Warm."}
    assert buyer("post", f"products/{scarf['id']}/reviews/", review)["stars"] == 5
    assert not buyer("get", f"orders/{sale['id']}/")["lines"][0]["is_reviewable"]


def test_three_people_buy_together(call, ana, ben, zoe, mei, scarf):
    call(mei)("put", f"sell/products/{scarf['id']}/group-offer/", OFFER)
    talk = str(uuid4())
    group = call(ana)("post", "group-buys/", {"product": scarf["id"], "conversation": talk})
    asked = {"group_buy": group["id"], "variant": scarf["variants"][0]["id"]}
    people = [call(person) for person in (ana, ben, zoe)]

    def state() -> tuple[str, int]:
        told = people[0]("get", f"group-buys/{group['id']}/")
        return told["state"], told["filled"]

    for filled, person in enumerate(people[:2], start=1):
        person("post", "me/addresses/", HOME | {"country": "DE", "is_default": True})
        assert pay_at_provider(person.buys(**asked)).state == "authorised"
        assert state() == ("open", filled)
    people[1]("delete", f"group-buys/{group['id']}/place/")
    assert (state(), run_jobs(tasks.release_place.name)) == (("open", 1), 1)
    again = [people[1], people[2]]
    people[2]("post", "me/addresses/", HOME | {"country": "DE", "is_default": True})
    for person in again:
        pay_at_provider(person.buys(**asked))

    assert state() == ("complete", 3)
    assert run_jobs(tasks.capture_place.name) == 3
    for person in people:
        orders = person("get", "orders/")["results"]
        paid = [(one["state"], one["goods"]) for one in orders if one["state"] != "cancelled"]
        assert paid == [("paid", "32.00")]
    assert len(call(mei)("get", "sell/orders/")["results"]) == 3
