"""Which one of a product: a row for each option, the variants themselves without a script."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.e2e.test_accessibility import violations

MADE = """
from accounts.models import User
from commerce.models import Product
from tests.commerce.factories import make_product, make_shop, make_variant
mei = User.objects.get(username="mei")
mei.shop
product = Product.objects.filter(title="Journey kimono").first()
if product is None:
    product, first = make_product(mei.shop, title="Journey kimono", price="80.00", stock=3)
    Product.objects.filter(pk=product.pk).update(options=["Size", "Colour"])
    type(first).objects.filter(pk=first.pk).update(values=["S", "sand"])
    make_variant(product, values=["M", "sand"], price="80.00", stock=0)
    make_variant(product, values=["M", "brick"], price="85.00", stock=2)
print(product.pk)
"""


@pytest.fixture
def kimono(stack: Stack) -> str:
    """The path of its page: S only in sand, M sold out in sand."""
    return f"/products/{stack.do(MADE)}/"


def choice(page: Page, option: str, value: str) -> Locator:
    return page.get_by_role("group", name=option).get_by_role("radio", name=value, exact=True)


def test_one_option_after_the_other_leads_to_what_there_is(visit: Visit, kimono: str):
    ana = visit("ana", kimono, phone=True)
    expect(choice(ana, "Size", "S")).to_be_checked()
    expect(choice(ana, "Colour", "sand")).to_be_checked()
    assert violations(ana) == []

    choice(ana, "Size", "M").check()
    expect(choice(ana, "Colour", "sand")).to_be_checked()
    expect(ana.locator("[data-left]")).to_have_text("Sold out")
    expect(ana.get_by_role("button", name="Add to cart")).to_be_disabled()

    choice(ana, "Colour", "brick").check()
    expect(ana.locator("b[data-price]")).to_have_text("€85.00")
    expect(ana.locator("[data-left]")).to_have_text("Only 2 left")

    choice(ana, "Size", "S").check()  # there is no small one in brick
    expect(choice(ana, "Colour", "sand")).to_be_checked()
    expect(ana.locator("b[data-price]")).to_have_text("€80.00")

    choice(ana, "Colour", "sand").press("ArrowRight")
    expect(choice(ana, "Size", "M")).to_be_checked()
    ana.get_by_role("button", name="Add to cart").click()
    ana.wait_for_url("**/cart/")
    expect(ana.get_by_text("M / brick")).to_be_visible()


def test_without_a_script_each_variant_is_a_choice(visit: Visit, kimono: str):
    ben = visit("ben", kimono, java_script_enabled=False)

    ben.get_by_role("radio", name="M / brick").check()
    ben.get_by_role("button", name="Add to cart").click()

    expect(ben).to_have_url(re.compile("/cart/$"))
    expect(ben.get_by_text("M / brick")).to_be_visible()
