"""Beginning: a new group from the share sheet, a request that is reported, a reported message."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.pages import live
from tests.e2e.stack import Stack
from tests.e2e.test_messenger_polls import GROUP, open_group


def report(page: Page, reason: str) -> None:
    sheet = page.locator("dialog.sheet")
    sheet.get_by_text(reason, exact=True).click()
    sheet.get_by_role("button", name="Report", exact=True).click()


def sign_up(newcomer: Page) -> str:
    """Somebody whom nobody knows; answers their username."""
    username = f"new{uuid4().hex[:8]}"
    newcomer.get_by_label("Email").fill(f"{username}@medley.example")
    newcomer.get_by_label("Username").fill(username)
    newcomer.get_by_label("Password", exact=True).fill("long and unlikely 7")
    newcomer.get_by_label("Birth date").fill("1996-04-03")
    newcomer.get_by_role("button", name="Create account").click()
    newcomer.wait_for_url(lambda url: "/signup" not in url)
    return username


def ask_mei(newcomer: Page, stack: Stack, words: str) -> None:
    """From her profile: the one message that a request holds."""
    newcomer.goto(f"{stack.url}/@mei/")
    newcomer.get_by_role("button", name="Message", exact=True).click()
    newcomer.get_by_role("textbox", name="Message Mei Tanaka").fill(words)
    newcomer.get_by_role("button", name="Send", exact=True).click()
    expect(newcomer.locator(".talk__closed").first).to_be_visible()


def test_several_people_become_a_group_on_the_share_sheet(visit: Visit, stack: Stack):
    title = f"Meadow people {uuid4().hex[:6]}"
    ana, ben = visit("ana"), visit("ben", "/inbox/", phone=True)
    ana.goto(f"{stack.url}/@mei/")
    ana.locator(".grid__one").first.click()
    ana.wait_for_function("() => document.querySelector('.clip video')?.currentTime > 0.2")
    ana.get_by_role("button", name="Share", exact=True).click()
    sheet = ana.locator("#share-sheet")

    sheet.locator(".place", has_text="Ben Okafor").click()
    expect(sheet.get_by_text("New group with")).to_be_hidden()
    sheet.locator(".place", has_text="Mei Tanaka").click()
    sheet.get_by_text("New group with").click()
    sheet.get_by_label("Name of the group").fill(title)
    sheet.get_by_role("button", name="Make group and send").click()

    expect(ana.locator(".toast", has_text=title)).to_be_visible()
    row = ben.get_by_role("link", name=title)
    expect(row).to_be_visible()
    row.click()
    expect(ben.locator(".shared[data-kind=video]")).to_be_visible()


def test_a_request_is_reported_and_gone_and_its_sender_sees_only_sent(visit: Visit, stack: Stack):
    words = f"Buy my followers {uuid4().hex[:6]}"
    newcomer, mei = visit(path="/accounts/signup/", phone=True), visit("mei")
    username = sign_up(newcomer)
    ask_mei(newcomer, stack, words)

    mei.goto(f"{stack.url}/inbox/requests/")
    live(mei)  # its scripts listen: without them reporting is a page of its own
    asked = mei.locator(".asks__one", has_text=words)
    asked.get_by_role("link", name="Report").click()
    report(mei, "Spam")
    expect(mei.get_by_role("heading", name="Thank you")).to_be_visible()
    mei.keyboard.press("Escape")

    expect(asked).to_have_count(0)
    mei.goto(f"{stack.url}/settings/reports/")
    expect(mei.locator(".reports__one").first).to_contain_text(f"@{username}")
    newcomer.reload()
    expect(newcomer.get_by_text("Sent. You can write more once they accept.")).to_be_visible()


def test_an_accepted_request_holds_everything_at_once(visit: Visit, stack: Stack):
    words = f"We met at the lake {uuid4().hex[:6]}"
    newcomer, mei = visit(path="/accounts/signup/"), visit("mei", phone=True)
    sign_up(newcomer)
    newcomer.goto(f"{stack.url}/@mei/")
    newcomer.get_by_role("button", name="Message", exact=True).click()
    expect(newcomer.get_by_role("button", name="Stickers")).to_be_hidden()
    ask_mei(newcomer, stack, words)

    mei.goto(f"{stack.url}/inbox/requests/")
    asked = mei.locator(".asks__one", has_text=words)
    asked.get_by_role("button", name="Accept").click()

    expect(newcomer.get_by_role("button", name="Stickers")).to_be_visible()
    newcomer.get_by_role("button", name="Add something").click()
    for tool in ("Photos and videos", "Files", "Poll", "Watch together"):
        expect(newcomer.get_by_role("menuitem", name=tool)).to_be_visible()


def test_a_message_is_reported_from_its_menu(visit: Visit, stack: Stack):
    words = f"something rude {uuid4().hex[:6]}"
    ana, ben = visit("ana", phone=True), visit("ben")
    open_group(ana, stack)
    open_group(ben, stack)
    ana.get_by_role("textbox", name=f"Message {GROUP}").fill(words)
    ana.get_by_role("button", name="Send", exact=True).click()

    item = ben.locator(".message", has_text=words)
    expect(item).to_be_visible()
    item.hover()
    item.locator("[data-act=menu]").click()
    ben.locator("[data-menu]").get_by_role("button", name="Report").click()
    expect(ben.get_by_text("Block Ana García, too")).to_be_visible()
    report(ben, "Bullying or harassment")

    expect(ben.get_by_role("heading", name="Thank you")).to_be_visible()
