"""Threads, mentions, pins, forwards and far places, by two or three people at once."""

import re
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit

CREW = "Sunday crew"


def open_crew(page: Page) -> Page:
    """The group in which Ana, Ben and Mei are, with its script at work."""
    page.locator(".row__name", has_text=CREW).first.click()
    expect(page.locator(".talk [data-list]").first).to_be_visible()
    # What the script binds for "@" in the same breath as all else.
    expect(page.locator(".composer textarea[aria-controls]").first).to_be_attached(timeout=60_000)
    return page


def say(page: Page, words: str) -> Locator:
    """Write it and see it stored."""
    field = page.locator(".composer textarea[name=body]").first
    field.fill(words)
    page.locator(".composer button[type=submit]").first.click()
    item = message(page, words)
    expect(item).not_to_have_class(re.compile("is-sending"))
    return item


def message(page: Page, words: str) -> Locator:
    """In the talk itself, not in a thread."""
    return page.locator("[data-log] .message", has_text=words).last


def choose(page: Page, item: Locator, entry: str) -> None:
    """From the message's menu, as with the right button."""
    item.locator(".message__said").click(button="right")
    page.locator(f'.talk [data-menu] [data-do="{entry}"]').click()


def test_a_thread_is_answered_live_and_stays_out_of_the_talk(visit: Visit):
    question, answer = f"who drives {uuid4().hex[:6]}", f"me, at seven {uuid4().hex[:6]}"
    ana, ben = open_crew(visit("ana", "/inbox/")), open_crew(visit("ben", "/inbox/", phone=True))

    root = say(ana, question)
    choose(ana, root, "thread")
    ana.locator("[data-thread-form] textarea").fill(answer)
    ana.locator("[data-thread-form] textarea").press("Enter")

    line = message(ben, question).locator(".message__thread")
    expect(line).to_contain_text("1 reply")
    line.click()
    expect(ben.locator("[data-thread] .message", has_text=answer)).to_be_visible()
    back = f"thank you {uuid4().hex[:6]}"
    ben.locator("[data-thread-form] textarea").fill(back)
    ben.locator("[data-thread-form] .round--send").click()

    expect(ana.locator("[data-thread] .message", has_text=back)).to_be_visible()
    expect(root.locator(".message__thread")).to_contain_text("2 replies")
    expect(ana.locator("[data-log] .message", has_text=back)).to_have_count(0)


def test_a_place_inside_a_thread_opens_the_thread_there(visit: Visit):
    mark = uuid4().hex[:6]
    ana = open_crew(visit("ana", "/inbox/"))
    root = say(ana, f"what to bring {mark}")
    choose(ana, root, "thread")
    form = ana.locator("[data-thread-form]")
    for words in (f"a torch {mark}", f"the tent {mark}"):
        form.locator("textarea").fill(words)
        form.locator("textarea").press("Enter")
    inside = ana.locator("[data-thread] .message", has_text=f"a torch {mark}")
    seq = inside.get_attribute("data-seq")

    choose(ana, inside, "reply")
    expect(form.locator("[data-thread-about]")).to_contain_text(f"a torch {mark}")
    form.locator("textarea").fill(f"two of them {mark}")
    form.locator("textarea").press("Enter")
    answer = ana.locator("[data-thread] .message", has_text=f"two of them {mark}")
    expect(answer.locator(".message__quote")).to_contain_text(f"a torch {mark}")
    expect(form.locator("[data-thread-about]")).to_be_hidden()

    ben = visit("ben", f"{urlsplit(ana.url).path}?around={seq}#message-{seq}", phone=True)
    found = ben.locator("[data-thread] .message", has_text=f"a torch {mark}").first
    expect(found).to_be_in_viewport()
    expect(ben.locator("[data-thread] .message.is-root")).to_contain_text(f"what to bring {mark}")


def test_a_mention_is_chosen_by_key_and_calls_its_person(visit: Visit):
    end = f"look at this {uuid4().hex[:6]}"
    ana = open_crew(visit("ana", "/inbox/"))
    mei = visit("mei", "/inbox/")

    field = ana.locator(".composer textarea[name=body]").first
    field.press_sequentially("hey @me")
    expect(ana.locator(".mention-list__one", has_text="Mei")).to_be_visible()
    field.press("Enter")
    expect(field).to_have_value("hey @mei ")
    field.press_sequentially(end)
    field.press("Enter")

    row = mei.locator(".rows li", has=mei.locator(".row__name", has_text=CREW))
    expect(row).to_contain_text(end)
    open_crew(mei)
    called = message(mei, end)
    expect(called).to_have_class(re.compile("is-calling"))
    expect(called.locator(".mention.is-me")).to_have_text("@mei")
    expect(called.locator(".mention.is-me")).to_have_attribute("href", "/@mei/")


def test_a_pin_is_seen_by_all_and_leads_to_its_message(visit: Visit):
    words = f"projector is booked {uuid4().hex[:6]}"
    ana, ben = open_crew(visit("ana", "/inbox/")), open_crew(visit("ben", "/inbox/", phone=True))

    item = say(ana, words)
    choose(ana, item, "pin")

    bar = ben.locator("[data-pin-bar]")
    expect(bar).to_contain_text(words)
    expect(ben.locator(".system", has_text="pinned a message").last).to_be_visible()
    bar.locator('[data-tool="show-pin"]').click()
    expect(message(ben, words)).to_be_in_viewport()
    ana.locator('[data-tool="all-pins"]').click()
    row = ana.locator(".sheet .pins__one", has_text=words)
    row.get_by_role("button", name="Unpin").click()
    expect(ben.locator("[data-pin-bar]", has_text=words)).to_have_count(0)


def test_chosen_messages_are_forwarded_with_their_origin(visit: Visit):
    one, two = f"first {uuid4().hex[:6]}", f"second {uuid4().hex[:6]}"
    ana, ben = open_crew(visit("ana", "/inbox/")), open_crew(visit("ben", "/inbox/"))

    say(ben, one)
    say(ben, two)
    expect(message(ana, two)).to_be_visible()
    choose(ana, message(ana, one), "select")
    message(ana, two).click()
    expect(ana.locator("[data-selection-count]")).to_have_text("2 chosen")
    ana.locator('[data-tool="select-forward"]').click()
    sheet = ana.locator("dialog.sheet")
    sheet.locator(".place", has_text="Ben Okafor").click()
    sheet.locator("[data-submit]").click()
    expect(ana.locator(".toast", has_text="Sent")).to_be_visible()

    ben.goto(ben.url.partition("/chat/")[0] + "/inbox/")
    ben.locator(".row__name", has_text="Ana García").first.click()
    for words in (one, two):
        copy = message(ben, words)
        expect(copy).to_be_visible()
        expect(copy.locator(".message__forwarded")).to_contain_text("Forwarded from Ben Okafor")


def test_a_far_place_opens_with_a_gap_that_fills_and_a_way_to_the_newest(visit: Visit):
    ana = open_crew(visit("ana", "/inbox/"))
    tag = uuid4().hex[:6]
    for number in range(60):
        say_quickly(ana, f"{tag} {number}")
    last = message(ana, f"{tag} 59")
    expect(last).not_to_have_class(re.compile("is-sending"))
    first_seq = message(ana, f"{tag} 0").get_attribute("data-seq")

    ana.goto(ana.url.partition("?")[0] + f"?around={first_seq}")
    expect(ana.locator(f"#message-{first_seq}")).to_be_in_viewport()
    expect(ana.locator("[data-jump]")).to_be_visible()
    ana.locator("[data-jump]").click()

    expect(message(ana, f"{tag} 59")).to_be_in_viewport()
    expect(ana.locator("[data-jump]")).to_be_hidden()


def say_quickly(page: Page, words: str) -> None:
    field = page.locator(".composer textarea[name=body]").first
    field.fill(words)
    field.press("Enter")


def test_earlier_words_and_who_reacted_are_told_to_those_who_may_know(visit: Visit):
    words = f"at eigth {uuid4().hex[:6]}"
    better = words.replace("eigth", "eight")
    ana, ben = open_crew(visit("ana", "/inbox/")), open_crew(visit("ben", "/inbox/"))

    item = say(ana, words)
    choose(ana, item, "edit")
    field = ana.locator(".composer textarea[name=body]").first
    field.fill(better)
    field.press("Enter")
    expect(message(ben, better)).to_have_class(re.compile("is-edited"))
    message(ben, better).locator(".message__said").click(button="right")
    ben.get_by_role("button", name="React with 🔥").click()
    expect(message(ana, better).locator(".reaction")).to_contain_text("1")

    choose(ana, message(ana, better), "earlier")
    expect(ana.locator(".sheet .edits__one").first).to_contain_text(words)
    ana.keyboard.press("Escape")
    choose(ana, message(ana, better), "reactors")
    expect(ana.locator(".sheet .reactors__one")).to_contain_text("Ben Okafor")
    ana.keyboard.press("Escape")
    message(ben, better).locator(".message__said").click(button="right")
    expect(ben.locator('.talk [data-menu] [data-do="earlier"]')).to_be_hidden()


def test_everything_is_done_by_keys_and_read_out_once(visit: Visit):
    words = f"by keys alone {uuid4().hex[:6]}"
    ana = open_crew(visit("ana", "/inbox/"))
    ana.evaluate(
        """window.added = [];
        new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach(
          (node) => node.matches?.(".message") && window.added.push(node.textContent)
        ))).observe(document.querySelector("[data-log] [data-list]"), { childList: true });"""
    )
    item = say(ana, words)
    expect(item).to_have_attribute("data-seq", re.compile(r"\d+"))
    assert len([each for each in ana.evaluate("window.added") if words in each]) == 1

    item.focus()
    ana.keyboard.press("Enter")
    menu = ana.locator("[data-menu]")
    expect(menu).to_be_visible()
    for _step in range(7):
        ana.keyboard.press("ArrowRight")
    expect(menu.get_by_role("button", name="More emoji")).to_be_focused()
    ana.keyboard.press("Enter")
    picker = ana.get_by_role("dialog", name="Emoji")
    expect(picker.get_by_role("searchbox")).to_be_focused()
    ana.keyboard.type("fire")
    ana.keyboard.press("ArrowDown")
    ana.keyboard.press("ArrowUp")
    expect(picker.get_by_role("searchbox")).to_be_focused()
    ana.keyboard.press("ArrowDown")
    ana.keyboard.press("Enter")

    expect(item.locator(".message__reactions button")).to_have_count(1)
    expect(picker).to_be_hidden()
    expect(item).to_be_focused()


def test_without_script_a_message_has_a_page_of_its_own(visit: Visit):
    words = f"plain words {uuid4().hex[:6]}"
    writing = open_crew(visit("ana", "/inbox/"))
    seq = say(writing, words).get_attribute("data-seq")
    address = writing.url.partition("//")[2].partition("/")[2]

    ana = visit("ana", f"/{address}message/{seq}/", java_script_enabled=False)
    ana.locator("textarea[name=body]").fill(f"{words} again")
    ana.get_by_role("button", name="Save").click()

    expect(message(writing, f"{words} again")).to_be_visible()
    ana.goto(ana.url.partition("?")[0] + f"message/{seq}/")
    ana.get_by_role("button", name="Unsend for everyone").click()
    expect(writing.locator(f"#message-{seq}")).to_have_class(re.compile("is-unsent"))
