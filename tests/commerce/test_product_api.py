"""Products by REST: read, found, wished for, made, priced, published."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from rest_framework.test import APIClient

from commerce.models import Category, Product, ShopStaff, Variant, Wish
from tests.commerce.factories import make_product
from tests.rules import rule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def app(person=None) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def test_anybody_reads_a_product(shirt, variant):
    told = app().get(f"/api/v1/products/{shirt.pk}/").json()

    assert (told["title"], told["price"], told["currency"]) == ("Linen shirt", "20.00", "EUR")
    assert told["variants"] == [
        {
            "id": str(variant.pk),
            "values": [],
            "price": "20.00",
            "compare_price": None,
            "is_available": True,
            "left": None,
        }
    ]


def test_lists_take_as_many_queries_however_long(shop, django_assert_max_num_queries):
    for _ in range(8):
        make_product(shop)

    client = app()
    client.get("/api/v1/products/")
    with django_assert_max_num_queries(5):
        found = client.get("/api/v1/products/", {"sort": "cheap"}).json()

    assert len(found["results"]) == 8


def test_pages_go_on_where_the_last_one_ended(shop):
    for number in range(5):
        make_product(shop, title=f"Shirt {number}")

    first = app().get("/api/v1/products/", {"limit": 3}).json()
    second = app().get(first["next"]).json()

    titles = [each["title"] for each in first["results"] + second["results"]]
    assert sorted(titles) == [f"Shirt {number}" for number in range(5)]


def test_one_shop_is_asked_for(shirt):
    assert app().get("/api/v1/products/", {"shop": "mei"}).json()["results"]
    assert not app().get("/api/v1/products/", {"shop": "ana"}).json()["results"]


def test_wishes_come_and_go(ana, shirt):
    address = f"/api/v1/me/wishlist/{shirt.pk}/"
    assert app(ana).put(address).status_code == app(ana).put(address).status_code == 204
    assert [each["id"] for each in app(ana).get("/api/v1/me/wishlist/").json()["results"]] == [
        str(shirt.pk)
    ]

    app(ana).delete(address)

    assert not Wish.objects.exists()


def test_prohibited_shelves_are_not_named(db):
    Category.objects.get_or_create(slug="weapons", defaults={"name": "W", "is_prohibited": True})

    slugs = {each["slug"] for each in app().get("/api/v1/shop/categories/").json()}

    assert "weapons" not in slugs


def _picture() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (40, 30), "#d9482b").save(file, "PNG")
    return SimpleUploadedFile("mug.png", file.getvalue(), "image/png")


def test_a_product_is_made_priced_and_published(mei, shirt):
    seller, begin = app(mei), {"title": "Mug", "category": "clothes", "price": "12.50"}
    made = seller.post("/api/v1/sell/products/", begin, format="json").json()
    address = f"/api/v1/sell/products/{made['id']}/"
    refused = seller.put(f"{address}published/", {"revision": made["revision"]}, format="json")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "product.no_photo")
    seller.post(f"{address}photos/", {"file": _picture(), "alt": "A mug"}, format="multipart")
    sized = seller.put(
        f"{address}options/",
        {"revision": made["revision"], "options": {"Size": ["S", "L"]}},
        format="json",
    ).json()
    rows = [{"id": each["id"], "price": "9.00", "stock": 3} for each in sized["variants"]]
    priced = seller.put(
        f"{address}variants/", {"revision": sized["revision"], "variants": rows}, format="json"
    ).json()

    seller.put(f"{address}published/", {"revision": priced["revision"]}, format="json")

    shown = app().get(f"/api/v1/products/{made['id']}/").json()
    assert (shown["price"], shown["in_stock"], shown["options"]) == ("9.00", True, ["Size"])
    assert shown["photos"][0]["alt"] == "A mug"


def test_a_shelf_that_cannot_be_is_none(mei, shirt):
    begin = {"title": "Mug", "category": "clo\0thes", "price": "12.50"}
    error = app(mei).post("/api/v1/sell/products/", begin, format="json").json()["errors"][0]

    assert (error["code"], error["field"]) == ("does_not_exist", "category")


def test_who_comes_second_gets_a_conflict(mei, shirt):
    address = f"/api/v1/sell/products/{shirt.pk}/"
    app(mei).patch(address, {"revision": 1, "title": "Shirt"}, format="json")

    answer = app(mei).patch(address, {"revision": 1, "title": "Blouse"}, format="json")

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "product.changed")


@pytest.mark.parametrize("price", ["-5.00", "0.00", "1e99", "NaN"])
def test_prices_that_nobody_can_pay_are_refused(mei, shirt, variant, price):
    rows = [{"id": str(variant.pk), "price": price, "stock": 1}]

    answer = app(mei).put(
        f"/api/v1/sell/products/{shirt.pk}/variants/",
        {"revision": 1, "variants": rows},
        format="json",
    )

    assert answer.status_code == 400
    assert Variant.objects.get().price.amount == 20


def test_packers_and_outsiders_change_nothing(ana, ben, shop, shirt):
    ShopStaff.objects.create(
        shop=shop, person=ben, role=ShopStaff.Role.PACKER, accepted_at=timezone.now()
    )
    address, told = f"/api/v1/sell/products/{shirt.pk}/", {"revision": 1, "title": "Mine"}

    assert app().patch(address, told, format="json").status_code == 401
    assert app(ana).patch(address, told, format="json").status_code == 404
    assert app(ben).patch(address, told, format="json").status_code == 403


@rule("R40", "api")
def test_a_product_can_be_reported_and_taken_down(ana, mei, shirt):
    from accounts import ports

    answer = app(ana).post(
        "/api/v1/reports/",
        {"kind": "product", "id": str(shirt.pk), "reason": "spam", "details": "fake"},
        format="json",
    )
    assert answer.status_code == 201, answer.json()

    ports.moderated()["product"].take_down(shirt.pk)

    assert app().get(f"/api/v1/products/{shirt.pk}/").status_code == 404
    ports.moderated()["product"].put_back(shirt.pk)
    assert Product.objects.get().taken_down_at is None
