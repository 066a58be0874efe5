"""Who takes part in what shops offer, what creators earn by it, and what they read of it."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.errors import Refused
from commerce import commission, ledger
from commerce.actions import programmes, showcase
from commerce.earnings.creators import earnings_of
from commerce.earnings.shops import money_of
from commerce.models import Programme, ProgrammeMember, ShopStaff
from tests.commerce.factories import make_product
from tests.commerce.sales import make_order, make_refund
from tests.factories import block, make_user
from tests.videos.factories import make_video

D = Decimal
State = ProgrammeMember.State

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(mei, shop) -> Programme:
    """Mei gives every creator 10 percent of everything."""
    return programmes.offer(mei, shop, percent=D(10), is_open=True)


@pytest.fixture
def private(mei, shop, shirt) -> Programme:
    """And invited ones 30 percent of the shirt."""
    return programmes.offer(mei, shop, product=shirt, percent=D(30), is_open=False)


def percent(product, creator, **more) -> Decimal:
    return commission.percent_for(product, creator.pk, timezone.now(), **more)


# --- Rates ----------------------------------------------------------------------------------------


def test_who_takes_part_earns(programme, shirt, ben):
    assert percent(shirt, ben) == 0

    programmes.join(ben, programme)

    assert percent(shirt, ben) == 10


def test_a_product_with_a_programme_of_its_own_knows_no_other(programme, private, shop, shirt, ben):
    programmes.join(ben, programme)

    assert percent(shirt, ben) == 0
    assert percent(make_product(shop, title="Hat")[0], ben) == 10


def test_a_creator_may_have_a_rate_of_their_own(mei, private, shirt, ben):
    programmes.invite(mei, private, ben, percent=D(40))
    assert percent(shirt, ben) == 0  # asked, but not in

    programmes.join(ben, private)

    assert percent(shirt, ben) == 40


def test_nobody_earns_by_what_is_their_own(programme, shirt, mei, ben):
    programmes.join(ben, programme)

    assert percent(shirt, ben, buyer_id=ben.pk) == 0
    assert percent(shirt, mei) == 0


def test_whoever_left_or_was_removed_earns_no_more(mei, programme, shirt, ben):
    member = programmes.join(ben, programme)
    programmes.leave(ben, programme)
    assert percent(shirt, ben) == 0

    programmes.join(ben, programme)
    programmes.remove(mei, member)

    assert percent(shirt, ben) == 0
    with pytest.raises(Refused, match="took you out"):
        programmes.join(ben, programme)


def test_a_programme_that_ended_pays_no_more(mei, programme, shirt, ben):
    programmes.join(ben, programme)

    programmes.end(mei, programme)

    assert percent(shirt, ben) == 0


def test_many_rates_take_two_queries(programme, shop, ben, django_assert_num_queries):
    programmes.join(ben, programme)
    products = [make_product(shop, title=f"Hat {number}")[0] for number in range(5)]

    with django_assert_num_queries(2):
        found = commission.percents_for([(each, ben.pk) for each in products], timezone.now())

    assert found == [10] * 5


# --- Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("age", [14, 17])
def test_earning_is_for_adults(programme, mei, age):
    young = make_user("young", age=age)

    with pytest.raises(Refused) as refusal:
        programmes.join(young, programme)
    assert refusal.value.code == "policy.R7"
    with pytest.raises(Refused) as refusal:
        programmes.invite(mei, programme, young)
    assert refusal.value.code == "programme.unreachable"


def test_a_private_programme_is_not_there_for_others(api, private, zoe):
    assert api(zoe).post(f"/api/v1/me/programmes/{private.pk}/").status_code == 404
    assert api(zoe).get("/api/v1/me/programmes/").json() == []


def test_only_the_owner_promises_money(api, shop, ben, zoe):
    ShopStaff.objects.create(shop=shop, person=ben, role="manager", accepted_at=timezone.now())
    offer = {"percent": "10"}

    assert api(ben).post("/api/v1/sell/programmes/", offer).status_code == 403
    assert api(zoe).post("/api/v1/sell/programmes/", offer).status_code == 404
    assert api().post("/api/v1/sell/programmes/", offer).status_code == 401


@pytest.mark.parametrize("percent", ["0", "80.01", "-5"])
def test_a_rate_lies_between_nothing_and_eighty(api, shop, percent):
    answer = api(shop.owner).post("/api/v1/sell/programmes/", {"percent": percent})

    assert (answer.status_code, answer.json()["code"]) == (400, "programme.percent")


def test_nobody_invites_whom_they_block(api, mei, programme, zoe):
    block(zoe, mei)

    answer = api(mei).post(f"/api/v1/sell/programmes/{programme.pk}/creators/", {"username": "zoe"})

    assert answer.json()["code"] == "programme.nobody"


def test_a_shop_runs_its_programme_by_rest(api, mei, shop, shirt, ben):
    seller, creator = api(mei), api(ben)
    offered = {"product": str(shirt.pk), "percent": "20", "is_open": False}
    made = seller.post("/api/v1/sell/programmes/", offered, format="json").json()
    creators = f"/api/v1/sell/programmes/{made['id']}/creators/"
    asked = seller.post(creators, {"username": "@ben", "percent": "25"}).json()

    assert asked["state"] == "invited"
    assert creator.get("/api/v1/me/programmes/").json()[0]["percent"] == "25.00"
    assert creator.post(f"/api/v1/me/programmes/{made['id']}/").json()["part"] == "in"
    assert percent(shirt, ben) == 25

    one = f"/api/v1/sell/creators/{asked['id']}/"
    assert seller.patch(one, {"percent": None}, format="json").json()["percent"] is None
    assert percent(shirt, ben) == 20
    assert seller.delete(one).status_code == 204
    assert creator.get("/api/v1/me/programmes/").json() == []


# --- The showcase ---------------------------------------------------------------------------------


def test_a_showcase_holds_what_one_earns_with(api, programme, shirt, ben):
    products = {"product": str(shirt.pk)}
    assert api(ben).post("/api/v1/me/showcase/", products).json()["code"] == "showcase.no_programme"
    programmes.join(ben, programme)

    shown = api(ben).post("/api/v1/me/showcase/", products).json()

    assert [each["title"] for each in shown] == ["Linen shirt"]
    assert api(ben).delete(f"/api/v1/me/showcase/{shirt.pk}/").status_code == 204
    assert api(ben).get("/api/v1/me/showcase/").json() == []


def test_a_showcase_has_an_order(api, mei, shop):
    products = [make_product(shop, title=title)[0] for title in ("Hat", "Scarf", "Bag")]
    for product in products:
        showcase.add(mei, product)

    order = {"products": [str(products[1].pk), str(products[0].pk)]}
    shown = api(mei).put("/api/v1/me/showcase/", order, format="json").json()

    assert [each["title"] for each in shown] == ["Scarf", "Hat", "Bag"]


# --- What is read of it ---------------------------------------------------------------------------


@pytest.fixture
def sale(variant, ana, ben, mei):
    """Ana bought two shirts that she saw in Ben's video: 3.36 EUR for him."""
    video = make_video(ben)
    met: dict[str, Any] = {"source": "video", "video": video}
    order = make_order(variant, ana, quantity=2, creator=ben, percent="10", **met)
    ledger.sold(order)
    return order


def test_creators_read_what_sold_and_never_who_bought(api, sale, ben, ana):
    answer = api(ben).get("/api/v1/me/earnings/")

    told = answer.json()
    assert (told["total"], told["sales"], told["currency"]) == ("3.36", 1, "EUR")
    assert [(row["name"], row["amount"]) for row in told["by_product"]] == [("Linen shirt", "3.36")]
    assert [row["amount"] for row in told["by_video"]] == ["3.36"]
    assert told["by_day"][-1]["amount"] == "3.36"
    sheet = b"".join(api(ben).get("/api/v1/me/earnings.csv").streaming_content)
    for said in (answer.content, sheet):
        assert ana.username.encode() not in said
        assert str(ana.pk).encode() not in said


def test_a_refund_takes_the_commission_off_again(sale, ben):
    ledger.refunded(make_refund(sale, {sale.lines.get(): "40.00"}))

    told = earnings_of(ben)

    assert (told.total, told.sales) == (0, 1)


def test_sellers_read_from_where_and_by_whom_it_came(api, sale, mei):
    told = api(mei).get("/api/v1/sell/money/").json()

    assert told["total"] == {
        "paid": "44.90",
        "given": "0.00",
        "tax": "7.17",
        "fee": "1.68",
        "commission": "3.36",
        "left": "32.69",
    }
    assert {row["name"] for row in told["by_source"]} == {"A video", "Shipping"}
    assert [row["name"] for row in told["by_creator"]] == ["@ben"]


def test_reading_takes_few_queries(sale, ben, shop, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        earnings_of(ben)
    with django_assert_max_num_queries(9):
        money_of(shop)


def test_others_read_nothing(api, sale, zoe, kid):
    assert api(zoe).get("/api/v1/me/earnings/").json()["balances"] == []
    assert api(zoe).get("/api/v1/sell/money/").status_code == 404
    assert api(kid).get("/api/v1/me/earnings/").json()["code"] == "policy.R7"


def test_a_payout_account_is_checked_and_not_told(api, ben):
    account = {"holder": "Ben", "iban": "DE89 3704 0044 0532 0130 01"}
    assert api(ben).put("/api/v1/me/payout-account/", account).json()["code"] == "payout.iban"

    account["iban"] = "de89 3704 0044 0532 0130 00"
    told = api(ben).put("/api/v1/me/payout-account/", account).json()

    assert told["iban"] == "DE89 … 3000"
