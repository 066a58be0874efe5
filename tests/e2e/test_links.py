"""Links in conversations: found alike by both sides, shown as cards live, taken away by their
author."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.pages import live
from tests.e2e.stack import Stack
from tests.e2e.test_messenger_media import both

CASES = json.loads((Path(__file__).parents[1] / "links/cases.json").read_text())


def write(page: Page, words: str) -> None:
    composer = page.locator(".talk > .composer")
    composer.locator("textarea[name=body]").fill(words)
    composer.get_by_role("button", name="Send", exact=True).click()


def message(page: Page, mark: str) -> Locator:
    return page.locator(".message").filter(has=page.locator(".message__body", has_text=mark))


def test_the_browser_finds_the_links_that_the_server_finds(visit: Visit):
    page, _ben = both(visit)
    module = page.evaluate(
        "() => performance.getEntriesByType('resource').map(each => each.name)"
        ".find(name => /lib\\/linkify(\\.[0-9a-f]+)?\\.js$/.test(name))"
    )

    found = page.evaluate(
        "async ([module, all]) => { const { addressesIn } = await import(module);"
        " return all.map(words => addressesIn(words)"
        ".map(({ text, href, host }) => [text, href, host])); }",
        [module, [case["words"] for case in CASES]],
    )

    for case, links in zip(CASES, found, strict=True):
        assert [case["words"], [link[:2] for link in links]] == [case["words"], case["links"]]
        if "hosts" in case:
            assert [link[2] for link in links] == case["hosts"]


def test_a_link_to_a_video_of_ours_becomes_its_card_live_and_goes_when_its_author_says(
    visit: Visit, stack: Stack
):
    mark = uuid4().hex[:6]
    ana, ben = both(visit)
    feed = visit("ana", "/discover/")
    path = feed.locator('a[href^="/videos/"]').first.get_attribute("href") or ""
    address = f"{stack.url}{urlsplit(path).path}"

    write(ana, f"{mark} look {address}")

    for page in (ana, ben):
        card = message(page, mark).locator(".message__links .shared")
        expect(card.locator(".shared__title")).to_have_attribute("href", re.compile("^/videos/"))
    ben.reload()
    expect(message(ben, mark).locator(".message__links .shared__title")).to_be_visible()

    message(ana, mark).hover()
    message(ana, mark).locator('[data-act="menu"]').click()
    ana.get_by_role("button", name="Remove link preview").click()
    for page in (ana, ben):
        expect(message(page, mark).locator(".message__links")).to_be_hidden()
        expect(message(page, mark).locator(".message__body a")).to_have_attribute("href", address)
    ben.reload()
    expect(message(ben, mark).locator(".message__links")).to_be_hidden()


def test_topics_lead_to_their_pages(visit: Visit):
    mark = f"topic{uuid4().hex[:6]}"
    ana, ben = both(visit)

    write(ana, f"more #{mark} please")

    link = ben.locator(".message__body a", has_text=f"#{mark}")
    expect(link).to_have_attribute("href", f"/tags/{mark}/")
    ben.reload()
    expect(link).to_have_attribute("href", f"/tags/{mark}/")


def test_what_moderators_block_becomes_words_on_open_pages_however_many_links_a_message_has(
    visit: Visit, stack: Stack
):
    host = f"{uuid4().hex[:8]}.example"
    ana, ben = both(visit)
    live(ben)
    write(
        ana, f"one https://a.example two https://b.example three https://c.example https://{host}/x"
    )
    shown = message(ben, host)
    expect(shown.locator("a.outside")).to_have_count(4)

    stack.do(f"from accounts.actions import block_hosts; block_hosts(None, ['{host}'])")

    expect(shown.locator("a.outside")).to_have_count(3)
    expect(shown.locator(".message__body")).to_contain_text(f"https://{host}/x")
