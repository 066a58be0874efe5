"""axe-core finds nothing on the shop's pages, nor on those of family, privacy, reports; keys alone
make a purchase, and right to left nothing runs out of the window."""

import re
from collections.abc import Iterable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, Visit
from tests.e2e.keys import press_until
from tests.e2e.shop_screens import fill_cart, start_group, to_product
from tests.e2e.stack import Stack
from tests.e2e.test_accessibility import violations

LOOKS = pytest.mark.parametrize(("phone", "theme"), [(True, "dark"), (False, "light")])
BUYING = [
    "/shop/",
    "/shop/?q=linen",
    "/shops/mei-makes/",
    "/shop/wishlist/",
    "/cart/",
    "/checkout/?currency=EUR",
    "/settings/addresses/",
    "/orders/",
    "/shop/earnings/",
    "/shop/showcase/",
    "/shop/earn/",
    "/sell/apply/",
]
SAFE = [
    "/settings/family/",
    "/settings/privacy/",
    "/settings/privacy/as/",
    "/settings/reports/",
    "/settings/decisions/",
    "/settings/screen-time/",
    "/settings/data/",
    "/settings/devices/",
    "/activity/",
]
SELLING = [
    "/sell/",
    "/sell/orders/",
    "/sell/returns/",
    "/sell/products/",
    "/sell/products/new/",
    "/sell/money/",
    "/sell/affiliates/",
    "/sell/settings/",
    "/sell/shipping/",
    "/sell/staff/",
    "/sell/coupons/",
    "/sell/sales/",
    "/sell/import/",
]


def is_narrow(page: Page) -> bool:
    """Nothing has to be pushed aside to be read."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def found_on(page: Page, stack: Stack, paths: Iterable[str], phone: bool) -> dict[str, list[str]]:
    """What is wrong, by page; pages without fault are left out."""
    wrong = {}
    for path in paths:
        page.set_viewport_size(PHONE if phone else DESKTOP)  # axe makes it as tall as the page
        page.goto(stack.url + path, wait_until="networkidle")  # a plot makes the page longer
        wrong[path] = violations(page) + ([] if is_narrow(page) else ["wider than the window"])
    return {path: found for path, found in wrong.items() if found}


@LOOKS
def test_axe_finds_nothing_where_one_buys(visit: Visit, stack: Stack, phone: bool, theme: str):
    page = visit("ana", "/shop/", phone=phone, theme=theme, reduced_motion="reduce")
    fill_cart(page, stack.url)
    start_group(page, stack.url)
    group = page.url.removeprefix(stack.url)
    to_product(page, stack.url, "Linen shirt")
    product = page.url.removeprefix(stack.url).partition("?")[0]
    page.goto(f"{stack.url}/orders/")
    order = page.locator(".orders__link", has_text="Delivered").first.get_attribute("href") or ""

    more = [product, f"{product}reviews/", f"{product}questions/", order, f"{order}return/", group]

    assert found_on(page, stack, [*BUYING, *more, *SAFE], phone) == {}


@LOOKS
def test_axe_finds_nothing_where_one_sells(visit: Visit, stack: Stack, phone: bool, theme: str):
    page = visit("mei", "/sell/products/", phone=phone, theme=theme, reduced_motion="reduce")
    product = page.locator('main a[href*="/sell/products/0"]').first.get_attribute("href") or ""
    page.goto(f"{stack.url}/sell/orders/?state=")
    sale = page.locator(".orders__link").first.get_attribute("href") or ""

    more = [product, f"{product}together/", sale]

    assert found_on(page, stack, [*SELLING, *more], phone) == {}


def test_right_to_left_nothing_runs_out_of_the_window(visit: Visit, stack: Stack):
    page = visit("mei", "/shop/", phone=True)
    fill_cart(page, stack.url)
    to_product(page, stack.url, "Postcards")
    product = page.url.removeprefix(stack.url)
    wide = []

    for path in (product, "/shop/", "/cart/", "/checkout/?currency=EUR", "/sell/", "/sell/orders/"):
        page.goto(stack.url + path)
        page.evaluate("document.documentElement.dir = 'rtl'")
        wide += [] if is_narrow(page) else [path]

    assert wide == []


def test_a_purchase_by_keys_alone(visit: Visit, stack: Stack):
    page = visit("ben", "/shop/")
    page.wait_for_load_state("networkidle")
    page.get_by_label("Search the shop").focus()
    page.keyboard.type("Sticker sheet")
    expect(page.get_by_role("heading", name="Results for “Sticker sheet”")).to_be_visible()
    press_until(page, "Tab", "Sticker sheet")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/products/"))
    page.wait_for_load_state("networkidle")
    press_until(page, "Tab", "^Buy now")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/checkout/"))

    if not page.get_by_role("radio", name="Rua da Rosa 18").count():
        press_until(page, "Tab", "Add an address")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/settings/addresses/"))
        for name, words in (("^Name", "Ben Okafor"), ("^Street", "Rua da Rosa 18")):
            press_until(page, "Tab", name)
            page.keyboard.type(words)
        for name, words in (
            ("^Postcode", "1200-386"),
            ("^Town", "Lisboa"),
            ("^Country", "Portugal"),
        ):
            press_until(page, "Tab", name)
            page.keyboard.type(words)
        press_until(page, "Tab", "^Save")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/checkout/"))

    press_until(page, "Tab", "^Order and pay")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/pay/test/"))
    press_until(page, "Tab", "^Pay$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Paid. Thank you!")).to_be_visible()


def test_a_dialog_holds_the_focus_and_gives_it_back(visit: Visit, stack: Stack):
    page = visit("ana", "/orders/")
    page.locator(".orders__link", has_text="Paid").first.click()
    page.wait_for_load_state("networkidle")
    opener = page.get_by_role("button", name="Cancel the order")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Cancel the order?")
    expect(dialog).to_be_visible()

    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
