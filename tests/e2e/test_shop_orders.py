"""A seller's day: a paid order is packed, sent, arrives, comes back in part and is paid back."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack

PAID = """
from accounts.models import User
from commerce.models import Shop
from tests.commerce.factories import make_product
from tests.commerce.orders import pay, place
mei, ana = User.objects.get(username="mei"), User.objects.get(username="ana")
_product, variant = make_product(mei.shop, title="Journey blanket", price="30.00")
print(pay(place(ana, (variant, 2))).pk)
"""


@pytest.fixture
def order_id(stack: Stack) -> str:
    """Ana has paid for two blankets: buying has a journey of its own."""
    return stack.do(PAID).split()[-1]


def is_readable(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_sellers_day_from_the_payment_to_a_part_refund(visit: Visit, order_id: str):
    mei = visit("mei", "/sell/orders/")
    mei.locator(f"a[href='/sell/orders/{order_id}/']").click()
    is_readable(mei)
    mei.get_by_role("button", name="It is packed").click()
    mei.get_by_label("Carrier").fill("CTT")
    mei.get_by_label("Tracking number").fill("RR1PT")
    mei.get_by_role("button", name="It is on its way").click()
    expect(mei.get_by_text("CTT RR1PT")).to_be_visible()

    ana = visit("ana", f"/orders/{order_id}/", phone=True)
    is_readable(ana)
    ana.get_by_role("button", name="It arrived").click()
    ana.get_by_role("link", name="Send something back").click()
    ana.get_by_label("Pieces of Journey blanket").select_option("1")
    ana.get_by_label("Why?").select_option("no_fit")
    ana.get_by_role("button", name="Ask the shop").click()
    expect(ana.get_by_text("Waits for the shop")).to_be_visible()

    mei.goto(mei.url)
    mei.get_by_role("button", name="Approve").click()
    ana.reload()
    ana.get_by_role("button", name="I sent it").click()
    mei.reload()
    mei.get_by_role("button", name="It came back: pay it back").click()
    expect(mei.get_by_text("€30.00 paid back")).to_be_visible()

    mei.get_by_text("Give money back").click()
    mei.get_by_label("Of the shipping").fill("4.90")
    mei.get_by_role("button", name="Give it back").click()
    expect(mei.get_by_text("€4.90 paid back")).to_be_visible()
    ana.reload()
    expect(ana.get_by_text("€34.90")).to_be_visible()
    is_readable(ana)
