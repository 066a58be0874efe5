"""What shops give: codes and flash sales, by those who may, within bounds."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.errors import Conflict, Refused
from commerce.actions import coupons
from commerce.models import Coupon, FlashSale, ShopStaff
from tests.commerce.orders import place
from tests.factories import make_user

TEN: dict[str, Any] = {"code": "ten", "percent": Decimal(10)}


def test_a_shop_gives_a_code_and_ends_it(mei, shop):
    made = coupons.give(mei, shop, **TEN)

    assert (made.code, made.currency) == ("TEN", "EUR")
    coupons.end(mei, shop, made.pk)
    assert not Coupon.objects.get().is_active


@pytest.mark.parametrize(
    "fields",
    [
        {"percent": Decimal(10), "off": Decimal(5)},
        {},
        {"percent": Decimal(0)},
        {"percent": Decimal(101)},
        {"off": Decimal(-1)},
    ],
)
def test_a_code_takes_a_percentage_or_an_amount(mei, shop, fields):
    with pytest.raises(ValidationError):
        coupons.give(mei, shop, code="CODE", **fields)


def test_two_shops_cannot_have_one_code(mei, shop):
    coupons.give(mei, shop, **TEN)

    with pytest.raises(ValidationError, match="already"):
        coupons.give(mei, shop, **TEN)


def test_strangers_packers_and_minors_give_nothing(ana, ben, shop):
    ShopStaff.objects.create(shop=shop, person=ben, role="packer", accepted_at=timezone.now())
    teen = make_user("teen", age=16)

    with pytest.raises(Http404):
        coupons.give(ana, shop, **TEN)
    for person in (ben, teen):
        with pytest.raises(Refused):
            coupons.give(person, shop, **TEN)


def between(hours=(0, 2), **fields):
    now = timezone.now()
    times = {
        "starts_at": now + timedelta(hours=hours[0]),
        "ends_at": now + timedelta(hours=hours[1]),
    }
    return {"price": Decimal(15), "most": 5} | times | fields


@pytest.mark.parametrize("price", ["0", "20", "-1", "NaN"])
def test_a_sale_is_below_the_usual_price(mei, shop, variant, price):
    with pytest.raises(ValidationError, match="price"):
        coupons.start_sale(mei, shop, variant=variant.pk, **between(price=Decimal(price)))


def test_sales_of_one_thing_do_not_overlap(mei, shop, variant):
    coupons.start_sale(mei, shop, variant=variant.pk, **between())

    with pytest.raises(ValidationError, match="another sale"):
        coupons.start_sale(mei, shop, variant=variant.pk, **between((1, 3)))


def test_a_code_changes_within_what_was_used(mei, shop):
    made = coupons.give(mei, shop, **TEN, most_uses=9)
    Coupon.objects.update(used=4)

    changed = coupons.change(mei, shop, made.pk, percent=None, off=Decimal(3), most_uses=4)

    assert (changed.percent, changed.off, changed.state) == (None, Decimal(3), "used_up")
    with pytest.raises(ValidationError, match="used 4 times"):
        coupons.change(mei, shop, made.pk, most_uses=3)
    coupons.end(mei, shop, made.pk)
    with pytest.raises(Conflict, match="over"):
        coupons.change(mei, shop, made.pk, most_uses=9)


def test_a_sale_changes_within_what_was_sold_and_beside_the_others(mei, shop, variant):
    first = coupons.start_sale(mei, shop, variant=variant.pk, **between())
    second = coupons.start_sale(mei, shop, variant=variant.pk, **between((3, 4)))
    FlashSale.objects.filter(pk=first.pk).update(sold=5)

    coupons.change_sale(mei, shop, first.pk, most=8, price=Decimal(12))

    first.refresh_from_db()
    assert (first.most, first.price, first.state) == (8, Decimal("12.00"), "running")
    with pytest.raises(ValidationError, match="5 pieces are sold"):
        coupons.change_sale(mei, shop, first.pk, most=4)
    with pytest.raises(ValidationError, match="another sale"):
        coupons.change_sale(mei, shop, second.pk, starts_at=timezone.now())
    coupons.end_sale(mei, shop, first.pk)
    with pytest.raises(Conflict, match="over"):
        coupons.change_sale(mei, shop, first.pk, most=9)


def test_pages_start_change_and_end_both(client, mei, shop, variant):
    client.force_login(mei)
    coupon = {
        "code": "SPRING",
        "percent": "5",
        "least": "0",
        "most_each": "1",
        "starts_at": "2026-01-01T08:00",
    }

    assert client.post(reverse("commerce:sell-coupons"), coupon).status_code == 302
    spring = reverse("commerce:sell-coupon", args=[Coupon.objects.get().pk])
    assert "SPRING" in client.get(spring).content.decode()
    assert client.post(spring, coupon | {"percent": "500"}).status_code == 422
    assert client.post(spring, coupon | {"percent": "7"}).status_code == 302
    assert "−7.00 %" in client.get(reverse("commerce:sell-coupons")).content.decode()
    client.post(spring, {"end": "1"})
    assert Coupon.objects.get().state == "ended"

    now = timezone.localtime()
    sale = {
        "variant": str(variant.pk),
        "price": "15",
        "starts_at": f"{now + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "ends_at": f"{now + timedelta(hours=2):%Y-%m-%dT%H:%M}",
        "most": "5",
        "most_each": "1",
    }
    assert client.post(reverse("commerce:sell-sales"), sale).status_code == 302
    assert "0 of 5 sold" in client.get(reverse("commerce:sell-sales")).content.decode()
    flash = reverse("commerce:sell-flash", args=[FlashSale.objects.get().pk])
    assert client.post(flash, sale | {"price": "99"}).status_code == 422
    assert client.post(flash, sale | {"price": "11"}).status_code == 302
    assert FlashSale.objects.get().price == Decimal("11.00")
    client.post(flash, {"end": "1"})
    assert not FlashSale.objects.exists()


def test_rest_gives_changes_ends_and_tells_what_was_used(
    api, mei, ana, shop, variant, django_assert_max_num_queries
):
    door = api(mei)
    for code in ("ONE", "TWO", "THREE"):
        given = door.post("/api/v1/sell/coupons/", {"code": code, "percent": "10"})
        assert (given.status_code, given.json()["state"]) == (201, "running")
    again = door.post("/api/v1/sell/coupons/", {"code": "one", "percent": "10"})
    assert (again.status_code, again.json()["code"]) == (400, "coupon.taken")
    purchase = place(ana, (variant, 2)).purchase
    used_one = Coupon.objects.get(code="ONE")
    used_one.uses.create(person=ana, number=1, purchase=purchase, amount=Decimal(4))
    Coupon.objects.filter(pk=used_one.pk).update(used=1)

    with django_assert_max_num_queries(4):
        told = door.get("/api/v1/sell/coupons/").json()["results"]
    used = {each["code"]: (each["used"], each["taken_off"]) for each in told}
    assert used == {"ONE": (1, "4.00"), "TWO": (0, "0.00"), "THREE": (0, "0.00")}

    one = f"/api/v1/sell/coupons/{told[-1]['id']}/"
    assert door.patch(one, {"most_uses": 1}).json()["state"] == "used_up"
    assert door.patch(one, {"code": "OTHER"}).json()["code"] == "ONE"
    assert door.delete(one).status_code == 204
    assert door.patch(one, {"most_uses": 5}).json()["code"] == "coupon.ended"


def test_rest_starts_changes_and_ends_sales(api, mei, shop, variant):
    door = api(mei)
    asked = between((1, 2)) | {"variant": variant.pk}

    made = door.post("/api/v1/sell/flash-sales/", asked)
    twice = door.post("/api/v1/sell/flash-sales/", asked)

    assert made.status_code == 201
    assert (made.json()["title"], made.json()["usual_price"]) == ("Linen shirt", "20.00")
    assert twice.json()["errors"][0]["code"] == "flash.twice"
    assert [each["id"] for each in door.get("/api/v1/sell/flash-sales/").json()["results"]]
    one = f"/api/v1/sell/flash-sales/{made.json()['id']}/"
    assert door.patch(one, {"price": "12"}).json()["price"] == "12.00"
    assert door.get(one).json()["state"] == "coming"
    assert door.delete(one).status_code == 204
    assert door.get(one).status_code == 404
