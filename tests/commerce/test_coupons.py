"""What shops give: codes and flash sales, by those who may, within bounds."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.errors import Refused
from commerce.actions import coupons
from commerce.models import Coupon, FlashSale, ShopStaff
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


def test_pages_start_and_end_both(client, mei, shop, variant):
    client.force_login(mei)
    coupon = {"code": "SPRING", "percent": "5", "least": "0", "most_each": "1"}

    assert client.post(reverse("commerce:sell-coupons"), coupon).status_code == 302
    assert "SPRING" in client.get(reverse("commerce:sell-coupons")).content.decode()
    made = coupons.start_sale(mei, shop, variant=variant.pk, **between((1, 2)))
    assert "0 of 5 sold" in client.get(reverse("commerce:sell-sales")).content.decode()
    client.post(reverse("commerce:sell-flash", args=[made.pk]))
    assert not FlashSale.objects.exists()
