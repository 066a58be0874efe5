"""By the clock, live: a message for later, a reminder, a draft on two devices, timer, streak."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.e2e.test_messenger_media import choose, pictures
from tests.e2e.test_messenger_polls import ask

GROUP = "Sunday crew"


def open_talk(page: Page, stack: Stack, name: str) -> None:
    page.goto(f"{stack.url}/inbox/")
    named = page.locator(".row__name", has_text=re.compile(f"^{name}"))
    page.locator("a.row", has=named).first.click()
    expect(words_of(page)).to_be_visible()


def words_of(page: Page):
    return page.locator("form[data-behaviour~=composer] textarea[name=body]")


def say(page: Page, words: str) -> None:
    words_of(page).fill(words)
    page.get_by_role("button", name="Send", exact=True).click()


def bubble(page: Page, words: str):
    return page.locator(".message__body", has_text=words)


def seq_of(page: Page, words: str) -> str:
    return page.locator(".message[data-seq]", has_text=words).get_attribute("data-seq") or ""


def call(page: Page, method: str, path: str, body: dict) -> None:
    """Over REST, as this person: for times that nobody would choose by hand."""
    status = page.evaluate(
        """async ([method, path, body]) => (await fetch(`/api/v1/${path}`, {
            method, body: JSON.stringify(body),
            headers: {
                "Content-Type": "application/json",
                "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content,
            },
        })).status""",
        [method, path, body],
    )
    assert status < 300, status


def conversation_of(page: Page) -> str:
    found = re.search(r"/chat/([0-9a-f-]{36})/", page.url)
    assert found
    return found.group(1)


def soon(seconds: float = 2) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def menu_of(page: Page, words: str) -> None:
    bubble(page, words).click(button="right")


def test_a_message_is_written_now_and_sent_when_its_author_says_so(visit: Visit, stack: Stack):
    words = f"good morning {uuid4().hex[:6]}"
    ana, ben = visit("ana"), visit("ben", phone=True)
    open_talk(ana, stack, GROUP)
    open_talk(ben, stack, GROUP)

    words_of(ana).fill(words)
    ana.get_by_role("button", name="Send", exact=True).click(button="right")
    ana.locator(".when__choice", has_text="Tomorrow").click()
    expect(ana.locator(".toast", has_text="Scheduled: Tomorrow, 09:00")).to_be_visible()
    expect(words_of(ana)).to_have_value("")
    ana.get_by_role("link", name=re.compile("scheduled message")).click()
    waiting = ana.locator(".later__one", has_text=words)
    expect(waiting).to_contain_text("Tomorrow, 09:00")
    expect(bubble(ben, words)).to_have_count(0)
    waiting.get_by_role("button", name="Send now").click()

    expect(bubble(ben, words)).to_be_visible()
    expect(ana.locator(".later__one", has_text=words)).to_have_count(0)


def test_a_picture_and_a_poll_are_sent_later_too(visit: Visit, stack: Stack, tmp_path):
    words, question = f"the roof {uuid4().hex[:6]}", f"Which day? {uuid4().hex[:6]}"
    ana, ben = visit("ana"), visit("ben", phone=True)
    open_talk(ana, stack, GROUP)
    open_talk(ben, stack, GROUP)

    choose(ana, "photos", pictures(tmp_path, 1))
    words_of(ana).fill(words)
    ana.get_by_role("button", name="Send", exact=True).click(button="right")
    ana.locator(".when__choice", has_text="Tomorrow").click()
    expect(ana.locator(".tray__item")).to_have_count(0)
    expect(words_of(ana)).to_have_value("")
    ask(ana, question, ["Saturday", "Sunday"], press="Send later")
    ana.locator(".when__choice", has_text="Tomorrow").click()

    ana.get_by_role("link", name=re.compile("scheduled message")).click()
    for told in (words, question):
        waiting = ana.locator(".later__one", has_text=told)
        waiting.get_by_role("button", name="Send now").click()
        expect(waiting).to_have_count(0)

    expect(ben.locator(".message", has_text=words).locator(".tile__picture")).to_be_visible()
    expect(ben.locator(".poll", has_text=question)).to_be_visible()


def test_a_video_is_shared_later_from_its_sheet(visit: Visit, stack: Stack):
    words = f"for tomorrow {uuid4().hex[:6]}"
    ana, ben = visit("ana", phone=True), visit("ben")
    open_talk(ben, stack, GROUP)

    ana.goto(stack.url)
    ana.locator(".clip.is-playing [data-send]").first.click()
    sheet = ana.locator("#share-sheet")
    sheet.locator(".place", has_text=GROUP).click()
    sheet.get_by_label("Words to send with it").fill(words)
    sheet.get_by_text("Send later").click()
    sheet.get_by_role("button", name="Tomorrow").click()
    sheet.get_by_role("button", name="Schedule").click()

    ana.locator(".toast", has_text="Tomorrow, 09:00").get_by_role("link").click()
    waiting = ana.locator(".later__one", has_text=words)
    waiting.get_by_role("button", name="Send now").click()
    expect(ben.locator(".message", has_text=words).locator(".shared")).to_be_visible()


def test_a_scheduled_message_arrives_by_itself(visit: Visit, stack: Stack):
    words = f"by the clock {uuid4().hex[:6]}"
    ana, ben = visit("ana"), visit("ben")
    open_talk(ana, stack, GROUP)
    open_talk(ben, stack, GROUP)

    path = f"conversations/{conversation_of(ana)}/scheduled/"
    call(ana, "POST", path, {"body": words, "send_at": soon()})

    expect(bubble(ben, words)).to_be_visible(timeout=30_000)
    expect(bubble(ana, words)).to_have_count(1)


def test_a_reminder_comes_back_and_leads_to_the_message(visit: Visit, stack: Stack):
    words = f"do not forget {uuid4().hex[:6]}"
    ana, ben = visit("ana"), visit("ben", phone=True)
    open_talk(ana, stack, GROUP)
    open_talk(ben, stack, GROUP)
    say(ana, words)
    expect(bubble(ben, words)).to_be_visible()

    menu_of(ana, words)
    ana.get_by_role("button", name="Remind me").click()
    ana.locator(".when__choice", has_text="In 1 hour").click()
    expect(ana.locator(".toast", has_text="You will be reminded")).to_be_visible()
    place, conversation = seq_of(ana, words), conversation_of(ana)
    path = f"conversations/{conversation}/messages/{place}/reminder/"
    ana.goto(f"{stack.url}/chat/reminders/")
    expect(ana.locator(".later__one", has_text=words)).to_be_visible()
    call(ana, "PUT", path, {"remind_at": soon()})

    told = ana.locator(".toast", has_text=words)
    expect(told).to_be_visible(timeout=30_000)
    expect(ana.locator(".later__one.is-due", has_text=words)).to_be_visible()
    told.get_by_role("link", name="Open").click()
    expect(bubble(ana, words)).to_be_in_viewport()
    expect(ben.locator(".toast", has_text=words)).to_have_count(0)


def test_what_is_begun_on_one_device_goes_on_at_another(visit: Visit, stack: Stack):
    words = f"half a thought {uuid4().hex[:6]}"
    desk, phone, ben = visit("ana"), visit("ana", phone=True), visit("ben")
    open_talk(desk, stack, GROUP)
    open_talk(phone, stack, GROUP)
    ben.goto(f"{stack.url}/inbox/")

    words_of(phone).press_sequentially(words)

    expect(words_of(desk)).to_have_value(words)
    phone.goto(f"{stack.url}/inbox/")
    row = phone.locator("li[data-conversation]", has_text=GROUP)
    expect(row).to_contain_text(f"Draft {words}")
    expect(ben.locator("li[data-conversation]", has_text=GROUP)).not_to_contain_text(words)
    desk.get_by_role("button", name="Send", exact=True).click()
    expect(row).not_to_contain_text("Draft")


def test_messages_disappear_when_their_time_is_up(visit: Visit, stack: Stack):
    words = f"for a day {uuid4().hex[:6]}"
    ana, ben = visit("ana"), visit("ben")
    ben.clock.install()
    open_talk(ana, stack, "Ben")
    open_talk(ben, stack, "Ana")
    talk = ana.url
    ana.get_by_role("link", name="Settings of this conversation").click()
    ana.get_by_role("button", name="24 hours").click()
    expect(ana.get_by_role("button", name="24 hours")).to_have_attribute("aria-pressed", "true")

    expect(ben.locator("[data-timer]")).to_contain_text("24 hours")
    expect(ben.locator(".system").last).to_contain_text("disappear after 24 hours")
    ana.goto(talk)
    say(ana, words)
    expect(bubble(ben, words)).to_be_visible()
    ben.clock.fast_forward("25:00:00")
    expect(bubble(ben, words)).to_have_count(0)

    ana.goto(f"{talk}info/")
    ana.get_by_role("button", name="Off").first.click()
    expect(ben.locator("[data-timer]")).to_be_hidden()


def test_a_pair_sees_its_streak_until_one_of_them_has_it_off(visit: Visit, stack: Stack):
    mei = visit("mei")
    open_talk(mei, stack, "Ana")
    mei.get_by_role("link", name="Settings of this conversation").click()

    section = mei.locator(".clockwork", has_text="Streak")
    section.get_by_role("button", name="Off").click()
    expect(section.get_by_role("button", name="Off")).to_have_attribute("aria-pressed", "true")
    section.get_by_role("button", name="On", exact=True).click()
    expect(section.get_by_role("button", name="On", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
