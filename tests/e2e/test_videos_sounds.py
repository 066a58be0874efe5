"""Sounds and remixes as people meet them: heard, kept, used, and made into a duet."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit


def track(page: Page) -> Locator:
    """The first of the library: those lifted out of videos share their name."""
    return page.locator(".sound").filter(has_not_text="Original sound").first


def sound_page(page: Page) -> None:
    """From the library to the page of one of its tracks."""
    track(page).locator(".sound__words").click()
    expect(page.get_by_role("button", name="Use this sound")).to_be_visible()


def test_a_sound_is_found_by_words_and_heard_where_it_stands(visit: Visit):
    ana = visit("ana", "/sounds/", phone=True)
    first = track(ana).locator(".sound__name").inner_text()

    # The rows that come take the place of those that stand there, the playing one too.
    with ana.expect_response(re.compile(r"/sounds/\?q=")):
        ana.get_by_label("Search sounds").fill(first)
    expect(ana.locator(".sound")).to_have_count(1)
    play = ana.get_by_role("button", name=f"Play {first}")
    play.click()

    expect(play).to_have_attribute("aria-pressed", "true")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "false")


def test_words_that_nothing_has_are_answered_kindly(visit: Visit):
    page = visit("", "/sounds/?q=zzzz")

    expect(page.get_by_role("heading", name="No sound like that")).to_be_visible()


@pytest.mark.parametrize("phone", [True, False])
def test_a_sound_is_kept_and_waits_in_the_list(visit: Visit, phone: bool):
    ben = visit("ben", "/sounds/", phone=phone)
    sound_page(ben)
    name = ben.get_by_role("heading", level=1).inner_text()
    save = ben.get_by_role("button", name=f"Save {name}")
    before = save.get_attribute("aria-pressed")

    save.click()
    expect(save).not_to_have_attribute("aria-pressed", before or "")
    if before == "true":
        save.click()
        expect(save).to_have_attribute("aria-pressed", "true")

    ben.goto(ben.url.split("/sounds/")[0] + "/sounds/?list=saved")
    expect(ben.locator(".sound__name", has_text=name)).to_be_visible()


def test_using_a_sound_begins_a_draft_with_it(visit: Visit):
    ana = visit("ana", "/sounds/")
    sound_page(ana)

    ana.get_by_role("button", name="Use this sound").click()

    ana.wait_for_url(re.compile(r"/drafts/[0-9a-f-]{36}/"))


def test_a_clip_leads_to_its_sound_and_to_what_can_be_made_with_it(visit: Visit):
    ben = visit("ben", phone=True)
    clip = ben.locator(".clip.is-playing")
    expect(clip).to_have_count(1)

    clip.get_by_role("link", name="Remix").click()
    sheet = ben.locator("#remix-sheet")
    expect(sheet.get_by_role("heading", name="Make something with it")).to_be_visible()
    sheet.locator("summary", has_text="Stitch").click()
    expect(sheet.get_by_role("button", name="Stitch it")).to_be_visible()
    sheet.get_by_role("button", name="Duet").click()

    ben.wait_for_url(re.compile(r"/drafts/[0-9a-f-]{36}/"))


def test_a_stitch_begins_from_the_page_without_a_sheet(visit: Visit):
    ben = visit("ben")
    address = ben.locator(".clip.is-playing .clip__remix").get_attribute("href")
    ben.goto(ben.url.rstrip("/") + (address or ""))

    ben.locator("summary", has_text="Stitch").click()
    ben.get_by_label(re.compile("From second")).fill("1.5")
    ben.get_by_label(re.compile("Length in seconds")).fill("2")
    expect(ben.get_by_label("Length in seconds 2.0")).to_be_visible()
    ben.get_by_role("button", name="Stitch it").click()

    ben.wait_for_url(re.compile(r"/drafts/[0-9a-f-]{36}/"))
