"""Cart, addresses and checkout through pages and REST."""

from decimal import Decimal

import pytest
from django.urls import reverse

from commerce.actions import carts
from commerce.guests import secret_in
from commerce.models import Address, CartLine
from tests.commerce.buying import fill
from tests.commerce.factories import make_address, make_product
from tests.commerce.orders import brought_to
from tests.factories import make_user


def test_a_guest_finds_their_cart_again_and_keeps_it_when_they_sign_in(client, rf, ana, variant):
    client.post(reverse("commerce:cart-add"), {"variant": variant.pk, "quantity": 2})

    page = client.get(reverse("commerce:cart"))
    assert "Linen shirt" in page.content.decode()
    assert client.cookies["medley_cart"]["httponly"]

    # The test client signs in without its cookies, which is what guests.py reads.
    request = rf.get("/", headers={"Cookie": f"medley_cart={client.cookies['medley_cart'].value}"})
    carts.merge(secret_in(request), ana)
    assert CartLine.objects.get().cart_id == carts.cart_of(ana).pk


def test_a_line_changes_waits_goes_and_comes_back(client, ana, variant):
    fill(ana, variant)
    client.force_login(ana)
    at = reverse("commerce:cart-line", args=[CartLine.objects.get().pk])

    client.post(at, {"quantity": 3})
    assert CartLine.objects.get().quantity == 3
    client.post(at, {"later": 1})
    assert CartLine.objects.get().is_for_later
    client.post(at, {"remove": 1})
    assert not CartLine.objects.exists()
    client.post(reverse("commerce:cart-undo"))
    assert CartLine.objects.get().quantity == 3


@pytest.mark.parametrize("quantity", ["-1", "0", "100", "NaN", "99999999999999999999"])
def test_a_wrong_number_changes_nothing(client, ana, variant, quantity):
    fill(ana, variant)
    client.force_login(ana)

    answer = client.post(
        reverse("commerce:cart-line", args=[CartLine.objects.get().pk]), {"quantity": quantity}
    )

    assert answer.status_code == 302
    assert CartLine.objects.get().quantity == 1


def test_anothers_line_is_not_there(client, ana, ben, variant):
    fill(ben, variant)
    fill(ana, variant)
    client.force_login(ana)
    foreign = CartLine.objects.get(cart__person=ben)

    assert client.post(reverse("commerce:cart-line", args=[foreign.pk])).status_code == 404


def test_pages_take_the_same_queries_for_one_line_and_for_many(
    client, ana, shop, variant, django_assert_num_queries
):
    make_address(ana)
    client.force_login(ana)
    asks = {"/cart/": 8, "/checkout/": 10}

    for more in ([variant], [make_product(shop)[1] for _ in range(3)]):
        for each in more:
            fill(ana, each)
        for path, queries in asks.items():
            client.get(path)
            with django_assert_num_queries(queries):
                client.get(path)


def test_the_list_of_orders_takes_the_same_queries_for_one_and_for_many(
    client, ana, variant, django_assert_num_queries
):
    client.force_login(ana)

    for _more in range(2):
        brought_to("paid", ana, (variant, 1))
        client.get("/orders/")
        with django_assert_num_queries(6):
            client.get("/orders/")


def test_the_checkout_shows_the_servers_sums(client, ana, variant):
    fill(ana, variant)
    make_address(ana)
    client.force_login(ana)

    page = client.get(reverse("commerce:checkout")).content.decode()

    assert "€24.90" in page
    assert 'name="expect" value="24.90"' in page


def test_a_total_that_changed_keeps_what_was_typed(client, ana, shop, variant):
    fill(ana, variant)
    make_address(ana)
    client.force_login(ana)

    answer = client.post(
        reverse("commerce:checkout"),
        {"place": 1, "key": "k", "expect": "1.00", f"note-{shop.pk}": "Ring twice"},
    )

    assert answer.status_code == 422
    assert "Ring twice" in answer.content.decode()
    assert "Something changed" in answer.content.decode()


def test_a_code_that_does_not_count_is_told_and_left_out(client, ana, variant):
    fill(ana, variant)
    make_address(ana)
    client.force_login(ana)

    answer = client.post(reverse("commerce:checkout"), {"code": "NOPE"})

    assert answer.status_code == 422
    assert "no such code" in answer.content.decode()


@pytest.mark.parametrize("age", [14, 16])
def test_minors_read_that_buying_is_for_adults(client, db, variant, age):
    teen = make_user("teen", age=age)
    fill(teen, variant)
    client.force_login(teen)

    assert client.get(reverse("commerce:checkout")).status_code == 403
    assert "from 18 on" in client.get(reverse("commerce:cart")).content.decode()


def test_addresses_are_kept_checked_and_deleted(client, ana):
    client.force_login(ana)
    said = {"name": "آنا " * 10, "street": "Lindenstr. 5", "city": "Berlin", "country": "DE"}

    assert client.post(reverse("commerce:addresses"), said | {"postcode": "1"}).status_code == 422
    assert (
        client.post(reverse("commerce:addresses"), said | {"postcode": "10969"}).status_code == 302
    )
    made = Address.objects.get()
    assert made.is_default
    client.post(reverse("commerce:address", args=[made.pk]), {"remove": 1})
    assert not Address.objects.exists()


def test_what_was_typed_outlives_a_new_address(client, ana, shop, variant):
    fill(ana, variant)
    usual = make_address(ana, is_default=True)
    client.force_login(ana)
    typed = {f"note-{shop.pk}": "Ring & wait", "code": "NOPE", "address": usual.pk}

    away = client.post(reverse("commerce:checkout"), typed | {"new_address": 1, "key": "k"})
    said = {"name": "Ana", "street": "Rua 1", "city": "Lisboa", "postcode": "1", "country": "PT"}
    back = client.post(away.url, said)
    page = client.get(back.url)

    made = Address.objects.exclude(pk=usual.pk).get()
    assert page.context["draft"].address == made
    assert 'value="Ring &amp; wait"' in page.content.decode()
    assert page.context["said"]["code"] == "NOPE"


def test_a_forged_way_back_leads_to_the_addresses(client, ana):
    client.force_login(ana)
    said = {"name": "Ana", "street": "Rua 1", "city": "Lisboa", "postcode": "1", "country": "PT"}

    answer = client.post(f"{reverse('commerce:addresses')}?next=https://evil.example/", said)

    assert answer.url == reverse("commerce:addresses")


def test_anothers_address_is_not_there(client, ana, ben):
    foreign = make_address(ben)
    client.force_login(ana)

    assert client.get(reverse("commerce:address", args=[foreign.pk])).status_code == 404


# --- REST -----------------------------------------------------------------------------------------


def test_a_guest_of_an_app_gets_a_secret_to_keep(client, variant):
    body = {"variant": str(variant.pk), "quantity": 2}

    answer = client.post("/api/v1/cart/lines/", body, content_type="application/json")

    assert answer.status_code == 201
    again = client.get("/api/v1/cart/", headers={"X-Cart": answer.headers["X-Cart"]}).json()
    assert (again["count"], again["sections"][0]["goods"]) == (2, "40.00")


def test_a_quote_names_sums_and_ways(client, ana, shop, variant):
    fill(ana, variant)
    make_address(ana)
    client.force_login(ana)

    quote = client.post("/api/v1/checkout/quote/", {}, content_type="application/json").json()

    assert Decimal(quote["total"]) == Decimal("24.90")
    assert quote["shops"][0]["way"] == quote["shops"][0]["ways"][0]["id"]


def test_an_app_that_saw_another_total_is_told(client, ana, variant):
    fill(ana, variant)
    make_address(ana)
    client.force_login(ana)

    answer = client.post(
        "/api/v1/checkout/",
        {"expect": "1.00"},
        content_type="application/json",
        headers={"Idempotency-Key": "app-1"},
    )

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "checkout.changed")


def test_addresses_by_rest(client, ana):
    client.force_login(ana)
    said = {"name": "Ana", "street": "A 1", "city": "Bern", "postcode": "3011", "country": "CH"}

    made = client.post("/api/v1/me/addresses/", said, content_type="application/json").json()
    at = f"/api/v1/me/addresses/{made['id']}/"

    assert (
        client.patch(at, {"city": "Basel"}, content_type="application/json").json()["city"]
        == "Basel"
    )
    assert client.delete(at).status_code == 204
