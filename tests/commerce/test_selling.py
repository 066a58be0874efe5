"""Running a shop: words, picture, holidays, staff, shipping; and a shop that is suspended."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts import ports
from accounts.errors import Conflict, Refused
from commerce.actions import shipping, shops, staff
from commerce.models import Shop, ShopStaff
from commerce.people import may, people_with, rights, shops_of
from tests.factories import block

Role = ShopStaff.Role


def employ(shop, person, role=Role.PACKER) -> ShopStaff:
    return ShopStaff.objects.create(shop=shop, person=person, role=role, accepted_at=timezone.now())


def code_of(call) -> str:
    with pytest.raises((Refused, Conflict)) as caught:
        call()
    return caught.value.code


def fields_of(call) -> set[str]:
    with pytest.raises(ValidationError) as caught:
        call()
    return set(caught.value.message_dict)


# --- Who may what ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "may_do", "may_not"),
    [
        (Role.MANAGER, {"products", "orders", "support", "settings"}, {"money", "staff"}),
        (Role.PACKER, {"orders", "orders.read"}, {"products", "support", "settings", "money"}),
        (Role.SUPPORT, {"support", "orders.read"}, {"orders", "products", "staff", "money"}),
    ],
)
def test_each_part_has_its_rights(shop, ben, role, may_do, may_not):
    employ(shop, ben, role)

    assert all(may(ben, shop, right) for right in may_do)
    assert not any(may(ben, shop, right) for right in may_not)


def test_who_was_only_asked_may_nothing(shop, mei, ben):
    staff.invite(mei, shop, username="ben", role=Role.MANAGER)

    assert rights(ben, shop) == frozenset()
    assert list(shops_of(ben)) == []
    assert people_with(shop, "orders") == [mei.pk]


def test_asking_answering_and_leaving(shop, mei, ben):
    job = staff.invite(mei, shop, username="@Ben", role=Role.PACKER)

    staff.accept(ben, job.pk)
    worked = may(ben, shop, "orders")
    staff.remove(ben, shop, job.pk)

    assert worked and not may(ben, shop, "orders")


def test_whom_one_cannot_ask(shop, mei, ben, zoe, teo):
    block(zoe, mei)
    employ(shop, ben)

    assert code_of(lambda: staff.invite(mei, shop, username="teo", role=Role.PACKER)) == (
        "staff.unreachable"
    )
    assert code_of(lambda: staff.invite(mei, shop, username="ben", role=Role.PACKER)) == (
        "staff.already"
    )
    for nobody in ("zoe", "mei", "nobody"):
        wrong = fields_of(lambda n=nobody: staff.invite(mei, shop, username=n, role=Role.PACKER))
        assert wrong == {"username"}


def test_only_the_owner_chooses_people(shop, ben, zoe):
    job = employ(shop, ben, Role.MANAGER)

    assert code_of(lambda: staff.invite(ben, shop, username="zoe", role=Role.PACKER)) == (
        "shop.not_yours"
    )
    with pytest.raises(Http404):
        staff.remove(zoe, shop, job.pk)


# --- Words and picture ----------------------------------------------------------------------------


def test_words_are_changed_by_whose_part_it_is(shop, mei, ben, zoe):
    employ(shop, ben)

    changed = shops.update(mei, shop, name="  Mei & Co  ", return_days=30)

    assert (changed.name, changed.return_days) == ("Mei & Co", 30)
    assert code_of(lambda: shops.update(ben, shop, name="Ben's")) == "shop.not_yours"
    with pytest.raises(Http404):
        shops.update(zoe, shop, name="Zoe's")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"return_days": 13}, "return_days"),
        ({"name": " "}, "name"),
        ({"slug": "no spaces"}, "slug"),
        ({"slug": "admin"}, "slug"),
        ({"about": "x" * 1001}, "about"),
    ],
)
def test_what_cannot_be_is_said_by_field(shop, mei, fields, wrong):
    assert fields_of(lambda: shops.update(mei, shop, **fields)) == {wrong}


def test_a_holiday_stops_orders_and_ends_by_itself(shop, mei):
    today = timezone.localdate()

    away = shops.update(mei, shop, holiday_from=today, holiday_until=today + timedelta(days=2))

    assert away.is_away and not away.sells
    wrong = {"holiday_from": today, "holiday_until": today}
    assert fields_of(lambda: shops.update(mei, shop, **wrong)) == {"holiday_until"}


# --- Shipping -------------------------------------------------------------------------------------


def test_no_country_is_in_two_zones(shop, mei):
    shipping.save_zone(mei, shop, name="Near", countries=["at", "DE"])

    twice = fields_of(lambda: shipping.save_zone(mei, shop, name="Far", countries=["DE"]))
    rest = fields_of(lambda: shipping.save_zone(mei, shop, name="Rest", countries=[]))
    unknown = fields_of(lambda: shipping.save_zone(mei, shop, name="?", countries=["XX"]))

    assert twice == rest == unknown == {"countries"}


def test_rates_are_amounts(shop, mei):
    zone = shop.zones.get()

    rate = shipping.save_rate(mei, shop, zone.pk, name="Express", price=Decimal("9.90"))
    wrong: dict[str, Any] = {
        "name": "Gift",
        "price": Decimal("-1"),
        "days_least": 5,
        "days_most": 2,
    }

    assert (rate.price, rate.position) == (Decimal("9.90"), 1)
    assert fields_of(lambda: shipping.save_rate(mei, shop, zone.pk, **wrong)) == {
        "price",
        "days_most",
    }


def test_zones_of_others_are_not_there(shop, zoe, mei):
    zone = shop.zones.get()

    with pytest.raises(Http404):
        shipping.remove_zone(zoe, shop, zone.pk)
    with pytest.raises(Http404):
        shipping.save_rate(mei, shop, zone.pk + 1, name="?", price=Decimal(1))


# --- Suspended ------------------------------------------------------------------------------------


def test_a_suspended_shop_is_its_peoples_alone_until_it_is_put_back(client, shop, mei):
    address = reverse("commerce:shop", args=[shop.slug])

    ports.moderated()["shop"].take_down(shop.pk)
    hidden = client.get(address).status_code
    client.force_login(mei)
    own = client.get(address).status_code
    suspended = Shop.objects.get(pk=shop.pk)
    ports.moderated()["shop"].put_back(shop.pk)

    assert (hidden, own) == (404, 200)
    assert not suspended.sells and may(mei, suspended, "orders")
    assert Shop.objects.get(pk=shop.pk).sells


def test_a_shop_is_not_there_for_whom_its_owner_blocks(client, shop, mei, zoe):
    block(mei, zoe)
    client.force_login(zoe)

    assert client.get(reverse("commerce:shop", args=[shop.slug])).status_code == 404


def test_a_report_keeps_what_the_shop_said(shop, zoe):
    evidence = ports.reportables()["shop"](zoe, shop.pk)

    assert evidence is not None
    assert (evidence.title, evidence.owner_id) == (shop.name, shop.owner_id)
    assert evidence.content["shop"]["slug"] == shop.slug


# --- Doors ----------------------------------------------------------------------------------------

PAGES = ("sell", "sell-settings", "sell-staff", "sell-shipping", "sell-import")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_drawn_in_few_queries(
    client, shop, variant, mei, page, django_assert_max_num_queries
):
    client.force_login(mei)

    with django_assert_max_num_queries(24):
        answer = client.get(reverse(f"commerce:{page}"))

    assert answer.status_code == 200


def test_the_same_by_rest(api, shop, mei, ben):
    app = api(mei)

    renamed = app.patch("/api/v1/sell/shop/", {"name": "M", "return_days": 3})
    asked = app.post("/api/v1/sell/staff/", {"username": "ben", "role": "packer"})
    zone = app.post("/api/v1/sell/zones/", {"name": "Near", "countries": ["DE"]})
    rate = app.post(f"/api/v1/sell/zones/{zone.data['id']}/rates/", {"name": "A", "price": "3.50"})
    accepted = api(ben).post(f"/api/v1/sell/invitations/{asked.data['id']}/")
    day = api(ben).get("/api/v1/sell/day/")

    assert renamed.status_code == 400
    assert [answer.status_code for answer in (asked, zone, rate)] == [201, 201, 201]
    assert accepted.status_code == 200
    assert (day.data["to_send"], day.data["takings"]) == (0, None)


def test_somebody_who_works_for_two_shops_says_for_which(api, shop, mei, ben):
    from tests.commerce.factories import make_shop

    own = make_shop(ben)
    employ(shop, ben, Role.MANAGER)

    listed = api(ben).get("/api/v1/sell/shops/").data
    other = api(ben).get("/api/v1/sell/shop/", {"shop": shop.slug}).data

    assert [one["slug"] for one in listed] == [own.slug, shop.slug]
    assert other["rights"] == ["orders", "orders.read", "products", "settings", "support"]
