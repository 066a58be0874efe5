"""Paying when it does not go smoothly: refused, asked again by the bank, slow, broken down."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack

READY = """
from accounts.models import User
from commerce.models import Cart, Product, Variant
from tests.commerce.factories import make_address, make_product
mei, ana = User.objects.get(username="mei"), User.objects.get(username="ana")
Cart.objects.filter(person=ana).delete()
if not ana.addresses.exists():
    make_address(ana, is_default=True)
found = Product.objects.filter(shop=mei.shop, title="Journey cup").first()
variant = found.variants.get() if found else make_product(mei.shop, title="Journey cup")[1]
Variant.objects.filter(pk=variant.pk).update(stock=50)
print(variant.pk)
"""
# The provider answers again, and the job looks that a journey does not wait for.
UP_AGAIN = """
from commerce.models import Payment, TestCharge
from commerce.payments import paying, port
TestCharge.objects.update(down_until=None)
payment = Payment.objects.latest("pk")
paying.note(payment, port.provider(payment.provider).look(payment))
"""


@pytest.fixture
def happens(stack: Stack):
    """What the journey does not press: a program that runs beside the server; what it prints."""

    def run(program: str) -> str:
        return stack.do(program)

    return run


@pytest.fixture
def at_the_provider(visit: Visit, happens):
    """Ana has ordered a cup: the page on which she pays."""

    def go(**options: bool) -> Page:
        variant = happens(READY).split()[-1]
        ana = visit("ana", f"/checkout/?variant={variant}", **options)
        ana.get_by_role("button", name="Order and pay").click()
        ana.wait_for_url("**/pay/test/**")
        return ana

    return go


def choose(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def says(page: Page, words: str) -> None:
    """Within its time, without a press; and nothing is cut off at the side."""
    expect(page.get_by_role("heading", name=words)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_refused_card_is_tried_again(at_the_provider):
    ana = at_the_provider(phone=True)
    choose(ana, "The bank refuses")
    says(ana, "That did not work")
    expect(ana.get_by_text("Your bank refused the payment. Nothing was charged.")).to_be_visible()

    choose(ana, "Try again")
    ana.wait_for_url("**/pay/test/**")
    choose(ana, "Pay")
    says(ana, "Paid. Thank you!")


def test_the_bank_asks_whether_it_is_them(at_the_provider):
    ana = at_the_provider()
    choose(ana, "Pay, and the bank asks again")
    expect(ana.get_by_role("heading", name="Your bank asks: is that you?")).to_be_visible()
    choose(ana, "Yes, confirm")
    says(ana, "Paid. Thank you!")


def test_a_slow_bank_is_waited_for(at_the_provider):
    ana = at_the_provider(phone=True, theme="dark")
    choose(ana, "Pay, and the bank is slow")
    says(ana, "Your bank is asked…")
    says(ana, "Paid. Thank you!")  # nothing is pressed


def test_a_provider_that_breaks_down_loses_nothing(at_the_provider, happens):
    ana = at_the_provider()
    choose(ana, "Pay, then the service breaks down for a while")
    ana.wait_for_url("**/pay/*/?back")
    happens(UP_AGAIN)
    says(ana, "Paid. Thank you!")
