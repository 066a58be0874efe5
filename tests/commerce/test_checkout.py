"""Placing orders: once, at the server's price, never more than there is."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone
from djmoney.money import Money

from accounts.errors import Conflict, Refused
from accounts.models import OutboxJob
from commerce.actions import purchases
from commerce.actions.checkout import Asked, Changed, draft, expire_unpaid, place
from commerce.models import CartLine, Coupon, FlashSale, Purchase, Reservation, Variant
from commerce.refusals import Gone
from tests.commerce.buying import buy, fill, order
from tests.commerce.factories import make_address, make_product, make_shop, make_tax
from tests.factories import make_user

# The tests' own: one that looks for an address, and two around a transaction inside theirs.
STATEMENTS = 17 + 3
TOLD_EARLY = 5 + 2  # for a savepoint and its end


def test_an_order_holds_stock_and_empties_the_cart(ana, variant):
    purchase = buy(ana, variant, 2)

    assert (purchase.goods, purchase.shipping, purchase.total) == (
        40,
        Decimal("4.90"),
        Decimal("44.90"),
    )
    assert Variant.objects.get().stock == 8
    assert Reservation.objects.get(purchase=purchase).quantity == 2
    assert not CartLine.objects.exists()
    assert purchase.orders.get().lines.get().total == 40


def test_placing_again_under_the_same_key_orders_once(ana, variant):
    first = buy(ana, variant, key="page-1")

    again = order(ana, key="page-1")

    assert (again.pk, Purchase.objects.count()) == (first.pk, 1)


def test_another_order_under_the_same_key_is_a_conflict(ana, variant):
    buy(ana, variant, key="page-1")

    with pytest.raises(Conflict) as caught:
        buy(ana, variant, key="page-1", codes=["OTHER"])

    assert caught.value.code == "checkout.key"


def test_two_tabs_order_one_cart_once(ana, variant):
    buy(ana, variant)

    with pytest.raises(ValidationError, match="nothing to order"):
        order(ana)


def test_a_changed_price_is_shown_before_it_is_paid(ana, variant):
    fill(ana, variant)
    make_address(ana)
    seen = draft(ana, Asked()).quote.total
    variant.price = Money("22.00", "EUR")
    variant.save()

    with pytest.raises(Changed) as caught:
        order(ana, expect=seen)

    assert caught.value.draft.quote.total == Decimal("26.90")
    assert CartLine.objects.count() == 1


def test_what_is_short_is_named_and_nothing_is_held(ana, variant):
    fill(ana, variant, 3)
    Variant.objects.update(stock=2)

    with pytest.raises(Gone) as caught:
        order(ana)

    assert caught.value.variants == [variant.pk]
    assert (Variant.objects.get().stock, Purchase.objects.count()) == (2, 0)


def test_whoever_comes_late_is_told_before_prices_are_read(ana, variant, django_assert_num_queries):
    fill(ana, variant)
    make_address(ana, is_default=True)
    Variant.objects.update(stock=0)
    asked = Asked()

    with django_assert_num_queries(TOLD_EARLY), pytest.raises(Gone):
        place(ana, asked, key="late")


def test_placing_takes_the_same_statements_for_one_line_and_for_many(
    ana, shop, variant, django_assert_num_queries
):
    make_address(ana, is_default=True)

    for more in ([variant], [make_product(shop)[1] for _ in range(5)]):
        for each in more:
            fill(ana, each)
        with django_assert_num_queries(STATEMENTS):
            order(ana, key=str(more[0].pk))


@pytest.mark.parametrize(("shops", "statements"), [(1, 18), (2, 20), (4, 20)])
def test_being_paid_takes_as_many_statements_for_several_shops(
    ana, django_assert_num_queries, shops, statements
):
    for number in range(shops):
        owner = make_user(f"seller{number}", age=30)
        fill(ana, make_product(make_shop(owner))[1])
    purchase = order(ana)

    with django_assert_num_queries(statements):  # several rows are locked before they are changed
        purchases.paid(purchase)

    assert {each.number for each in purchase.orders.all()} == {1}


@pytest.mark.parametrize("age", [14, 16])
def test_minors_keep_a_cart_and_cannot_order(db, variant, age):
    teen = make_user("teen", age=age)
    fill(teen, variant)

    with pytest.raises(Refused) as caught:
        order(teen)

    assert caught.value.code == "policy.R7"


def test_nobody_sends_to_anothers_address(ana, ben, variant):
    fill(ana, variant)
    foreign = make_address(ben)

    with pytest.raises(Http404):
        order(ana, address_id=foreign.pk)


def test_a_shop_that_does_not_ship_there_is_said(ana, shop, variant):
    shop.zones.update(countries=["DE"])
    fill(ana, variant)
    make_address(ana, country="FR")

    with pytest.raises(ValidationError, match="does not ship"):
        order(ana)


def test_each_shop_has_its_own_order(ana, variant):
    zoe = make_user("zoe2", age=40)
    _product, mug = make_product(make_shop(zoe), price="9.99")
    fill(ana, mug, 3)

    purchase = buy(ana, variant)

    assert purchase.orders.count() == 2
    assert purchase.total == sum(each.total for each in purchase.orders.all())
    assert purchase.total == Decimal("59.77")


def test_currencies_are_ordered_apart(ana, variant):
    zoe = make_user("zoe2", age=40)
    _product, mug = make_product(make_shop(zoe, currency="USD"))
    fill(ana, mug)
    fill(ana, variant)

    with pytest.raises(ValidationError, match="another currency"):
        order(ana)
    purchase = order(ana, currency="USD")

    assert purchase.currency == "USD"
    assert CartLine.objects.get().variant == variant


def test_tax_is_of_the_country_it_goes_to(ana, variant):
    make_tax("DE", "19")
    make_tax("FR", "20")
    make_address(ana, country="FR")

    purchase = buy(ana, variant)

    assert purchase.tax == Decimal("3.33") + Decimal("0.82")


def test_a_price_without_tax_gets_it_on_top(ana, shop, variant):
    shop.prices_include_tax = False
    shop.save()
    make_tax("DE", "19")

    purchase = buy(ana, variant)

    assert (purchase.tax, purchase.total) == (Decimal("4.73"), Decimal("29.63"))


# --- Coupons and flash sales ----------------------------------------------------------------------


def coupon(shop, code="TEN", **fields):
    fields.setdefault("percent", 10)
    return Coupon.objects.create(shop=shop, code=code, **fields)


def test_a_coupon_lowers_the_goods_and_is_used_up(ana, shop, variant):
    coupon(shop)

    purchase = buy(ana, variant, codes=["ten"])

    assert (purchase.discount, purchase.total) == (2, Decimal("22.90"))
    assert Coupon.objects.get().used == 1
    with pytest.raises(ValidationError, match="already"):
        buy(ana, variant, codes=["TEN"])


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"least": 21}, "above"),
        ({"is_active": False}, "no such"),
        ({"currency": "USD", "off": 5, "percent": None}, "currency"),
        ({"most_uses": 1, "used": 1}, "as often"),
        ({"ends_at": timezone.now() - timedelta(hours=1)}, "over"),
    ],
)
def test_a_coupon_that_does_not_count_says_why(ana, shop, variant, fields, said):
    coupon(shop, **fields)

    with pytest.raises(ValidationError, match=said):
        buy(ana, variant, codes=["TEN"])


def test_a_shops_and_our_coupon_stack_where_both_say_so(ana, shop, variant):
    coupon(shop, stacks=True)
    coupon(None, "MEDLEY", off=3, percent=None, currency="EUR", stacks=True)

    purchase = buy(ana, variant, codes=["TEN", "MEDLEY"])

    made = purchase.orders.get()
    assert (made.discount, made.platform_discount, made.total) == (2, 3, Decimal("19.90"))
    assert made.lines.get().discount == 5


def test_coupons_that_do_not_stack_are_refused(ana, shop, variant):
    coupon(shop)
    coupon(None, "MEDLEY")

    with pytest.raises(ValidationError, match="together"):
        buy(ana, variant, codes=["TEN", "MEDLEY"])


def test_a_purchase_that_falls_through_gives_everything_back(ana, shop, variant):
    coupon(shop)
    sale(variant)
    purchase = buy(ana, variant, codes=["TEN"])

    purchases.failed(purchase, "checkout.expired")

    assert Variant.objects.get().stock == 10
    assert Coupon.objects.get().used == 0
    assert FlashSale.objects.get().sold == 0
    assert CartLine.objects.get().variant == variant


def test_what_is_not_paid_in_time_lies_in_the_cart_again(ana, variant):
    purchase = buy(ana, variant, 2)
    Purchase.objects.update(held_until=timezone.now())

    assert (expire_unpaid(), expire_unpaid()) == (1, 0)

    purchase.refresh_from_db()
    assert purchase.state == Purchase.State.FAILED
    assert Variant.objects.get().stock == 10
    assert CartLine.objects.get().quantity == 2
    assert OutboxJob.objects.filter(task="commerce.release_payment").count() == 1


def sale(variant, price="15.00", most=5, most_each=2) -> FlashSale:
    now = timezone.now()
    return FlashSale.objects.create(
        variant=variant,
        price=Decimal(price),
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=1),
        most=most,
        most_each=most_each,
    )


def test_a_flash_sale_is_the_price_while_it_lasts(ana, variant):
    sale(variant)

    purchase = buy(ana, variant, 2)

    assert purchase.goods == 30
    assert FlashSale.objects.get().sold == 2


def test_nobody_buys_more_in_a_flash_sale_than_each_may(ana, variant):
    sale(variant)
    purchases.paid(buy(ana, variant, 2))

    with pytest.raises(Conflict) as caught:
        buy(ana, variant, 1)

    assert caught.value.code == "flash.each"
