"""Watching beside one's people: the dock, one tap to send on, a page that stands still."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack

# Every shift: how much of the page moved how far (Layout Instability API), and what moved.
SHIFTS = """
window.shifts = [];
const named = node => node?.outerHTML?.slice(0, 120) ?? node?.textContent ?? "something gone";
new PerformanceObserver(list => list.getEntries()
  .filter(entry => !entry.hadRecentInput)
  .forEach(entry => window.shifts.push([entry.value, entry.sources.map(one => named(one.node))])))
  .observe({type: "layout-shift", buffered: true});
"""
# A quarter of what counts as good (web.dev/articles/cls): on a full machine what is said live
# arrives while the page still comes.
STANDS_STILL = 0.025


@pytest.mark.parametrize("phone", [True, False])
def test_nothing_moves_while_the_feed_loads(visit: Visit, phone: bool):
    """On a slow line the page comes in pieces, and the fonts behind it."""
    page = visit("ana", "/settings/", phone=phone)
    page.add_init_script(SHIFTS)
    _slow_down(page)

    page.goto(page.url.replace("/settings/", "/"))
    expect(page.locator(".clip.is-playing")).to_have_count(1)
    page.wait_for_load_state("networkidle")

    shifts = page.evaluate("window.shifts")
    assert sum(value for value, _what in shifts) < STANDS_STILL, shifts


def _slow_down(page: Page) -> None:
    """400 KB a second, 150 ms away, nothing kept from before, half the processor."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line = {"latency": 150, "downloadThroughput": 400 * 1024, "uploadThroughput": 400 * 1024}
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **line})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 2})


def test_a_clip_is_sent_on_by_one_tap_and_arrives_in_the_docked_conversation(
    visit: Visit, stack: Stack
):
    _speak_in_the_crew(visit)
    ana = visit("ana")
    clip = ana.locator(".clip.is-playing")
    shown = clip.get_attribute("data-id")
    expect(ana.locator(".dock")).to_contain_text("Sunday crew")

    clip.get_by_role("button", name="Send to Sunday crew").click()

    expect(ana.locator(f'.dock .shared[data-id="{shown}"]').last).to_be_visible()
    expect(ana.locator(".toast", has_text="Sent")).to_be_visible()


def _speak_in_the_crew(visit: Visit) -> None:
    """The dock shows where somebody spoke last, and other journeys speak elsewhere."""
    ana = visit("ana", "/inbox/")
    ana.get_by_role("link", name="Sunday crew").first.click()
    ana.wait_for_selector("[data-behaviour~=conversation]")
    ana.locator(".talk > .composer textarea[name=body]").fill("coming, everybody?")
    ana.locator(".talk > .composer").get_by_role("button", name="Send", exact=True).click()
    expect(ana.locator(".message__body", has_text="coming, everybody?").last).to_be_visible()


def test_one_talks_in_the_dock_while_the_video_plays(visit: Visit, stack: Stack):
    ana = visit("ana")
    expect(ana.locator(".clip.is-playing")).to_have_count(1)

    ana.locator(".dock .talk > .composer textarea[name=body]").fill("watching this now")
    ana.locator(".dock").get_by_role("button", name="Send", exact=True).click()

    expect(ana.locator(".dock .message__body", has_text="watching this now").last).to_be_visible()
    expect(ana.locator(".clip.is-playing")).to_have_count(1)
