"""Ordering the same again: what can still be had goes into the cart, at today's price."""

from decimal import Decimal

import pytest

from commerce.actions import carts
from commerce.models import CartLine, Variant
from tests.commerce.factories import make_product
from tests.commerce.orders import brought_to

pytestmark = pytest.mark.django_db


def in_cart(person) -> dict[str, tuple[int, Decimal]]:
    """By title: how many, at which price."""
    lines = CartLine.objects.filter(cart__person=person, is_for_later=False)
    return {
        line.variant.product.title: (line.quantity, line.price_seen)
        for line in lines.select_related("variant__product")
    }


@pytest.fixture
def mug(shop) -> Variant:
    return make_product(shop, title="Mug", price="8.00")[1]


def test_it_joins_what_lies_in_the_cart_at_todays_price(browser, ana, variant, mug):
    order = brought_to("delivered", ana, (variant, 2), (mug, 1))
    carts.add(carts.cart_of(ana), mug.pk, 3)
    Variant.objects.filter(pk=variant.pk).update(price="24.00")

    answer = browser(ana).post(f"/orders/{order.pk}/again/")

    assert (answer.status_code, answer["Location"]) == (302, "/cart/")
    assert in_cart(ana) == {"Linen shirt": (2, Decimal(24)), "Mug": (4, Decimal(8))}


def test_what_was_laid_aside_comes_as_often_as_it_was_ordered(ana, api, variant):
    order = brought_to("delivered", ana, (variant, 2))
    line = carts.add(carts.cart_of(ana), variant.pk, 5)
    carts.change(line.cart, line.pk, for_later=True)

    assert api(ana).post(f"/api/v1/orders/{order.pk}/again/").json() == {"missing": []}
    assert in_cart(ana) == {"Linen shirt": (2, Decimal(20))}


def test_what_is_gone_is_named_and_the_rest_comes(ana, api, browser, variant, mug):
    order = brought_to("delivered", ana, (variant, 1), (mug, 1))
    Variant.objects.filter(pk=mug.pk).update(stock=0)

    said = api(ana).post(f"/api/v1/orders/{order.pk}/again/").json()
    page = browser(ana).post(f"/orders/{order.pk}/again/", follow=True).text

    assert said == {"missing": ["Mug"]}
    assert "Not there any more: Mug" in page
    assert in_cart(ana) == {"Linen shirt": (2, Decimal(20))}


def test_where_all_is_gone_the_order_says_so(ana, api, browser, variant):
    order = brought_to("delivered", ana, (variant, 1))
    Variant.objects.filter(pk=variant.pk).update(stock=0)

    refused = api(ana).post(f"/api/v1/orders/{order.pk}/again/")
    page = browser(ana).post(f"/orders/{order.pk}/again/", follow=True).text

    assert (refused.status_code, refused.json()["code"]) == (409, "order.nothing_again")
    assert "Nothing of this order can be had any more." in page
    assert in_cart(ana) == {}


def test_nobody_orders_again_what_somebody_else_bought(ana, ben, api, browser, variant):
    order = brought_to("delivered", ana, (variant, 1))

    assert api(ben).post(f"/api/v1/orders/{order.pk}/again/").status_code == 404
    assert browser(ben).post(f"/orders/{order.pk}/again/").status_code == 404


def test_a_cart_takes_no_more_than_it_holds(ana, api, variant, monkeypatch):
    monkeypatch.setattr("commerce.models.Cart.MOST_LINES", 0)
    order = brought_to("delivered", ana, (variant, 1))

    refused = api(ana).post(f"/api/v1/orders/{order.pk}/again/")

    assert (refused.status_code, refused.json()["code"]) == (400, "cart.full")


@pytest.mark.parametrize("count", [1, 5])
def test_it_costs_the_same_however_much_was_ordered(
    ana, shop, api, django_assert_num_queries, count
):
    bought = [(make_product(shop, title=f"Mug {number}")[1], 1) for number in range(count)]
    order = brought_to("delivered", ana, *bought)
    carts.cart_of(ana)
    client = api(ana)

    with django_assert_num_queries(11):
        client.post(f"/api/v1/orders/{order.pk}/again/")
    assert len(in_cart(ana)) == count
