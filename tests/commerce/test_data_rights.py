"""What the shop gives of whoever asks, and keeps of whoever left (R46)."""

import pytest

from accounts.models import User
from commerce.data_rights import EXPORTER, PURGER
from commerce.models import LedgerEntry, Order, Purchase, Shop
from tests.commerce.factories import make_address
from tests.commerce.orders import brought_to, fresh
from tests.rules import rule

pytestmark = pytest.mark.django_db


def let_go(person: User) -> None:
    """All steps, each until nothing is left."""
    for step in PURGER.steps:
        while step(person.pk):
            pass


@rule("R46", "job")
def test_copy_holds_what_somebody_bought(ana, mei, variant):
    make_address(ana)
    order = brought_to("delivered", ana, (variant, 2))

    bought = {part.path: list(part.rows()) for part in EXPORTER.parts(ana)}
    sold = {part.path: list(part.rows()) for part in EXPORTER.parts(mei)}

    assert [row["id"] for row in bought["shop/orders"]] == [order.pk]
    assert bought["shop/ordered"][0]["quantity"] == 2
    assert bought["shop/addresses"][0]["city"] == "Berlin"
    assert sold["shop/orders"] == []
    assert [row["slug"] for row in sold["sell/shop"]] == ["mei"]


@rule("R46", "job")
def test_of_a_buyer_who_left_the_sums_stay_and_the_name_goes(ana, variant):
    arrived = brought_to("delivered", ana, (variant, 1))
    waiting = brought_to("paid", ana, (variant, 1))

    let_go(ana)

    assert fresh(waiting).state == "cancelled"
    assert fresh(waiting).left == 0
    assert {order.buyer_id for order in Order.objects.all()} == {None}
    assert Purchase.objects.get(pk=arrived.purchase_id).address == {"country": "DE", "state": ""}
    assert LedgerEntry.objects.filter(transaction__order=arrived).exists()


@rule("R46", "job")
def test_shop_of_a_seller_who_left_is_shut_and_owes_nobody(ana, mei, variant):
    order = brought_to("packed", ana, (variant, 1))

    let_go(mei)

    shop = Shop.objects.get(pk=order.shop_id)
    assert (shop.state, shop.owner, shop.name) == ("closed", None, "Mei's shop")
    assert fresh(order).left == 0


@rule("R46", "job")
def test_shop_that_never_sold_goes_with_its_owner(mei, variant):
    let_go(mei)

    assert not Shop.objects.exists()
