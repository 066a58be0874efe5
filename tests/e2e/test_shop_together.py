"""Buying together: a shop offers it, three people of a conversation fill a group while the others
look on, and are charged at once; or time runs out, and nobody pays."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.e2e.test_accessibility import violations
from tests.e2e.test_messenger_cards import call

# Mei sells a teapot of this run, the three have addresses, and there is a conversation of theirs.
READY = """
from accounts.models import Follow, User
from tests.chat.factories import make_group
from tests.commerce.factories import make_address, make_product
from tests.factories import befriend
mei, ana, ben, zoe = (User.objects.get(username=name) for name in ("mei", "ana", "ben", "zoe"))
for person in (ana, ben, zoe):
    if not person.addresses.exists():
        make_address(person, is_default=True)
if not Follow.objects.filter(follower=ana, followed=zoe).exists():
    befriend(ana, zoe)
product, _variant = make_product(mei.shop, title="{title}", price="30.00", stock=9)
print(product.pk, make_group(ana, ben, zoe, title="{title}").pk)
"""
SOON_OVER = """
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from accounts.ports import card_changed
from commerce.models import GroupBuy
group = GroupBuy.objects.get(product__title="{title}")
with transaction.atomic():
    GroupBuy.objects.filter(pk=group.pk).update(ends_at=timezone.now() + timedelta(seconds=25))
    card_changed("group_buy", group.pk)
"""
IS_LET_GO = """
import time
from commerce.models import Payment
held = Payment.objects.filter(purchase__group_buy__product__title="{title}")
held = held.exclude(state="released")
while held.exists():
    time.sleep(0.3)
"""


@pytest.fixture
def happens(stack: Stack) -> Callable[[str], str]:
    """What the journey does not press: a program that runs beside the server; what it prints."""

    def run(program: str) -> str:
        return stack.do(program)

    return run


class Teapot:
    """A product that Mei offers to three people at a fifth off, and where they talk about it."""

    def __init__(self, happens: Callable[[str], str]) -> None:
        self.title = f"Teapot {uuid4().hex[:6]}"
        self.id, self.talk = happens(READY.format(title=self.title)).split()[-2:]
        self.chat = f"/chat/{self.talk}/"

    def offer(self, mei: Page) -> None:
        mei.get_by_label("People").fill("3")
        mei.get_by_label("Percent off").fill("20")
        mei.get_by_label("Hours to fill it").fill("24")
        mei.get_by_role("button", name="Offer it").click()
        expect(mei.get_by_text("Offered now: 3 people, 20 % off, 24 h.")).to_be_visible()

    def group(self, page: Page) -> Locator:
        """The card of the group that was started."""
        return page.locator('.message .shared[data-kind="group_buy"]')

    def start(self, ana: Page, stack: Stack) -> None:
        """Ana shows the teapot to the others, and opens a group from its card."""
        said = {"client_id": str(uuid4()), "share": f"product:{self.id}"}
        call(ana, stack, "POST", f"/conversations/{self.talk}/messages/", data=said)
        product = ana.locator(f'.message .shared[data-id="{self.id}"]')
        product.get_by_role("button", name="3 together, 20 % off").click()
        expect(self.group(ana)).to_contain_text("0 of 3 in · 3 places left")


@pytest.fixture
def teapot(visit: Visit, happens) -> Teapot:
    teapot = Teapot(happens)
    teapot.offer(visit("mei", f"/sell/products/{teapot.id}/together/"))
    return teapot


def is_readable(page: Page) -> None:
    """Nothing is cut off at the side, and axe has nothing to say."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []


def join(page: Page, teapot: Teapot) -> Page:
    """From the card in a window of its own, through the provider's page; that window. Whoever is
    the last may have paid already when they are back."""
    group = page.context.new_page()
    href = teapot.group(page).get_by_role("link", name="Join").get_attribute("href")
    group.goto(re.sub(r"/chat/.*", href or "", page.url))
    is_readable(group)
    group.get_by_role("button", name="Join and pay when it is complete").click()
    expect(group.get_by_text("Your payment is only held.")).to_be_visible()
    group.get_by_role("button", name="Order and pay").click()
    group.wait_for_url("**/pay/test/**")
    group.get_by_role("button", name="Pay", exact=True).click()
    held_or_taken = re.compile("You are in|Paid. Thank you!")
    expect(group.get_by_role("heading", name=held_or_taken)).to_be_visible()
    return group


def test_three_people_of_a_conversation_buy_together(visit: Visit, stack: Stack, teapot, happens):
    ana = visit("ana", teapot.chat)
    ben = visit("ben", teapot.chat, phone=True, theme="dark")
    zoe = visit("zoe", teapot.chat)
    teapot.start(ana, stack)

    everybody = (ana, ben, zoe)
    for page in everybody:
        card = teapot.group(page)
        expect(card).to_contain_text("€24.00")
        title = card.locator(".shared__title").bounding_box()
        assert title is not None
        assert title["height"] < 30, "its name stands in a line of its own"
        expect(card.locator(".together__clock")).to_contain_text(re.compile(r"23:5\d:\d\d"))
        is_readable(page)

    windows = []
    said = ("1 of 3 in · 2 places left", "2 of 3 in · 1 place left")
    for page, words in zip(everybody, said, strict=False):
        windows.append(join(page, teapot))
        for other in everybody:
            expect(teapot.group(other)).to_contain_text(words)
    waiting = windows[1]
    windows[0].get_by_role("link", name="See the group").click()
    expect(windows[0].get_by_text("You are in.")).to_be_visible()
    is_readable(windows[0])
    join(zoe, teapot)

    expect(waiting.get_by_role("heading", name="Paid. Thank you!")).to_be_visible()
    for page in everybody:
        card = teapot.group(page)
        expect(card).to_contain_text("Complete: everybody gets the price")
        expect(card.get_by_role("link", name="Join")).to_be_hidden()
        expect(card.locator(".together__clock")).to_have_text("")
    expect(windows[0].get_by_text("Complete: everybody gets the price")).to_be_visible()

    for page in everybody:
        page.goto(f"{stack.url}/orders/")
        page.get_by_role("link").filter(has_text=re.compile("Mei")).first.click()
        expect(page.get_by_text(teapot.title)).to_be_visible()
        expect(page.get_by_text("Paid", exact=True).first).to_be_visible()
    mei = visit("mei", "/sell/orders/")
    expect(mei.locator(".orders__sale").filter(has_text=teapot.title)).to_have_count(3)


def test_nobody_pays_for_a_group_whose_time_runs_out(visit: Visit, stack: Stack, teapot, happens):
    ana = visit("ana", teapot.chat, phone=True)
    ben = visit("ben", teapot.chat)
    teapot.start(ana, stack)
    paying = join(ana, teapot)

    happens(SOON_OVER.format(title=teapot.title))
    expect(teapot.group(ben).locator(".together__clock")).to_contain_text(re.compile(r"0:[012]\d"))
    happens(IS_LET_GO.format(title=teapot.title))

    for page in (ana, ben):
        card = teapot.group(page)
        expect(card).to_contain_text("Not enough people joined in time. Nobody pays")
        expect(card.get_by_role("link", name="Join")).to_be_hidden()
        is_readable(page)
    paying.reload()
    expect(paying.get_by_role("heading", name="Nothing was charged")).to_be_visible()
    ana.goto(f"{stack.url}/orders/")
    expect(ana.get_by_text(teapot.title)).to_have_count(0)
