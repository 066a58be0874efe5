"""What is shared follows its object, live in two browsers; voice and cards in channels; links."""

import re
import time
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Locator, Page, expect

from tests.chat.media_files import film as short_film
from tests.e2e.conftest import PASSWORD, Visit
from tests.e2e.stack import Stack
from tests.e2e.test_messenger_channels import follow, make_channel
from tests.e2e.test_messenger_media import both

API = "/api/v1"
GONE = "This video is not available to you."


def call(page: Page, stack: Stack, method: str, path: str, **options) -> dict:
    """What the page's person gets by REST."""
    token = page.locator('meta[name="csrf-token"]').get_attribute("content") or ""
    headers = {"X-CSRFToken": token, "Origin": stack.url, "Accept": "application/json"}
    answer = page.request.fetch(
        f"{stack.url}{API}{path}", method=method, headers=headers, **options
    )
    assert answer.ok, answer.text()
    return answer.json() if answer.body() else {}


def publish(page: Page, stack: Stack, caption: str) -> str:
    """A short film of theirs, once everybody can see it; its id."""
    file = {"name": "clip.mp4", "mimeType": "video/mp4", "buffer": short_film(seconds=2).read()}
    made = call(page, stack, "POST", "/videos/", multipart={"caption": caption, "file": file})
    for _try in range(120):
        if call(page, stack, "GET", f"/videos/{made['id']}/")["state"] == "published":
            return made["id"]
        page.wait_for_timeout(500)
    pytest.fail("the film was not published")


def share(page: Page, stack: Stack, video: str) -> None:
    """Into the conversation that the page shows."""
    conversation = re.search(r"/chat/([0-9a-f-]{36})/", page.url)
    assert conversation is not None
    said = {"client_id": str(uuid4()), "share": f"video:{video}"}
    call(page, stack, "POST", f"/conversations/{conversation[1]}/messages/", data=said)


def card(page: Page, video: str) -> Locator:
    return page.locator(f'.message .shared[data-id="{video}"]')


def anchors(body: Locator) -> list[dict[str, str]]:
    """Each link with all its attributes, in whatever order they were written."""
    return body.locator("a").evaluate_all(
        "all => all.map(a => Object.fromEntries([...a.attributes].map(b => [b.name, b.value])))"
    )


def one_time_code(stack: Stack) -> str:
    """Of the demo's moderator, whose secret the start prints."""
    found = re.search(r"TOTP secret\): (\w+)", (stack.data / "run.log").read_text())
    assert found is not None
    return format_hotp_value(hotp_value(found[1], int(time.time()) // 30))


def enter_the_admin(page: Page, stack: Stack) -> None:
    page.goto(f"{stack.url}/accounts/login/")
    page.get_by_label(re.compile("username or e|login", re.I)).fill("mod")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.locator("input[name=code]").fill(one_time_code(stack))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/accounts/" not in address)


def test_card_of_a_deleted_video_says_so_to_both_while_they_look(visit: Visit, stack: Stack):
    caption = f"Boats {uuid4().hex[:6]}"
    ana, ben = both(visit)
    video = publish(ana, stack, caption)
    share(ana, stack, video)
    for page in (ana, ben):
        expect(card(page, video).locator(".shared__title")).to_contain_text(caption)
    card(ben, video).get_by_role("button", name="Play").click()

    author = visit("ana", f"/videos/{video}/edit/", phone=True)
    author.once("dialog", lambda dialog: dialog.accept())
    author.get_by_role("button", name="Delete video").click()
    if author.get_by_role("dialog").is_visible():
        author.get_by_role("dialog").get_by_role("button", name="Delete").click()

    for page in (ana, ben):
        expect(card(page, video)).to_contain_text(GONE)
        expect(card(page, video).locator("video")).to_have_count(0)
    ben.reload()
    expect(card(ben, video)).to_contain_text(GONE)


def test_card_of_a_video_that_a_moderator_takes_down_says_so(visit: Visit, stack: Stack):
    caption = f"Kites {uuid4().hex[:6]}"
    ana, ben = both(visit)
    video = publish(ana, stack, caption)
    share(ana, stack, video)
    expect(card(ben, video).locator(".shared__title")).to_contain_text(caption)

    mod = visit()
    enter_the_admin(mod, stack)
    mod.goto(f"{stack.url}/admin/videos/video/?q={caption.replace(' ', '+')}")
    mod.locator("input[name=_selected_action]").first.check()
    mod.locator("select[name=action]").select_option("decide_on")
    mod.get_by_role("button", name="Run").click()
    mod.get_by_label("Remove it").check()
    mod.get_by_label("What the person reads").fill("It shows somebody's home.")
    mod.get_by_role("button", name="Decide", exact=True).click()

    for page in (ana, ben):
        expect(card(page, video)).to_contain_text(GONE)


def test_channel_has_voice_and_cards_live(visit: Visit, stack: Stack):
    handle = f"sound{uuid4().hex[:8]}"
    mei, ben = visit("mei"), visit("ben", phone=True)
    make_channel(mei, stack.url, handle)
    follow(ben, stack.url, handle)
    video = publish(mei, stack, f"Rain {handle}")

    mei.get_by_role("button", name="Record a voice message").click()
    expect(mei.locator(".recorder__clock")).to_have_text("0:01")
    mei.get_by_role("button", name="Send voice message").click()
    share(mei, stack, video)

    expect(card(ben, video).locator(".shared__title")).to_contain_text(f"Rain {handle}")
    voice = ben.locator(".message .voice")
    expect(voice.locator("[data-field=fresh]")).to_be_visible()
    voice.get_by_role("button", name="Play voice message").click()
    expect(voice).to_have_class(re.compile("is-playing"))
    expect(voice.locator("[data-field=fresh]")).to_be_hidden()
    card(ben, video).get_by_role("button", name="Play").click()
    ben.wait_for_function(
        "() => [...document.querySelectorAll('.shared video')].some(v => v.currentTime > 0.2)"
    )
    expect(ben.locator("[data-mic]")).to_be_hidden()
    ben.reload()
    expect(ben.locator(".message .voice [data-field=fresh]")).to_be_hidden()


def test_links_are_the_same_live_and_on_the_page(visit: Visit):
    mark = uuid4().hex[:6]
    words = (
        f"{mark} www.medley.example/a, https://аррӏе.com/login. https://bank.example@evil.example"
    )
    ana, ben = both(visit)
    composer = ana.locator(".talk > .composer")
    composer.locator("textarea[name=body]").fill(words)
    composer.get_by_role("button", name="Send", exact=True).click()

    body = ben.locator(".message__body", has_text=mark)
    expect(body.locator("a")).to_have_count(2)
    live = anchors(body)
    link = body.locator("a").nth(1)
    expect(link).to_have_attribute("data-host", "xn--80ak6aa92e.com")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow ugc")
    told = link.evaluate("node => getComputedStyle(node, '::after').content")
    assert "xn--80ak6aa92e.com" in told
    ben.reload()
    page = ben.locator(".message__body", has_text=mark)
    expect(page.locator("a")).to_have_count(2)
    assert anchors(page) == live


def test_video_is_reported_and_its_author_blocked_in_one_sheet(visit: Visit, stack: Stack):
    teo = visit("teo", phone=True)
    clip = teo.locator("[data-clip]").first
    clip.wait_for()
    # Before its script is there the link opens a page of its own.
    teo.wait_for_function(
        "() => ['lib/report', 'lib/sheets'].every(name => performance.getEntriesByType('resource')"
        ".some(each => each.name.includes(name) && each.responseEnd))"
    )
    clip.get_by_role("button", name="More", exact=True).click()
    teo.get_by_role("link", name="Report this video").first.click()
    sheet = teo.get_by_role("dialog", name="Report")
    sheet.get_by_text("Spam", exact=True).click()
    expect(sheet.get_by_text(re.compile("^Block .*, too$"))).to_be_visible()
    sheet.get_by_role("button", name="Report", exact=True).click()

    expect(sheet).to_contain_text("Thank you")
