"""Orders through their doors: a buyer's pages, a shop's pages, and REST."""

import io

import pytest
from django.utils import translation

from commerce.models import Order, Refund
from tests.commerce.factories import make_product
from tests.commerce.orders import brought_to, fresh, hire, pay, place
from tests.factories import make_user


@pytest.fixture
def sent(ana, variant) -> Order:
    return brought_to("shipped", ana, (variant, 2))


# --- The buyer ------------------------------------------------------------------------------------


def test_buyer_says_it_arrived_sends_a_part_back_and_reads_of_it(browser, ana, mei, sent):
    visitor = browser(ana)
    assert "JD014" in visitor.get(f"/orders/{sent.pk}/").content.decode()

    visitor.post(f"/orders/{sent.pk}/arrived/")
    line = sent.lines.get()
    answer = visitor.post(
        f"/orders/{sent.pk}/return/", {f"pieces-{line.pk}": "1", "reason": "no_fit"}
    )
    assert answer.status_code == 302
    request = sent.returns.get()
    browser(mei).post(f"/sell/returns/{request.pk}/approve/", {"answer": "Of course"})
    browser(ana).post(f"/orders/returns/{request.pk}/send/", {"tracking": "RET1"})
    browser(mei).post(f"/sell/returns/{request.pk}/receive/")

    page = browser(ana).get(f"/orders/{sent.pk}/").content.decode()
    assert "Of course" in page
    assert "€20.00 paid back" in page
    assert fresh(sent).refunded == 20


def test_form_of_a_return_says_what_is_wrong(browser, ana, variant):
    order = brought_to("delivered", ana, (variant, 1))

    answer = browser(ana).post(f"/orders/{order.pk}/return/", {"reason": "no_fit"})

    assert answer.status_code == 422
    assert "Choose what you want to send back." in answer.content.decode()


def test_list_tells_nothing_of_what_was_never_paid(browser, ana, variant):
    never = place(ana, (variant, 1))
    browser(ana).post(f"/orders/{never.pk}/cancel/")
    paid = brought_to("paid", ana, (variant, 1))

    page = browser(ana).get("/orders/").content.decode()

    assert paid.name in page
    assert str(never.pk) not in page


@pytest.mark.parametrize("path", ["/orders/{}/", "/orders/{}/invoice.pdf", "/orders/{}/return/"])
def test_others_find_no_such_order(browser, path, sent, ben, zoe):
    for person in (ben, zoe):
        assert browser(person).get(path.format(sent.pk)).status_code == 404


def test_pages_cost_few_queries(browser, ana, mei, sent, variant, django_assert_max_num_queries):
    for _more in range(3):
        brought_to("delivered", ana, (variant, 1))
    for person, path, most in (
        (ana, "/orders/", 6),
        (ana, f"/orders/{sent.pk}/", 18),
        (mei, "/sell/orders/?state=", 14),
        (mei, f"/sell/orders/{sent.pk}/", 18),
        (mei, "/sell/returns/", 14),
    ):
        visitor = browser(person)
        visitor.get(path)
        with django_assert_max_num_queries(most):
            assert visitor.get(path).status_code == 200


# --- The shop -------------------------------------------------------------------------------------


def test_sellers_day_packs_all_prints_slips_and_sends(browser, ana, ben, mei, variant):
    first, second = (brought_to("paid", who, (variant, 1)) for who in (ana, ben))
    seller = browser(mei)
    page = seller.get("/sell/orders/").content.decode()
    assert first.name in page and second.name in page

    chosen = {"order": [str(first.pk), str(second.pk)]}
    slips = seller.post("/sell/orders/pack/", chosen | {"do": "print"}).content.decode()
    assert slips.count("Lindenstr. 5") == 2
    seller.post("/sell/orders/pack/", chosen | {"do": "pack"})
    seller.post(f"/sell/orders/{first.pk}/ship/", {"carrier": "DHL", "tracking": "JD1"})

    assert (fresh(first).state, fresh(second).state) == ("shipped", "packed")
    assert fresh(first).tracking == "JD1"
    found = seller.get("/sell/orders/?q=" + second.name).content.decode()
    assert second.name in found and first.name not in found


def test_seller_gives_part_of_the_money_back_and_is_told_where_it_is_too_much(
    browser, mei, ana, variant
):
    order = brought_to("delivered", ana, (variant, 1))
    line, seller = order.lines.get(), browser(mei)

    wrong = seller.post(f"/sell/orders/{order.pk}/refund/", {f"amount-{line.pk}": "20.01"})
    right = seller.post(
        f"/sell/orders/{order.pk}/refund/", {f"amount-{line.pk}": "5,50", "shipping": "4.90"}
    )

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert str(Refund.objects.get().amount) == "10.40"


def test_nobody_else_comes_to_a_shops_orders(browser, ana, zoe, shop, sent):
    invited = make_user("ida")
    hire(shop, invited, "packer", accepted=False)

    for person in (ana, zoe, invited):
        visitor = browser(person)
        assert visitor.get("/sell/orders/").status_code == 404
        assert visitor.get(f"/sell/orders/{sent.pk}/").status_code == 404
        assert visitor.post(f"/sell/orders/{sent.pk}/refund/").status_code == 404
    assert fresh(sent).refunded == 0


# --- Papers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Ana Lindgren", "Анна Ωμέγα", "דנה כהן", "آنا علي", "मेई 美 🎉"])
def test_invoice_is_a_pdf_whatever_the_script_of_the_names(browser, ana, mei, shop, name):
    variant = make_product(shop, title=f"{name} " * 5)[1]
    order = place(ana, (variant, 2))
    order.purchase.address |= {"name": name}
    order.purchase.save()
    order = pay(order)

    for person in (ana, mei):
        answer = browser(person).get(f"/orders/{order.pk}/invoice.pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")


def test_credit_note_is_a_pdf(browser, ana, mei, variant):
    order = brought_to("cancelled", ana, (variant, 2))
    refund = order.refunds.get()

    answer = browser(ana).get(f"/orders/{order.pk}/refunds/{refund.pk}.pdf")

    assert io.BytesIO(answer.content).read(4) == b"%PDF"


def test_there_is_no_invoice_before_the_payment(browser, ana, variant):
    order = place(ana, (variant, 1))

    assert browser(ana).get(f"/orders/{order.pk}/invoice.pdf").status_code == 404


# --- REST -----------------------------------------------------------------------------------------


def test_rest_brings_an_order_from_the_payment_to_a_part_refund(api, ana, mei, variant):
    order = brought_to("paid", ana, (variant, 2))
    buyer, seller = api(ana), api(mei)
    (row,) = seller.get("/api/v1/sell/orders/?state=paid").json()["results"]
    assert row["name"] == order.name

    seller.post(f"/api/v1/sell/orders/{order.pk}/pack/")
    seller.post(f"/api/v1/sell/orders/{order.pk}/ship/", {"tracking": "JD1"}, format="json")
    assert buyer.post(f"/api/v1/orders/{order.pk}/arrived/").json()["state"] == "delivered"
    line = str(order.lines.get().pk)
    asked = buyer.post(
        f"/api/v1/orders/{order.pk}/returns/",
        {"lines": [{"line": line, "quantity": 1}], "reason": "damaged"},
        format="json",
    )
    assert asked.status_code == 201
    key = asked.json()["id"]
    seller.post(f"/api/v1/sell/returns/{key}/approve/")
    assert seller.post(f"/api/v1/sell/returns/{key}/receive/").json()["state"] == "received"

    shown = buyer.get(f"/api/v1/orders/{order.pk}/").json()
    assert (shown["refunded"], shown["returns"][0]["state"]) == ("20.00", "received")
    assert [each["verb"] for each in shown["timeline"]][:4] == [
        "placed",
        "paid",
        "packed",
        "shipped",
    ]
    with translation.override("en"):
        assert shown["timeline"][-1]["words"] == "€20.00 paid back"


def test_rest_says_why_not(api, ana, mei, zoe, variant):
    order = brought_to("paid", ana, (variant, 1))
    line = str(order.lines.get().pk)

    late = api(ana).post(f"/api/v1/orders/{order.pk}/arrived/")
    much = api(mei).post(
        f"/api/v1/sell/orders/{order.pk}/refunds/",
        {"lines": [{"line": line, "amount": "20.01"}]},
        format="json",
    )
    other = api(zoe).get(f"/api/v1/orders/{order.pk}/")

    assert (late.status_code, late.json()["code"]) == (409, "order.state")
    assert (much.status_code, much.json()["code"]) == (400, "refund.too_much")
    assert other.status_code == 404
    assert api(ana).get(f"/api/v1/sell/orders/{order.pk}/").status_code == 404
    assert api(ana).post(f"/api/v1/sell/orders/{order.pk}/cancel/").status_code == 404
