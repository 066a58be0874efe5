"""Channels and fan groups in a browser: a creator posts and followers see it, react and reply; one
cannot write; a fan joins by rule."""

import re
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack


def make_channel(page: Page, url: str, handle: str) -> None:
    page.goto(f"{url}/chat/new/channel/")
    page.get_by_label("Name", exact=True).fill(f"Notes {handle}")
    page.get_by_label("Handle").fill(handle)
    page.get_by_role("button", name="Make the channel").click()
    expect(page.locator(".talk--channel")).to_be_visible()


def follow(page: Page, url: str, handle: str) -> None:
    page.goto(f"{url}/channels/{handle}/")
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.locator(".talk--channel")).to_be_visible()


def say(page: Page, words: str) -> None:
    page.locator(".talk > .composer textarea[name=body]").fill(words)
    page.locator(".talk > .composer").get_by_role("button", name="Send", exact=True).click()


def test_creator_posts_and_followers_see_it_live_and_react(visit: Visit, stack: Stack):
    handle, words = f"notes{uuid4().hex[:8]}", f"first light {uuid4().hex[:6]}"
    mei, ben, zoe = visit("mei"), visit("ben", phone=True), visit("zoe")
    make_channel(mei, stack.url, handle)
    for page in (ben, zoe):
        follow(page, stack.url, handle)

    say(mei, words)

    for page in (ben, zoe):
        expect(page.locator(".message__body", has_text=words)).to_be_visible()
    post = zoe.locator(".message", has_text=words)
    post.dblclick(position={"x": 90, "y": 40})
    for page in (mei, ben, zoe):
        reactions = page.locator(".message", has_text=words).locator("[data-field=reactions]")
        expect(reactions).to_contain_text("1")
    expect(post.locator("[data-field=reactions] .is-mine")).to_have_count(1)
    theirs = ben.locator(".message", has_text=words).locator("[data-field=reactions]")
    expect(theirs.locator(".is-mine")).to_have_count(0)
    assert "Zoe" not in ben.locator(".talk").inner_html()


def test_followers_cannot_write_and_see_nobody(visit: Visit, stack: Stack):
    handle = f"quiet{uuid4().hex[:8]}"
    mei, ben, zoe = visit("mei"), visit("ben"), visit("zoe", phone=True)
    make_channel(mei, stack.url, handle)
    follow(ben, stack.url, handle)
    follow(zoe, stack.url, handle)

    expect(ben.locator(".talk > .composer")).to_be_hidden()
    expect(ben.get_by_text("Only the hosts write here.")).to_be_visible()
    expect(zoe.locator("[data-names]")).to_contain_text("2 followers")
    expect(ben.locator("[data-here]")).to_be_hidden()
    ben.locator(".talk__who").click()
    expect(ben.get_by_role("heading", name="Hosts")).to_be_visible()
    expect(ben.get_by_text("@zoe")).to_have_count(0)
    mei.locator(".talk__who").click()
    mei.get_by_role("link", name=re.compile("^Followers")).click()
    expect(mei.get_by_text("@zoe")).to_be_visible()


def test_opened_replies_stand_under_the_post(visit: Visit, stack: Stack):
    handle, words = f"open{uuid4().hex[:8]}", f"ask me {uuid4().hex[:6]}"
    mei, ben = visit("mei"), visit("ben")
    make_channel(mei, stack.url, handle)
    mei.locator(".talk__who").click()
    mei.get_by_text("Followers may reply to posts").click()
    mei.locator("form", has_text="Followers may reply").get_by_role("button", name="Save").click()
    mei.get_by_role("link", name="Back to the channel").click()
    say(mei, words)
    follow(ben, stack.url, handle)

    ben.wait_for_load_state("networkidle")  # before the page's scripts listen it is a link
    ben.locator(".message", has_text=words).get_by_role("link", name="Reply", exact=True).click()
    panel = ben.get_by_role("complementary", name="Replies")
    panel.get_by_label("Your reply").fill("what time?")
    panel.get_by_role("button", name="Send").click()

    expect(panel.get_by_text("what time?")).to_be_visible()
    counted = mei.locator(".message", has_text=words).locator("[data-field=answers]")
    expect(counted).to_have_text(re.compile("1 reply"))
    counted.click()
    expect(
        mei.get_by_role("complementary", name="Replies").get_by_text("what time?")
    ).to_be_visible()


def test_fan_joins_once_the_rule_is_met(visit: Visit, stack: Stack):
    title = f"Inner {uuid4().hex[:6]}"
    ivo, zoe = visit("ivo", "/chat/new/fan-group/"), visit("zoe", phone=True)
    ivo.get_by_label("Name", exact=True).fill(title)
    ivo.get_by_label("for so many days").fill("0")
    ivo.get_by_label("They know a code").fill("open sesame")
    ivo.get_by_role("button", name="Make the group").click()
    expect(ivo.locator(".talk--group")).to_be_visible()

    zoe.goto(f"{stack.url}/@ivo/")
    if zoe.get_by_role("button", name=re.compile("Stop following")).count():
        zoe.get_by_role("button", name=re.compile("Stop following")).click()
        zoe.reload()
    zoe.get_by_role("link", name=re.compile(title)).click()
    expect(zoe.get_by_text("Follow Ivo Petrov")).to_be_visible()
    expect(zoe.get_by_role("button", name="Join")).to_be_disabled()
    zoe.get_by_role("link", name="Go to Ivo Petrov").click()
    zoe.get_by_role("button", name="Follow Ivo Petrov").click()
    expect(zoe.get_by_role("button", name=re.compile("Stop following"))).to_be_visible()
    zoe.get_by_role("link", name=re.compile(title)).click()
    zoe.get_by_label("Code").fill("open barley")
    zoe.get_by_role("button", name="Join").click()
    expect(zoe.get_by_role("alert")).to_contain_text("This is not the code")
    zoe.get_by_label("Code").fill("Open Sesame")
    zoe.get_by_role("button", name="Join").click()

    expect(zoe.locator(".talk--group")).to_be_visible()
    expect(ivo.locator(".system", has_text="joined")).to_be_visible()


def test_co_host_is_asked_and_posts(visit: Visit, stack: Stack):
    handle, words = f"both{uuid4().hex[:8]}", f"from me {uuid4().hex[:6]}"
    mei, ana = visit("mei"), visit("ana", phone=True)
    make_channel(mei, stack.url, handle)
    mei.locator(".talk__who").click()
    mei.get_by_role("link", name="Co-hosts").click()
    mei.get_by_role("button", name=re.compile("^Ask Ana")).click()
    expect(mei.get_by_text("Asked, no answer yet")).to_be_visible()

    ana.goto(f"{stack.url}/inbox/requests/")
    asked = ana.locator(".asks__one", has_text=f"Notes {handle}")
    asked.get_by_role("button", name="Host it").click()
    say(ana, words)
    mei.goto(ana.url)

    expect(mei.locator(".message__body", has_text=words)).to_be_visible()
    expect(mei.locator(".system", has_text="hosts this channel")).to_be_visible()
