"""Who may watch and do what: decided on the page, felt by others in their own browsers."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.pages import newest_video
from tests.e2e.stack import Stack


def _save(page: Page, video: str) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(video)


def test_a_sensitive_video_waits_for_the_viewers_word_and_is_not_there_for_a_teen(
    visit: Visit, stack: Stack
):
    ana = visit("ana")
    video = newest_video(ana, "ana")
    ana.goto(f"{video}edit/")
    ana.get_by_role("switch", name=re.compile("Sensitive")).check()
    ana.get_by_role("switch", name=re.compile("Made with AI")).check()
    _save(ana, video)
    expect(ana.get_by_text("AI-made")).to_be_visible()
    expect(ana.get_by_role("button", name="Watch anyway")).to_have_count(0)

    ben = visit("ben", video, phone=True)
    expect(ben.get_by_text("Sensitive video")).to_be_visible()
    expect(ben.locator("video.clip__video")).to_have_count(0)
    ben.wait_for_load_state("networkidle")  # until its script listens
    ben.get_by_role("button", name="Watch anyway").click()
    expect(ben.locator(".clip.is-playing")).to_be_visible()

    teo = visit("teo", video)
    expect(teo.locator(".clip")).to_have_count(0)

    ana.goto(f"{video}edit/")
    ana.get_by_role("switch", name=re.compile("Sensitive")).uncheck()
    ana.get_by_role("switch", name=re.compile("Made with AI")).uncheck()
    _save(ana, video)


def test_chosen_friends_watch_and_others_do_not(visit: Visit, stack: Stack):
    ana = visit("ana")
    video = newest_video(ana, "ana")
    ana.goto(f"{video}edit/")
    audience = ana.get_by_label("Who can watch")
    audience.select_option("chosen")
    _press_save_in_vain(ana)
    ana.get_by_label(re.compile("@ben")).check()
    expect(ana.get_by_text("1 person")).to_be_visible()
    _save(ana, video)

    ben, mei = visit("ben", video), visit("mei", video)
    expect(ben.locator(".clip")).to_be_visible()
    expect(mei.locator(".clip")).to_have_count(0)

    ana.goto(f"{video}edit/")
    audience.select_option("public")
    _save(ana, video)


def _press_save_in_vain(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Choose at least one friend who can watch it.")).to_be_visible()


def test_comments_are_turned_off_on_the_page_and_for_whoever_reads_it(visit: Visit, stack: Stack):
    ana = visit("ana", phone=True)
    video = newest_video(ana, "ana")
    ana.goto(f"{video}edit/")
    ana.get_by_label("Who can comment").select_option("no_one")
    _save(ana, video)

    ben = visit("ben", video)
    expect(ben.get_by_text("Comments are turned off here.")).to_be_visible()

    ana.goto(f"{video}edit/")
    ana.get_by_label("Who can comment").select_option("everyone")
    _save(ana, video)
