"""A moderator at the desk: the next case, what was reported, a decision, and taking it back."""

import base64
import hashlib
import hmac
import json
import re
import struct
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, Visit
from tests.e2e.stack import Stack

QUEUE = "/admin/accounts/case/"


def code_of(secret: str) -> str:
    """The six digits of now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    place = digest[-1] & 0xF
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def secret_in(data: Path) -> str:
    """Morgan's, where the demo left it."""
    (secret,) = json.loads((data / "demo.json").read_text()).values()
    return secret


@pytest.fixture
def desk(visit: Visit, stack: Stack) -> Page:
    """Morgan, signed in with password and code, before the queue."""
    page = visit(path=f"/accounts/login/?next={QUEUE}")
    page.get_by_label(re.compile("username or e|login", re.I)).fill("mod")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("2fa/authenticate"))
    page.locator("input[name=code]").fill(code_of(secret_in(stack.data)))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(QUEUE))
    return page


def test_a_moderator_takes_a_case_decides_and_takes_it_back(desk: Page, stack: Stack):
    desk.goto(f"{stack.url}{QUEUE}?origin=report&kind=video")
    title = desk.locator("[data-row] .queue__title").first.inner_text()

    # The list, by keys: the first row is chosen and opened; before a claim nothing is shown.
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name=title)).to_be_visible()
    expect(desk.get_by_text("Only whoever holds the case sees")).to_be_visible()

    # Claimed, the film stands there, covered until it is asked for.
    desk.keyboard.press("c")
    expect(desk.get_by_text("Yours for")).to_be_visible()
    cover = desk.locator(".covered").first
    expect(cover).to_have_class(re.compile("is-covered"))
    cover.get_by_role("button", name="Show").click()
    expect(cover).not_to_have_class(re.compile("is-covered"))

    # What the person would read, then the decision.
    desk.get_by_label("Warn", exact=True).check()
    desk.get_by_label(re.compile("What the person reads")).fill("Ask who filmed it first.")
    desk.get_by_role("button", name="Preview what they read").click()
    expect(desk.locator("#preview")).to_contain_text("Ask who filmed it first.")
    desk.get_by_role("button", name="Decide", exact=True).click()
    expect(desk.get_by_text("Decided.", exact=True)).to_be_visible()

    # It was a mistake.
    desk.get_by_role("link", name="Decided", exact=True).click()
    desk.get_by_role("link", name=title).first.click()
    desk.get_by_text("Take it back", exact=True).first.click()
    desk.get_by_label(re.compile("Why")).first.fill("They filmed it themselves.")
    desk.get_by_role("button", name="Take it back").click()
    expect(desk.get_by_text("The decision is taken back.")).to_be_visible()


def test_everybody_reads_how_medley_is_moderated(visit: Visit):
    page = visit(path="/transparency/", phone=True)

    expect(page.get_by_role("heading", name="How we moderate, in numbers")).to_be_visible()
    expect(page.get_by_role("region", name="Reports by people, by reason")).to_be_visible()
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert page.evaluate(wide) is False
