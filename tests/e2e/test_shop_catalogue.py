"""A seller makes a product and publishes it; a buyer finds it on a phone, chooses, and wishes."""

from uuid import uuid4

from playwright.sync_api import FilePayload, Page, expect

from config.demo.goods import draw
from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.e2e.test_accessibility import violations


def readable(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def make(mei: Page, title: str) -> None:
    """From nothing to a product with two sizes, of which one is gone."""
    mei.get_by_label("Name").fill(title)
    mei.get_by_label("Category").select_option("Home: Ceramics")
    mei.get_by_label("Price in EUR").fill("18.50")
    mei.get_by_label("How many you have").fill("3")
    mei.get_by_role("button", name="Begin").click()
    expect(mei.get_by_text("A photo is missing.")).to_be_visible()

    picture: FilePayload = {
        "name": "bowl.png",
        "mimeType": "image/png",
        "buffer": draw("mug", "#3f4a57", "#e6d9c7"),
    }
    mei.get_by_label("Add photos").set_input_files([picture])
    mei.get_by_role("button", name="Upload").click()
    expect(mei.get_by_role("button", name="Remove this photo")).to_be_visible()

    mei.get_by_label("Option").first.fill("Size")
    mei.get_by_label("Values").first.fill("small, large")
    mei.get_by_role("button", name="Make variants").click()
    mei.get_by_label("Price of large", exact=True).fill("24")
    mei.get_by_role("button", name="Save prices and stock").click()
    expect(mei.get_by_label("Price of large", exact=True)).to_have_value("24.00")


def test_from_a_draft_to_a_wishlist(visit: Visit, stack: Stack):
    title = f"Bowl {uuid4().hex[:8]}"
    mei = visit("mei", "/sell/products/new/")
    readable(mei)
    make(mei, title)
    readable(mei)
    mei.get_by_role("button", name="Publish").click()
    expect(mei.get_by_text("For sale", exact=True)).to_be_visible()

    ana = visit("ana", "/shop/", phone=True)
    readable(ana)
    ana.get_by_label("Search the shop").fill(title)
    expect(ana.get_by_role("heading", name=f"Results for “{title}”")).to_be_visible()
    ana.locator("#found").get_by_role("link", name=title).click()
    expect(ana.get_by_text("Only 3 left")).to_be_visible()
    readable(ana)

    ana.get_by_role("radio", name="large").check()
    expect(ana.locator("b[data-price]")).to_have_text("€24.00")
    expect(ana.get_by_role("button", name="Add to cart")).to_be_disabled()
    ana.get_by_role("button", name="Tell me when large is there").click()
    expect(ana.get_by_role("button", name="You hear when large is there")).to_be_visible()

    ana.get_by_role("button", name="Wish").click()
    expect(ana.get_by_role("button", name="On your wishlist")).to_be_visible()
    ana.goto(f"{stack.url}/shop/wishlist/")
    expect(ana.get_by_role("link", name=title)).to_be_visible()
    readable(ana)

    mei.get_by_role("button", name="Archive").click()
    expect(mei.get_by_text("Archived", exact=True)).to_be_visible()
    ana.reload()
    expect(ana.get_by_role("link", name=title)).to_have_count(0)
