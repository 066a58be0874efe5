"""An owner closes the shop and opens it again; what a suspended one still owes goes on."""

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.errors import Conflict, Refused
from commerce.actions import closing, group_buys, orders, shops
from commerce.models import GroupBuy, Order, Product, ReturnRequest, ShopStaff
from commerce.people import ALL, rights, shops_of
from tests.commerce.orders import pay, place
from tests.commerce.together import make_offer
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(shop):
    person = make_user("manager", age=30)
    ShopStaff.objects.create(
        shop=shop, person=person, role=ShopStaff.Role.MANAGER, accepted_at=timezone.now()
    )
    return person


def test_a_closed_shop_is_its_owners_alone(ana, mei, manager, shop, shirt):
    closed = closing.close(mei, shop)

    assert not Product.objects.visible_to(ana).exists()
    assert (rights(mei, closed), rights(manager, closed)) == (ALL, frozenset())
    assert (list(shops_of(mei)), list(shops_of(manager))) == ([shop], [])
    assert not Product.objects.visible_to(manager).exists()

    opened = closing.reopen(mei, closed)

    assert list(Product.objects.visible_to(ana)) == [shirt]
    assert "products" in rights(manager, opened)
    assert opened.closed_at is None


def test_what_others_wait_for_is_finished_first(ana, mei, shop, variant):
    order = pay(place(ana, (variant, 1)))
    place(ana, (variant, 1))  # not paid yet: it may be, any moment

    assert closing.unfinished(shop) == closing.Unfinished(orders=2, returns=0)
    with pytest.raises(Conflict, match="Finish"):
        closing.close(mei, shop)

    Order.objects.exclude(pk=order.pk).update(state=Order.State.CANCELLED)
    Order.objects.filter(pk=order.pk).update(state=Order.State.SHIPPED)
    asked = ReturnRequest.objects.create(
        order=order, reason="no_fit", answer_by=timezone.now(), state="asked"
    )
    assert closing.unfinished(shop) == closing.Unfinished(orders=0, returns=1)
    ReturnRequest.objects.filter(pk=asked.pk).update(state="received")

    closed = closing.close(mei, shop)
    assert list(Order.objects.visible_to(mei)) == [order]
    orders.deliver(ana, order)
    assert Order.objects.get(pk=order.pk).state == Order.State.DELIVERED
    with pytest.raises(Conflict):
        closing.close(mei, closed)


def test_groups_that_wait_come_to_nothing(ana, mei, shop, shirt):
    group_buys.start(ana, make_offer(shirt))

    closing.close(mei, shop)

    assert GroupBuy.objects.get().state == GroupBuy.State.CANCELLED


def test_only_the_owner_closes_and_opens(ana, manager, shop):
    for verb in (closing.close, closing.reopen):
        with pytest.raises(Refused):
            verb(manager, shop)
        with pytest.raises(Http404):
            verb(ana, shop)


def test_closing_does_not_get_around_a_suspension(mei, shop):
    shops.suspend(shop.pk)
    shop.refresh_from_db()
    with pytest.raises(Conflict):
        closing.close(mei, shop)
    shops.put_back(shop.pk)
    shop.refresh_from_db()

    closed = closing.close(mei, shop)
    shops.suspend(shop.pk)
    with pytest.raises(Conflict):
        closing.reopen(mei, closed)
    shops.put_back(shop.pk)
    shop.refresh_from_db()
    assert shop.state == "closed"


def test_a_suspended_shop_still_sends_what_was_ordered(ana, mei, shop, variant):
    order = pay(place(ana, (variant, 1)))

    shops.suspend(shop.pk)

    orders.pack(mei, order)
    assert Order.objects.visible_to(ana).get().state == Order.State.PACKED


def test_both_doors_say_what_is_left_and_close(api, browser, ana, mei, shop, variant):
    order = pay(place(ana, (variant, 1)))
    door, page = api(mei), reverse("commerce:sell-closing")

    assert door.get("/api/v1/sell/shop/closed/").json() == {"orders": 1, "returns": 0}
    assert door.put("/api/v1/sell/shop/closed/").json()["code"] == "shop.unfinished"
    assert "1 order to be paid or sent" in browser(mei).get(page).content.decode()
    Order.objects.filter(pk=order.pk).update(state=Order.State.SHIPPED)

    assert door.put("/api/v1/sell/shop/closed/").json()["state"] == "closed"
    assert "You closed your shop" in browser(mei).get(reverse("commerce:sell")).content.decode()
    assert browser(mei).post(page, {"reopen": "1"}).status_code == 302
    assert browser(mei).post(page).status_code == 302
    assert door.delete("/api/v1/sell/shop/closed/").json()["state"] == "open"
    assert door.delete("/api/v1/sell/shop/closed/").json()["code"] == "shop.not_closed"
