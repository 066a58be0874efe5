"""What one is told of, live: the bell rings on all devices; what is read on one is on the other."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.e2e.test_accessibility import violations

FAN = "zoe"
# What is taken back and done again within a day is no news (accounts/notifications/lines.py).
A_DAY_LATER = """
from datetime import timedelta
from django.db.models import F
from accounts.models import NotificationActor
theirs = NotificationActor.objects.filter(actor__username="{name}")
theirs.update(at=F("at") - timedelta(hours=25))
"""


def bell(page: Page) -> Locator:
    """The number on the bell that is there to be seen: on the rail, or above the page."""
    return page.locator("[data-behaviour=activity-badge]").locator("visible=true")


def follow(fan: Page, stack: Stack, username: str, *, stop: bool = False) -> None:
    """By the profile's button; whoever follows already stops first."""
    fan.goto(f"{stack.url}/@{username}/")
    button = fan.locator("#profile-head .follow button")
    is_on = button.get_attribute("value") == "1"
    if is_on:
        button.click()
        expect(button).to_have_attribute("value", "0")
    if not stop:
        button.click()
        expect(button).to_have_attribute("value", "1")


def line_of(page: Page, words: str) -> Locator:
    return page.locator(".activity__row", has_text=words)


@pytest.fixture
def fan(visit: Visit, stack: Stack) -> Iterator[Page]:
    """Zoe, who does not follow Ben, before and after, and did not so today."""
    zoe = visit(FAN)
    follow(zoe, stack, "ben", stop=True)
    stack.do(A_DAY_LATER.format(name=FAN))
    yield zoe
    follow(zoe, stack, "ben", stop=True)


def clear(page: Page, stack: Stack) -> None:
    """All read: the badge begins at nothing."""
    page.goto(f"{stack.url}/activity/")
    button = page.get_by_role("button", name="Mark all as read")
    if button.is_visible():
        button.click()
    expect(page.locator(".activity__row.is-unread")).to_have_count(0)
    expect(bell(page)).to_have_count(0)


def test_the_bell_rings_and_what_is_read_is_read_everywhere(visit: Visit, stack: Stack, fan: Page):
    desk, phone = visit("ben"), visit("ben", phone=True)
    clear(desk, stack)
    desk.goto(f"{stack.url}/discover/")
    phone.goto(f"{stack.url}/inbox/")

    follow(fan, stack, "ben")

    for page in (desk, phone):
        expect(bell(page)).to_have_text(re.compile("1"))
        expect(page.locator(".toast", has_text="follows you")).to_be_visible()
    expect(desk).to_have_title(re.compile(r"^\(\d+\) "))

    phone.locator(".bell").locator("visible=true").click()
    expect(line_of(phone, "follows you").first).to_have_class(re.compile("is-unread"))
    expect(bell(desk)).to_have_count(0)

    desk.goto(f"{stack.url}/activity/")
    expect(line_of(desk, "follows you").first).to_have_class(re.compile("is-unread"))
    line_of(phone, "follows you").first.locator(".activity__line").click()
    phone.wait_for_url(f"**/@{FAN}/")
    expect(desk.locator(".activity__row.is-unread")).to_have_count(0)


def test_the_open_list_follows(visit: Visit, stack: Stack, fan: Page):
    ben = visit("ben")
    clear(ben, stack)

    follow(fan, stack, "ben")
    expect(ben.locator(".activity__row.is-unread")).to_have_count(1)
    expect(ben.locator(".toast")).to_have_count(0)
    expect(bell(ben)).to_have_count(0)

    follow(fan, stack, "ben", stop=True)
    expect(ben.locator(".activity__row.is-unread")).to_have_count(0)


def test_what_was_missed_is_there_after_the_line_is_back(visit: Visit, stack: Stack, fan: Page):
    ben = visit("ben")
    clear(ben, stack)
    ben.goto(f"{stack.url}/discover/")
    ben.wait_for_load_state("networkidle")
    ben.context.set_offline(True)

    follow(fan, stack, "ben")
    ben.context.set_offline(False)

    expect(bell(ben)).to_have_text(re.compile("1"))


def test_one_follows_back_right_there(visit: Visit, stack: Stack, fan: Page):
    ben = visit("ben", phone=True)
    follow(ben, stack, FAN, stop=True)
    clear(ben, stack)
    follow(fan, stack, "ben")

    row = ben.locator(".activity__row.is-unread")
    row.get_by_role("button", name="Follow back").click()

    expect(row.get_by_role("button", name="Friends")).to_be_visible()
    follow(ben, stack, FAN, stop=True)


def test_it_works_without_javascript(visit: Visit, stack: Stack, fan: Page):
    watching = visit("ben")
    clear(watching, stack)
    follow(fan, stack, "ben")
    expect(watching.locator(".activity__row.is-unread")).to_have_count(1)

    ben = visit("ben", "/activity/", java_script_enabled=False)
    ben.locator(".activity__row.is-unread .activity__line").click()
    ben.wait_for_url(f"**/@{FAN}/")
    ben.goto(f"{stack.url}/activity/")

    expect(ben.locator(".activity__row.is-unread")).to_have_count(0)


@pytest.mark.parametrize(("phone", "theme"), [(True, "light"), (False, "dark")])
def test_axe_finds_nothing(visit: Visit, stack: Stack, fan: Page, phone: bool, theme: str):
    ben = visit("ben", "/activity/", phone=phone, theme=theme, reduced_motion="reduce")
    follow(fan, stack, "ben")
    expect(ben.locator(".activity__row.is-unread").first).to_be_visible()

    assert violations(ben) == []
    ben.goto(f"{stack.url}/activity/?section=account")
    assert violations(ben) == []
