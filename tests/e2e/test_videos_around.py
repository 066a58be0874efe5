"""Around a video: what two people say under it, live in two browsers."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.pages import newest_video


def test_a_comment_is_written_liked_pinned_loved_and_answered(visit: Visit):
    ben = visit("ben", "/")
    address = newest_video(ben, "ana")
    ben.goto(address)
    ben.get_by_label("Add a comment").fill("where was this? 🌊")
    ben.get_by_role("button", name="Post comment").click()
    written = ben.locator(".comment", has_text="where was this?").first
    expect(written).to_be_visible()

    ana = visit("ana", address, phone=False)
    comment = ana.locator(".comment", has_text="where was this?").first
    comment.get_by_role("button", name="Like, 0 so far").click()
    expect(comment.get_by_role("button", name="Like, 1 so far")).to_have_attribute(
        "aria-pressed", "true"
    )
    comment.get_by_role("button", name="Your heart").click()
    expect(comment.get_by_role("button", name="Your heart")).to_have_attribute(
        "aria-pressed", "true"
    )
    comment.get_by_role("button", name="Pin", exact=True).click()
    expect(ana.locator(".comment").first).to_contain_text("Pinned")
    ana.locator(".comment").first.get_by_role("button", name="Reply", exact=True).click()
    ana.get_by_label("Add a comment").fill("at the lake, behind the mill")
    ana.get_by_role("button", name="Post comment").click()
    answered = ana.locator(".comments__list > li").first
    expect(answered).to_contain_text(re.compile("1 reply|behind the mill"))

    ben.reload()
    first = ben.locator(".comments__list > li").first
    expect(first).to_contain_text("Pinned")
    expect(first.get_by_text("Loved by the creator")).to_be_attached()
    first.get_by_role("link", name="View 1 reply").click()
    expect(first).to_contain_text("behind the mill")
    expect(first).to_contain_text("Creator")


def test_a_word_of_the_filter_holds_a_comment_until_it_is_let_through(visit: Visit):
    ana = visit("ana", "/settings/comments/")
    ana.get_by_label("Words").fill("pineapple")
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_text("Saved.")).to_be_visible()
    ben = visit("ben", "/", phone=True)
    address = newest_video(ben, "ana")
    ben.goto(address)
    ben.locator("[data-comments]").first.click()
    sheet = ben.locator("#comments-sheet")
    sheet.get_by_label("Add a comment").fill("pineapple belongs on it")
    sheet.get_by_role("button", name="Post comment").click()
    expect(sheet.get_by_text("Waits for the creator")).to_be_visible()

    ana.goto(address)
    ana.get_by_role("link", name="To be read").click()
    held = ana.locator(".comment", has_text="pineapple").first
    held.get_by_role("button", name="Let through").click()
    expect(ana.get_by_text("Nothing waits to be read.")).to_be_visible()

    zoe = visit("zoe", address)
    zoe.get_by_role("link", name="Newest").click()
    expect(zoe.locator(".comment", has_text="pineapple").first).to_be_visible()
    ana.goto(ana.url.split("/videos/")[0] + "/settings/comments/")
    ana.get_by_label("Words").fill("")
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_text("Saved.")).to_be_visible()
