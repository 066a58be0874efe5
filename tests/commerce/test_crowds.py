"""Many at once: nothing is sold, used or taken twice, and nobody waits in vain.

In threads, each with a connection of its own. SQLite has one writer: there they come one after the
other.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from accounts.errors import Conflict
from commerce.actions import group_buys, purchases
from commerce.models import (
    CartLine,
    Coupon,
    CouponUse,
    GroupBuy,
    GroupBuyPlace,
    Order,
    Product,
    Purchase,
    Reservation,
    Shop,
    Variant,
)
from tests.commerce.buying import fill, order
from tests.commerce.factories import make_address, make_product, make_shop, make_variant
from tests.commerce.together import make_offer, make_purchase
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8


def at_once(does: Callable[..., Any], each_with: Sequence[Any]) -> list[Any]:
    """What it answers for each: a result, or the code of its refusal."""
    if connection.vendor == "sqlite":
        return [_said(does, thing) for thing in each_with]
    ready = Barrier(min(THREADS, len(each_with)))

    def alone(number: int) -> Any:
        try:
            if number < ready.parties:
                ready.wait(20)
            return _said(does, each_with[number])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(ready.parties) as pool:
        return list(pool.map(alone, range(len(each_with))))


def _said(does: Callable[..., Any], thing: Any) -> Any:
    try:
        return does(thing)
    except Conflict as error:
        return error.code
    except ValidationError as error:
        return next(iter(error.error_dict.values()))[0].code


def buyers(number: int) -> list[Any]:
    people = [make_user(f"buyer{n}", age=30) for n in range(number)]
    for person in people:
        make_address(person)
    return people


def test_two_hundred_buyers_of_ten_pieces(mei):
    _product, variant = make_product(make_shop(mei))
    people = buyers(200)
    for person in people:
        fill(person, variant)

    said = at_once(order, people)

    assert said.count("stock.gone") == 190
    assert Variant.objects.get().stock == 0
    assert (Reservation.objects.count(), Order.objects.count(), CartLine.objects.count()) == (
        10,
        10,
        190,
    )


def test_carts_of_the_same_things_in_any_order_wait_for_nobody_for_ever(mei):
    product, one = make_product(make_shop(mei), stock=30)
    other = make_variant(product, stock=30)
    people = buyers(16)
    for number, person in enumerate(people):
        for variant in (one, other) if number % 2 else (other, one):
            fill(person, variant)

    placed = at_once(order, people)
    at_once(lambda purchase: purchases.failed(purchase, "checkout.expired"), placed[:8])

    assert [each.stock for each in Variant.objects.order_by("pk")] == [22, 22]
    assert CartLine.objects.count() == 16


def test_payments_that_meet_the_same_shops_in_another_order_wait_for_nobody_for_ever(mei):
    """By variants one purchase meets Mei's shop first, the other Kim's."""
    shop, kims = make_shop(mei), make_shop(make_user("kim", age=30))
    (_shirt, one), (_mug, two), (_hat, three) = map(make_product, (shop, kims, shop))
    people = buyers(THREADS)
    for number, person in enumerate(people):
        for variant in (two, three) if number % 2 else (one, two):
            fill(person, variant)
    placed = [order(person) for person in people]

    said = at_once(purchases.paid, placed)

    assert said == [None] * THREADS
    assert [each.sold_count for each in Product.objects.order_by("pk")] == [4, 8, 4]
    assert [each.sold_count for each in Shop.objects.order_by("pk")] == [8, 8]
    numbers = Order.objects.order_by("shop", "number").values_list("number", flat=True)
    assert list(numbers) == [*range(1, 9), *range(1, 9)]


def test_the_last_use_of_a_coupon_in_two_tabs(mei):
    _product, variant = make_product(make_shop(mei))
    (ana,) = buyers(1)
    coupon = Coupon.objects.create(code="ONCE", percent=10, most_each=1)

    said = at_once(
        lambda key: order(ana, key=key, variant=variant.pk, codes=["ONCE"]), ["tab-1", "tab-2"]
    )

    assert said.count("coupon.each") == 1
    assert CouponUse.objects.get().purchase in said
    assert (Coupon.objects.get(pk=coupon.pk).used, Variant.objects.get().stock) == (1, 9)


def test_the_last_use_of_a_coupon_by_two_people(mei):
    _product, variant = make_product(make_shop(mei))
    coupon = Coupon.objects.create(code="LAST", percent=10, most_uses=1)

    said = at_once(lambda person: order(person, variant=variant.pk, codes=["LAST"]), buyers(2))

    assert said.count("coupon.used_up") == 1
    assert (Coupon.objects.get(pk=coupon.pk).used, Purchase.objects.count()) == (1, 1)


def test_an_order_pressed_twice_at_once_is_one(mei):
    _product, variant = make_product(make_shop(mei))
    (ana,) = buyers(1)
    fill(ana, variant, 2)

    one, other = at_once(lambda key: order(ana, key=key), ["page-1", "page-1"])

    assert one == other == Purchase.objects.get()
    assert Variant.objects.get().stock == 8


def test_the_last_place_of_a_group_by_two_at_once(mei):
    product, _variant = make_product(make_shop(mei))
    starter, ben, zoe = buyers(3)
    group = group_buys.start(starter, make_offer(product, people=2))
    purchases.authorised(make_purchase(starter, group_buy=group))
    late = [make_purchase(person, group_buy=group) for person in (ben, zoe)]

    at_once(purchases.authorised, late)

    group = GroupBuy.objects.get()
    assert (group.state, group.filled) == (GroupBuy.State.COMPLETE, 2)
    assert GroupBuyPlace.objects.exclude(person=starter).count() == 1
