"""The shop as `make screenshots` shows it: each name with the way there, for ana who buys and for
mei who sells in the demo."""

import re
from uuid import uuid4

from playwright.sync_api import Page

from tests.e2e.video_screens import Way, at

HOME = {
    "name": "Ana García",
    "street": "Calle del Olmo 14",
    "postcode": "28012",
    "city": "Madrid",
    "country": "ES",
}


def to_product(page: Page, url: str, title: str) -> None:
    """A product's own page, as the shop finds it."""
    page.goto(f"{url}/shop/?q={title}")
    page.locator("#found").get_by_role("link", name=re.compile(title)).click()
    page.wait_for_url(re.compile("/products/"))


def ask(page: Page, url: str, path: str, **said: object) -> dict:
    """What the page's person gets by REST; with `said` they post it."""
    address = f"{url}/api/v1{path}"
    if not said:
        return page.request.get(address).json()
    token = page.locator('meta[name="csrf-token"]').get_attribute("content") or ""
    headers = {"X-CSRFToken": token, "Origin": url}
    return page.request.post(address, data=said, headers=headers).json()


def fill_cart(page: Page, url: str) -> None:
    """Things of three shops, and a place where they go."""
    page.goto(f"{url}/shop/")
    if not ask(page, url, "/me/addresses/"):
        ask(page, url, "/me/addresses/", **HOME)
    if ask(page, url, "/cart/")["count"]:
        return
    for title in ("Linen shirt", "Morning coffee", "Postcards"):
        to_product(page, url, title)
        page.get_by_role("button", name="Add to cart").click()
        page.wait_for_load_state()


def start_group(page: Page, url: str) -> str:
    """A group that buys bowls together: its id. Its own page is open."""
    to_product(page, url, "Breakfast bowl")
    page.get_by_role("button", name="Start a group buy").click()
    page.wait_for_url(re.compile("/shop/together/"))
    return page.url.rstrip("/").rpartition("/")[2]


def _product(page: Page, url: str) -> None:
    to_product(page, url, "Linen shirt")


def _cart(page: Page, url: str) -> None:
    fill_cart(page, url)
    page.goto(f"{url}/cart/")


def _checkout(page: Page, url: str) -> None:
    fill_cart(page, url)
    page.goto(f"{url}/checkout/?currency=EUR")


def _order(page: Page, url: str) -> None:
    page.goto(f"{url}/orders/")
    page.locator(".orders__link", has_text="Delivered").first.click()


def _tagged(page: Page, url: str) -> None:
    """A video in which something is sold, the list of it open."""
    page.goto(f"{url}/@mei/")
    for place in range(page.locator(".grid__one").count()):
        page.goto(f"{url}/@mei/")
        page.locator(".grid__one").nth(place).click()
        page.wait_for_selector(".clip.is-playing")
        page.wait_for_timeout(700)  # what is sold comes after the film
        if page.locator(".tags__all").count():
            page.locator(".tags__all").first.click()
            page.wait_for_selector("#products-sheet .met__row")
            return
    raise AssertionError("no video of Mei's shows a product")


def _group_buy(page: Page, url: str) -> None:
    """Its card where friends talk; it is sent there once."""
    page.goto(f"{url}/inbox/")
    page.get_by_role("link", name="Sunday crew").first.click()
    page.wait_for_selector(".message__body")
    talk = page.url
    if not page.locator('.shared[data-kind="group_buy"]').count():
        share = f"group_buy:{start_group(page, url)}"
        place = re.search("/chat/([^/]+)/", talk)
        assert place is not None
        said = {"client_id": str(uuid4()), "body": "Bowls, anybody?", "share": share}
        ask(page, url, f"/conversations/{place[1]}/messages/", **said)
        page.goto(talk)
    page.locator('.shared[data-kind="group_buy"]').last.wait_for()


SHOP_SCREENS: dict[str, Way] = {
    "shop": at("/shop/"),
    "product": _product,
    "seller": at("/shops/mei-makes/"),
    "in-video": _tagged,
    "cart": _cart,
    "checkout": _checkout,
    "order": _order,
    "group-buy": _group_buy,
    "earnings": at("/shop/earn/"),
}
SELLER_SCREENS: dict[str, Way] = {
    "seller-day": at("/sell/"),
    "seller-orders": at("/sell/orders/"),
    "seller-money": at("/sell/money/"),
}
