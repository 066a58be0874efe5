"""The feed: why a video is there, less of it, one's own wishes, and finding what one looks for."""

import json

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit

WHY = "Why you see this video"
KEEP_BEACON = """
() => {
  navigator.sendBeacon = (url, form) => {
    window.told = [url, form.get("events")];
    return true;
  };
}
"""


def test_every_clip_says_why_and_takes_a_no(visit: Visit):
    mei = visit("mei", phone=True)
    clip = mei.locator(".clip.is-playing")
    shown = clip.get_attribute("data-id")
    reason = clip.locator(".clip__why")
    expect(reason).to_be_visible()

    reason.click()
    sheet = mei.get_by_role("dialog", name=WHY)
    expect(sheet.locator(".why__sentence")).not_to_be_empty()
    sheet.get_by_role("button", name="This video").click()

    expect(sheet).to_be_hidden()
    expect(mei.locator(".toast", has_text="less of this")).to_be_visible()
    expect(mei.locator(f'.clip.is-playing:not([data-id="{shown}"])')).to_have_count(1)
    mei.reload()
    expect(mei.locator(".clip.is-playing")).to_have_count(1)
    expect(mei.locator(f'.clip[data-id="{shown}"]')).to_have_count(0)


def test_what_was_watched_is_told_when_the_page_is_left(visit: Visit):
    ana = visit("ana")
    ana.evaluate(KEEP_BEACON)
    first = ana.locator(".clip.is-playing").get_attribute("data-id")
    _wait_until_played(ana, 1.0)
    ana.keyboard.press("ArrowDown")
    expect(ana.locator(f'.clip.is-playing:not([data-id="{first}"])')).to_have_count(1)

    ana.evaluate("dispatchEvent(new Event('pagehide'))")

    url, events = ana.evaluate("window.told")
    event = next(one for one in json.loads(events) if one["video"] == first)
    assert (url, event["source"]) == ("/api/v1/watch/", "for_you")
    assert event["watched_ms"] >= 900


def _wait_until_played(page: Page, seconds: float) -> None:
    page.wait_for_function(
        "seconds => document.querySelector('.clip.is-playing video')?.currentTime > seconds",
        arg=seconds,
    )


def test_a_feed_without_a_profile_is_one_setting_away(visit: Visit):
    zoe = visit("zoe")
    zoe.locator(".clip.is-playing .clip__why").click()
    zoe.get_by_role("link", name="Your feed").click()

    zoe.get_by_role("textbox", name="Word").fill("kettle")
    zoe.get_by_role("button", name="Mute", exact=True).click()
    expect(zoe.get_by_role("button", name="Take back: kettle")).to_be_visible()
    zoe.get_by_role("switch", name="Learn from what I watch").uncheck()
    zoe.get_by_role("button", name="Save").click()

    expect(zoe.get_by_role("switch", name="Learn from what I watch")).not_to_be_checked()
    zoe = visit("zoe")
    zoe.locator(".clip.is-playing .clip__why").click()
    expect(zoe.get_by_role("dialog", name=WHY)).to_contain_text("nothing you did was used")


def test_a_slip_of_the_finger_still_finds(visit: Visit):
    ana = visit("ana", "/discover/", phone=True)
    topic = ana.locator(".discover__topics .chip").first.inner_text().split()[0].lstrip("#")
    wrong = topic[:-2] + topic[-1]

    ana.get_by_role("searchbox", name="Search").press_sequentially(wrong)

    expect(ana.locator(".discover__tabs")).to_be_visible()
    expect(ana.locator(f"#found a[href*='{topic}']").first).to_be_visible()
    expect(ana.locator("#found .grid__one").first).to_be_visible()
    assert "q=" in ana.url
