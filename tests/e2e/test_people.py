"""Signing up, following, asking to talk, and what the young are spared, done in a browser."""

import re
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack


def sign_up(page: Page, username: str, birth_date: str) -> None:
    page.get_by_label("Email").fill(f"{username}@medley.example")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password", exact=True).fill("long and unlikely 7")
    page.get_by_label("Birth date").fill(birth_date)
    page.get_by_role("button", name="Create account").click()


def test_a_newcomer_signs_up_finds_somebody_and_sends_one_request(visit: Visit, stack: Stack):
    username = f"new{uuid4().hex[:8]}"
    hello = f"Hello, I love the meadow, {username}"
    newcomer, mei = visit(path="/accounts/signup/", phone=True), visit("mei", "/inbox/")

    sign_up(newcomer, username, "1996-04-03")
    newcomer.wait_for_url(lambda url: "/signup" not in url)
    newcomer.goto(f"{stack.url}/discover/?q=mei")
    newcomer.get_by_role("link", name="Mei Tanaka").first.click()
    newcomer.get_by_role("button", name="Follow Mei Tanaka").click()
    expect(
        newcomer.get_by_role("button", name=re.compile("Stop following Mei Tanaka"))
    ).to_be_visible()
    newcomer.get_by_role("button", name="Message", exact=True).click()
    newcomer.locator(".talk > .composer textarea[name=body]").fill(hello)
    newcomer.get_by_role("button", name="Send", exact=True).click()
    expect(newcomer.locator(".talk__closed[data-waiting]")).to_be_visible()

    mei.goto(f"{stack.url}/inbox/requests/")
    row = mei.locator(".asks__one", has_text=hello)
    row.get_by_role("button", name="Accept", exact=True).click()
    expect(mei.locator(".talk > .composer textarea[name=body]")).to_be_visible()
    mei.locator(".talk > .composer textarea[name=body]").fill("Thank you!")
    mei.get_by_role("button", name="Send", exact=True).click()

    expect(newcomer.locator(".message__body", has_text="Thank you!")).to_be_visible()
    expect(newcomer.locator(".talk > .composer textarea[name=body]")).to_be_visible()


def test_a_child_is_refused_and_a_second_date_does_not_help(visit: Visit):
    username = f"kid{uuid4().hex[:8]}"
    page = visit(path="/accounts/signup/")

    sign_up(page, username, "2020-01-01")
    expect(page.get_by_text("You cannot open an account right now.")).to_be_visible()
    expect(page.get_by_label("Username")).to_have_value(username)
    page.get_by_label("Password", exact=True).fill("long and unlikely 7")
    page.get_by_label("Birth date").fill("1990-01-01")
    page.get_by_role("button", name="Create account").click()

    expect(page.get_by_text("You cannot open an account right now.")).to_be_visible()


def test_who_is_under_sixteen_has_no_inbox(visit: Visit, stack: Stack):
    sam = visit("sam")

    expect(sam.get_by_role("link", name="Discover")).to_be_visible()
    expect(sam.get_by_role("link", name=re.compile("^Inbox"))).to_have_count(0)
    answer = sam.goto(f"{stack.url}/inbox/")
    assert answer is not None
    assert answer.status == 403
    expect(sam.get_by_text("Messages are not available for your account yet.")).to_be_visible()


def test_hearts_and_comments_reach_the_video(visit: Visit, stack: Stack):
    words = f"so calm {uuid4().hex[:6]}"
    zoe = visit("zoe", "/@mei/")

    zoe.locator(".grid__one").first.click()
    like = zoe.locator("[data-like] button")
    before = like.get_attribute("aria-pressed")
    like.click()
    expect(like).to_have_attribute("aria-pressed", "false" if before == "true" else "true")
    comments = zoe.locator(".app__dock .comments")
    comments.get_by_label("Add a comment").fill(words)
    comments.get_by_role("button", name="Post comment").click()

    expect(zoe.locator(".comment", has_text=words)).to_be_visible()
    zoe.reload()
    expect(zoe.locator(".comment", has_text=words).first).to_be_visible()


def test_signed_out_people_watch_and_are_asked_to_log_in_to_act(visit: Visit):
    page = visit(path="/", phone=True)

    expect(page.locator("[data-clip]").first).to_be_visible()
    page.wait_for_function("() => document.querySelector('.clip video')?.currentTime > 0.2")
    page.get_by_role("link", name="Log in to like").first.click()

    expect(page.get_by_role("button", name="Log in", exact=True)).to_be_visible()


def test_a_wrong_file_is_refused_in_words_and_the_caption_stays(visit: Visit, tmp_path):
    playlist = tmp_path / "holiday.mp4"
    playlist.write_text("#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n")
    page = visit("ana", "/upload/")

    page.locator("#id_file").set_input_files(playlist)
    page.get_by_label("Caption").fill("Our holiday")
    page.get_by_role("button", name="Post").click()

    expect(page.get_by_role("alert")).to_contain_text("This is not a video we can read")
    expect(page.get_by_label("Caption")).to_have_value("Our holiday")
