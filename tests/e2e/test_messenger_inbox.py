"""One's own list: pins, mutes, archive, folders, search, settings; on several devices, live."""

import re
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.pages import live
from tests.e2e.stack import Stack

ANA, BEN, MEI = "Ana García", "Ben Okafor", "Mei Tanaka"


def row(page: Page, name: str) -> Locator:
    named = page.locator(".row__name", has_text=re.compile(f"^{re.escape(name)}$"))
    return page.locator(".inbox li[data-conversation]", has=named)


def choose(page: Page, name: str, *labels: str) -> None:
    """From the row's menu, as a right click opens it."""
    page.wait_for_load_state("networkidle")  # the script that opens the menu is there
    row(page, name).click(button="right")
    for label in labels:
        page.get_by_role("menuitem", name=label, exact=True).click()


def talk_with(page: Page, name: str) -> None:
    row(page, name).locator("a.row").click()
    expect(page.locator(".talk__title", has_text=name)).to_be_visible()


def keeps_at_once(page: Page) -> None:
    """The script has taken over the settings' form."""
    expect(page.locator("[data-own-button]")).to_be_hidden()


def switch(page: Page, name: str, *, is_on: bool) -> None:
    """A setting, kept at once."""
    keeps_at_once(page)
    box = page.get_by_label(re.compile(f"^{name}"))
    if box.is_checked() != is_on:
        box.set_checked(is_on)
        expect(page.locator("[data-own-kept]")).to_have_text("Kept")


def say(page: Page, words: str) -> None:
    page.locator(".composer textarea").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".message--mine", has_text=words).last).to_be_visible()


def test_what_one_decides_shows_on_one_s_other_devices(visit: Visit):
    desk, phone = visit("ana", "/inbox/"), live(visit("ana", "/inbox/", phone=True))
    expect(row(phone, MEI)).to_be_visible()

    choose(desk, MEI, "Pin to the top")
    expect(phone.locator(".inbox li[data-conversation]").first).to_contain_text(MEI)
    expect(row(phone, MEI)).to_have_attribute("data-pinned", "1")
    choose(desk, MEI, "Mute…", "For 8 hours")
    expect(row(phone, MEI).get_by_text(re.compile("^Muted until"))).to_be_attached()

    choose(desk, MEI, "Unmute")
    choose(desk, MEI, "Unpin")
    expect(row(phone, MEI)).to_have_attribute("data-muted", "0")
    expect(row(phone, MEI)).to_have_attribute("data-pinned", "0")


def test_the_menu_opens_by_key_and_marks(visit: Visit):
    ana = live(visit("ana", "/inbox/"))
    expect(row(ana, BEN)).to_be_visible()
    if row(ana, BEN).locator(".row:not(.is-unread)").count():
        choose(ana, BEN, "Mark as unread")
    expect(row(ana, BEN).locator(".row")).to_have_class(re.compile("is-unread"))

    row(ana, BEN).locator("a.row").focus()
    ana.keyboard.press("Shift+F10")
    expect(ana.get_by_role("menuitem", name="Mark as read")).to_be_focused()
    ana.keyboard.press("Enter")

    expect(row(ana, BEN).locator(".row")).not_to_have_class(re.compile("is-unread"))


def test_an_archived_conversation_comes_back_with_the_next_words(visit: Visit):
    ana, ben = visit("ana", "/inbox/"), visit("ben", "/inbox/")
    words = f"back from the archive {uuid4().hex[:6]}"

    choose(ana, BEN, "Archive")
    expect(row(ana, BEN)).to_have_count(0)
    talk_with(ben, ANA)
    say(ben, words)

    expect(row(ana, BEN)).to_contain_text(words)


def test_search_leads_to_the_place_and_from_match_to_match(visit: Visit, stack: Stack):
    ana = visit("ana", "/inbox/")
    rare = f"zephyr{uuid4().hex[:6]}"
    talk_with(ana, BEN)
    for number in range(3):
        say(ana, f"{rare} number {number}")

    found = ana.locator(".found__one", has_text=f"{rare} number 2")
    ana.goto(f"{stack.url}/inbox/")
    for _try in range(10):  # search is a few seconds behind
        ana.get_by_label("Search people and messages").fill(rare)
        ana.get_by_label("Search people and messages").press("Enter")
        ana.wait_for_load_state()
        if found.count():
            break
        ana.wait_for_timeout(1000)
    expect(found.locator("mark")).to_have_text(rare)
    found.click()
    expect(ana.locator(".message", has_text=f"{rare} number 2")).to_be_in_viewport()

    ana.wait_for_load_state("networkidle")  # until the page's scripts listen
    ana.get_by_role("button", name="Search in this conversation").click()
    field = ana.locator(".talk-find__field")
    field.fill(rare)
    expect(ana.locator("[data-find-count]")).to_have_text("1 of 3")
    field.press("Enter")
    expect(ana.locator("[data-find-count]")).to_have_text("2 of 3")
    field.press("Shift+Enter")
    expect(ana.locator("[data-find-count]")).to_have_text("1 of 3")
    field.press("Escape")
    expect(field).to_be_hidden()


def test_a_folder_is_made_filled_from_the_menu_and_dropped(visit: Visit, stack: Stack):
    ana = visit("ana", "/inbox/folders/")
    name = f"Film {uuid4().hex[:5]}"

    ana.get_by_label("New folder").fill(name)
    ana.get_by_role("button", name="Make folder").click()
    expect(ana.get_by_role("heading", name=name)).to_be_visible()
    ana.goto(f"{stack.url}/inbox/")
    choose(ana, MEI, "Folders…")
    ana.get_by_role("menuitemcheckbox", name=name).click()
    expect(row(ana, MEI)).to_have_attribute("data-folders", re.compile("."))
    ana.locator("[data-lists]").get_by_role("link", name=name).click()
    expect(ana.locator(".inbox li[data-conversation]")).to_have_count(1)
    expect(row(ana, MEI)).to_be_visible()

    ana.goto(f"{stack.url}/inbox/folders/")
    ana.locator(".folder-list").get_by_role("link", name=name).click()
    ana.get_by_role("button", name="Delete folder").click()
    expect(ana.locator(".folder-list", has_text=name)).to_have_count(0)


def test_look_and_nickname_are_one_s_own(visit: Visit):
    ana, other = visit("ana", "/inbox/"), visit("ana", "/inbox/")
    talk_with(ana, BEN)
    talk_with(other, BEN)

    live(other)
    ana.locator('.talk__head a[href$="/info/"]').last.click()
    keeps_at_once(ana)
    ana.locator('.swatch[data-colour="moss"]').click()
    ana.locator('.swatch--paper[data-wallpaper="dots"]').click()
    expect(other.locator(".talk")).to_have_attribute("data-colour", "moss")
    expect(other.locator(".talk")).to_have_attribute("data-wallpaper", "dots")
    ana.get_by_label("Nickname").fill("Benny")
    ana.get_by_label("Nickname").press("Tab")
    expect(other.locator(".talk__title")).to_have_text("Benny")
    expect(row(other, "Benny")).to_be_visible()

    ana.get_by_label("Nickname").fill("")
    ana.get_by_label("Nickname").press("Tab")
    ana.locator('.swatch[data-colour=""]').click()
    ana.locator('.swatch--paper[data-wallpaper=""]').click()
    expect(other.locator(".talk")).to_have_attribute("data-colour", "")


def test_who_hides_reading_is_not_shown_when_others_read(visit: Visit):
    ana, ben = visit("ana", "/inbox/"), visit("ben", "/inbox/")
    talk_with(ana, BEN)
    info = ana.url.split("?")[0].split("#")[0] + "info/"
    ana.goto(info)
    switch(ana, "Read receipts", is_on=False)
    ana.goto(info.replace("info/", ""))
    words = f"did you see this {uuid4().hex[:6]}"
    say(ana, words)
    ben.goto(ana.url)
    ben.locator(".message", has_text=words).scroll_into_view_if_needed()
    say(ben, "yes I did")
    expect(ana.locator(".message", has_text="yes I did").last).to_be_visible()

    expect(
        ana.locator(".message--mine", has_text=words).locator(".message__state")
    ).to_contain_text("Sent")
    ana.goto(info)
    switch(ana, "Read receipts", is_on=True)


def test_the_library_gathers_links(visit: Visit):
    ana = visit("ana", "/inbox/")
    address = f"https://medley.example/{uuid4().hex[:8]}"
    talk_with(ana, BEN)
    say(ana, f"read {address} please")

    ana.locator('.talk__head a[href$="/info/"]').last.click()
    ana.get_by_role("link", name="Media, links and files").click()
    ana.get_by_role("link", name="Links", exact=True).click()
    link = ana.locator(".shelf__link", has_text=address)
    for _try in range(10):
        if link.count():
            break
        ana.wait_for_timeout(1000)
        ana.reload()

    expect(link).to_be_visible()
