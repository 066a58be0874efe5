"""Products where people meet them: tagged in a video and tapped in the player; sold in a chat whose
two browsers see the price change."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.e2e.test_accessibility import violations
from tests.e2e.test_messenger_cards import call, publish
from tests.e2e.test_messenger_media import both

READY = """
from accounts.models import User
from commerce.models import Shop
from tests.commerce.factories import make_product, make_shop
mei = User.objects.get(username="mei")
shop = Shop.objects.filter(owner=mei).first() or make_shop(mei)
Shop.objects.filter(pk=shop.pk).update(state="open")
make_product(shop, title="Journey apron", price="32.00", stock=5)
"""
CHEAPER = """
from django.db import transaction
from djmoney.money import Money
from accounts.ports import card_changed
from commerce.models import Product
apron = Product.objects.filter(title="Journey apron").latest("created_at")
with transaction.atomic():
    apron.variants.update(price=Money("24.00", apron.shop.currency), compare_price=None)
    Product.objects.filter(pk=apron.pk).update(price_from="24.00")
    card_changed("product", apron.pk)
"""


@pytest.fixture
def happens(stack: Stack):
    """What the journey does not press: a program that runs beside the server."""

    def run(program: str) -> None:
        stack.do(program)

    return run


def apron_of(page: Page, stack: Stack) -> str:
    """The id of the product, as its shop lists it."""
    page.goto(f"{stack.url}/shop/of/mei/")
    link = page.get_by_role("link", name="Journey apron").first
    return (link.get_attribute("href") or "").split("/")[2]


def test_a_product_is_placed_in_a_video_and_met_there(visit: Visit, stack: Stack, happens):
    happens(READY)
    mei = visit("mei", "/inbox/")
    video = publish(mei, stack, "In the kitchen")
    mei.goto(f"{stack.url}/shop/videos/{video}/")
    row = mei.get_by_role("listitem").filter(has_text="Journey apron").first
    row.get_by_role("button", name="Add").click()
    mei.locator("[data-stage]").click(position={"x": 40, "y": 60})
    mei.get_by_role("button", name="Save").click()
    expect(mei.locator("[data-place]")).to_have_count(1)
    assert violations(mei) == []

    ana = visit("ana", f"/videos/{video}/", phone=True)
    tag = ana.get_by_role("link", name="Journey apron")
    expect(tag).to_be_visible()
    ana.get_by_role("button", name="1 product").click()
    expect(ana.locator("#products-sheet").get_by_text("€32.00")).to_be_visible()
    assert violations(ana) == []
    ana.keyboard.press("Escape")

    tag.click()
    ana.wait_for_url(f"**/products/*/?via=v:{video}")
    expect(ana.get_by_role("heading", name="Journey apron")).to_be_visible()


def test_a_card_in_a_chat_sells_and_its_price_follows(visit: Visit, stack: Stack, happens):
    happens(READY)
    ana, ben = both(visit)
    product = apron_of(visit("zoe"), stack)
    place = ana.url.split("/chat/")[1].split("/")[0]
    said = {"client_id": product, "share": f"product:{product}"}
    call(ana, stack, "POST", f"/conversations/{place}/messages/", data=said)

    cards = [page.locator(f'.message .shared[data-id="{product}"]') for page in (ana, ben)]
    for card in cards:
        expect(card).to_contain_text("€32.00")
    cards[1].get_by_role("button", name="Add to cart").click()
    expect(ben.get_by_text("In your cart")).to_be_visible()

    happens(CHEAPER)
    for card in cards:
        expect(card).to_contain_text("€24.00")


def test_the_seller_is_asked_about_a_product(visit: Visit, stack: Stack, happens):
    happens(READY)
    zoe = visit("zoe")
    product = apron_of(zoe, stack)
    zoe.goto(f"{stack.url}/products/{product}/")
    zoe.get_by_role("button", name="Message the seller").click()
    attached = zoe.locator("[data-attached]")
    expect(attached).to_contain_text("Journey apron")

    zoe.get_by_role("textbox", name="Message").fill("Does it come in green?")
    zoe.get_by_role("button", name="Send", exact=True).click()
    expect(attached).to_have_count(0)
    expect(zoe.locator(f'.message .shared[data-id="{product}"]')).to_be_visible()
