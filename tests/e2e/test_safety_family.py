"""A guardian and a teenager, each on their own device: paired by a code, a day that ends and goes
on, unlinked."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack

DAY_OVER = "That is today’s time"
SIGN = "A guardian is linked to your account"


@pytest.fixture
def unlinked(visit: Visit, stack: Stack):
    """Whatever a journey did, nobody is linked and nothing narrowed after it."""
    yield
    page = visit("ana", "/settings/family/")
    for link in page.locator(".family__one a").all():
        call(page, "DELETE", f"me/family/{key_of(link.get_attribute('href') or '')}/")


def key_of(address: str) -> str:
    found = re.search(r"[0-9a-f-]{36}", address)
    assert found
    return found[0]


def call(page: Page, method: str, path: str, body: dict | None = None) -> None:
    """Over REST, as this person."""
    status = page.evaluate(
        """async ([method, path, body]) => (await fetch(`/api/v1/${path}`, {
            method, body: body && JSON.stringify(body),
            headers: {
                "Content-Type": "application/json",
                "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content,
            },
        })).status""",
        [method, path, body],
    )
    assert status < 300, status


def pair(guardian: Page, teen: Page, stack: Stack) -> None:
    """The guardian shows a code, the teenager enters it, reads and says yes."""
    guardian.goto(f"{stack.url}/settings/family/")
    guardian.get_by_role("button", name="Show a code").click()
    digits = guardian.locator(".family__number").inner_text()
    teen.goto(f"{stack.url}/settings/family/join/")
    teen.get_by_label("The code on the other device").fill(digits)
    teen.get_by_role("button", name="Go on").click()
    expect(teen.get_by_role("heading", name="What nobody sees")).to_be_visible()
    expect(guardian.locator(".family__one", has_text="Waits for their yes")).to_be_visible()
    teen.get_by_role("button", name="Yes, link us").click()
    expect(teen.get_by_role("heading", name="What your guardian sees")).to_be_visible()
    expect(guardian.locator(".family__one", has_text="You are the guardian")).to_be_visible()


def narrow(guardian: Page, minutes: str) -> None:
    guardian.locator(".family__one a").first.click()
    guardian.get_by_label("Minutes a day").fill(minutes)
    guardian.locator("form[action$='/tighten/'] button").click()
    expect(guardian.locator(".toast", has_text="Saved. It holds from now on.")).to_be_visible()


def test_a_family_pairs_by_a_code_and_a_day_ends_and_goes_on(
    visit: Visit, stack: Stack, unlinked: None
):
    ana, teo = visit("ana"), visit("teo", phone=True)
    pair(ana, teo, stack)
    teo.goto(f"{stack.url}/settings/")
    expect(teo.get_by_text(SIGN)).to_be_visible()
    teo.goto(f"{stack.url}/@teo/")
    expect(teo.get_by_text(SIGN)).to_be_visible()

    # Their first minute is counted; where the guardian says that one is enough, it was the last.
    teo.goto(f"{stack.url}/discover/")
    narrow(ana, "1")
    expect(teo.get_by_role("heading", name=DAY_OVER)).to_be_visible()
    assert teo.goto(f"{stack.url}/inbox/") is not None
    expect(teo.get_by_role("heading", name=DAY_OVER)).to_be_visible()

    teo.get_by_role("button", name="Ask for 15 more minutes").click()
    expect(teo.get_by_text("This page goes on as soon as your guardian answers.")).to_be_visible()
    waiting = ana.locator(".family__waiting", has_text="asks for 15 more minutes today")
    expect(waiting).to_be_visible()
    waiting.get_by_role("button", name="15 more minutes").click()

    expect(teo).to_have_url(f"{stack.url}/inbox/")
    expect(teo.get_by_role("heading", name="Inbox")).to_be_visible()


def test_a_teenager_ends_the_pairing_and_the_guardian_sees_it_at_once(
    visit: Visit, stack: Stack, unlinked: None
):
    ana, teo = visit("ana"), visit("teo", phone=True)
    pair(ana, teo, stack)
    ana.locator(".family__one a").first.click()
    expect(ana.get_by_role("heading", name="Talked with in the last 7 days")).to_have_count(0)
    expect(ana.get_by_text("Talked with in the last 7 days")).to_be_visible()
    teo.reload()
    expect(teo.locator(".family__looks time")).not_to_have_count(0)

    teo.on("dialog", lambda dialog: dialog.accept())
    teo.get_by_role("button", name="End it").click()

    expect(teo.get_by_text("Nobody is linked to you yet.")).to_be_visible()
    expect(ana.get_by_text("Nobody is linked to you yet.")).to_be_visible()
    teo.goto(f"{stack.url}/settings/")
    expect(teo.get_by_text(SIGN)).to_have_count(0)
