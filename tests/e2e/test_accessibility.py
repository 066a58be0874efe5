"""axe-core finds nothing on any page, phone or desktop, light or dark; the keyboard reaches all."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, Visit
from tests.e2e.keys import press_until
from tests.e2e.pages import live
from tests.e2e.stack import Stack

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = {
    "feed": "/",
    "discover": "/discover/",
    "upload": "/upload/",
    "inbox": "/inbox/",
    "requests": "/inbox/requests/",
    "new conversation": "/chat/new/",
    "profile": "/@mei/",
    "settings": "/settings/",
    "insights": "/insights/",
    "sounds": "/sounds/",
    "drafts": "/drafts/",
    "saved": "/saved/",
    "history": "/history/",
    "feed settings": "/settings/feed/",
    "comment filter": "/settings/comments/",
    "notification settings": "/settings/notifications/",
    "following": "/?tab=following",
    "group": "group",
    "video": "video",
    "download": "download",
    "sound": "sound",
    "editor": "editor",
    "collection": "collection",
}


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds by all its rules of WCAG, or by these alone: each with where it stands."""
    _unroll(page)
    page.evaluate(AXE)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    found = page.evaluate(
        "only => axe.run(document, {runOnly: only}).then(result => result.violations)", only
    )
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def _unroll(page: Page) -> None:
    """The window as tall as its page: axe takes a control for small of which the tab bar covers a
    part, though one has only to scroll."""
    size = page.viewport_size
    assert size is not None
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({**size, "height": max(size["height"], height)})


def open_named(page: Page, stack: Stack, name: str) -> None:
    if name == "group":
        page.goto(f"{stack.url}/inbox/")
        page.get_by_role("link", name="Sunday crew").first.click()
        expect(page.locator(".message__body").first).to_be_visible()
    elif name in {"video", "download"}:
        page.goto(f"{stack.url}/@mei/")
        page.locator(".grid__one").first.click()
        expect(page.locator("[data-clip]")).to_be_visible()
        if name == "download":
            page.goto(f"{page.url}download/")
    elif name == "sound":
        page.goto(f"{stack.url}/sounds/")
        page.locator(".sound__words").first.click()
        page.wait_for_url(re.compile(r"/sounds/.+"))
    elif name == "editor":
        page.goto(f"{stack.url}/drafts/")
        page.get_by_role("button", name="New video").click()
        page.wait_for_url(re.compile(r"/drafts/.+"))
    elif name == "collection":
        page.goto(f"{stack.url}/collections/")
        page.get_by_role("textbox", name="Name of a new collection").fill("Lakes")
        page.get_by_role("button", name="Create", exact=True).click()
        page.wait_for_url(re.compile(r"/collections/.+"))
    else:
        page.goto(stack.url + PAGES[name])


@pytest.mark.parametrize(("phone", "theme"), [(True, "light"), (False, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit: Visit, stack: Stack, name: str, phone: bool, theme: str):
    page = visit("ana", "/settings/", phone=phone, theme=theme, reduced_motion="reduce")

    open_named(page, stack, name)

    assert violations(page) == []


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/accounts/signup/", "/nothing-here/"])
def test_axe_finds_nothing_signed_out(visit: Visit, path: str):
    page = visit(path=path, phone=True, reduced_motion="reduce")

    assert violations(page) == []


def test_the_feed_is_walked_by_keys(visit: Visit):
    page = visit("ana")
    expect(page.locator(".clip.is-playing")).to_have_count(1)
    first = page.locator(".clip.is-playing").get_attribute("data-id")

    page.keyboard.press("ArrowDown")

    page.wait_for_function(
        "first => document.querySelector('.clip.is-playing')?.dataset.id !== first", arg=first
    )


def test_one_signs_in_and_writes_to_a_group_by_keys_alone(visit: Visit):
    words = f"by keys {uuid4().hex[:6]}"
    page = visit(path="/inbox/")
    press_until(page, "Tab", "^Username")
    page.keyboard.type("ben")
    press_until(page, "Tab", "^Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"localhost:\d+/inbox/$"))

    press_until(page, "Tab", "Sunday crew")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/chat/"))
    live(page)
    press_until(page, "Tab", "^Message Sunday crew")
    page.keyboard.type(words)
    page.keyboard.press("Enter")

    expect(page.locator(".message--mine", has_text=words)).to_be_visible()
