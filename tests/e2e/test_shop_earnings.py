"""A creator joins a shop's programme, sells, sees a refund take its part back, and is paid."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.e2e.test_accessibility import violations

READY = """
from accounts.models import User
from commerce.models import Shop
from tests.commerce.factories import make_product, make_shop
mei = User.objects.get(username="mei")
shop = Shop.objects.filter(owner=mei).first() or make_shop(mei)
Shop.objects.filter(pk=shop.pk).update(state="open")
make_product(shop, title="Journey scarf", price="40.00", stock=5)
"""
SOLD = """
from django.utils import timezone
from accounts.models import User
from commerce import commission, ledger
from commerce.models import Product
from tests.commerce.sales import arrived, make_order, make_refund
ana, ben = (User.objects.get(username=name) for name in ("ana", "ben"))
scarf = Product.objects.filter(title="Journey scarf").latest("created_at")
percent = str(commission.percent_for(scarf, ben.pk, timezone.now()))
met = {"source": "profile", "creator": ben, "percent": percent}
orders = [make_order(scarf.variants.get(), ana, quantity=2, **met) for _ in range(2)]
for order in orders:
    ledger.sold(order)
"""
REFUNDED = """
from commerce import ledger
from commerce.models import Order
from tests.commerce.sales import make_refund
order = Order.objects.filter(lines__product_title="Journey scarf").latest("placed_at")
ledger.refunded(make_refund(order, {order.lines.get(): str(order.lines.get().total)}))
"""
PAID = """
from commerce.ledger import payouts
from commerce.models import Order
from tests.commerce.sales import arrived
for order in Order.objects.filter(lines__product_title="Journey scarf"):
    arrived(order)
for payout in payouts.run():
    payouts.send(payout.pk)
"""


@pytest.fixture
def happens(stack: Stack):
    """What the journey does not press: a program that runs beside the server."""

    def run(program: str) -> None:
        stack.do(program)

    return run


def readable(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_creator_joins_sells_gives_back_and_is_paid(visit: Visit, stack: Stack, happens):
    happens(READY)
    mei = visit("mei", "/sell/affiliates/")
    mei.get_by_label("Product", exact=True).select_option("Journey scarf")
    mei.get_by_label("Percent of the goods").fill("25")
    mei.get_by_role("button", name="Offer it").click()
    expect(mei.get_by_text("25 %").first).to_be_visible()
    readable(mei)

    ben = visit("ben", "/shop/earn/")
    ben.get_by_role("listitem").filter(has_text="Journey scarf").get_by_role(
        "button", name="Join"
    ).click()
    expect(ben.get_by_text("You take part", exact=True)).to_be_visible()
    readable(ben)

    ben.get_by_role("link", name="Earnings").click()
    ben.get_by_label("IBAN").fill("DE89 3704 0044 0532 0130 00")
    ben.get_by_role("button", name="Save").click()
    expect(ben.get_by_text("DE89 … 3000")).to_be_visible()

    happens(SOLD)
    ben.goto(f"{stack.url}/shop/earnings/")
    # Twice 80.00, of which 12.77 is tax: a quarter of 67.23.
    expect(ben.locator(".figure").filter(has_text="Waits")).to_contain_text("€33.62")
    readable(ben)

    happens(REFUNDED)
    ben.reload()
    expect(ben.locator(".figure").filter(has_text="Waits")).to_contain_text("€16.81")

    happens(PAID)
    ben.reload()
    expect(ben.locator(".figure").filter(has_text="Paid out so far")).to_contain_text("€16.81")
    ben.get_by_role("link", name="€16.81").click()
    expect(ben.get_by_role("heading", name="€16.81")).to_be_visible()
    expect(ben.get_by_role("row").filter(has_text="Journey scarf")).to_have_count(3)
    with ben.expect_download() as statement:
        ben.get_by_role("link", name="PDF").click()
    assert statement.value.path().read_bytes().startswith(b"%PDF-")
    readable(ben)

    mei.goto(f"{stack.url}/sell/money/")
    expect(mei.get_by_role("row", name=re.compile("^@ben"))).to_be_visible()
    readable(mei)
