"""Polls and cards that follow, live between two people."""

import re
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.pages import live
from tests.e2e.stack import Stack

GROUP = "Sunday crew"


def open_group(page: Page, stack: Stack) -> None:
    page.goto(f"{stack.url}/inbox/")
    page.get_by_role("link", name=GROUP).first.click()
    expect(page.get_by_role("textbox", name=f"Message {GROUP}")).to_be_visible()
    live(page)  # its script listens


def ask(page: Page, question: str, answers: list[str], *choices: str, press: str = "Ask") -> None:
    """Through the composer's sheet; there is always one field more than one filled in."""
    page.get_by_role("button", name="Add something").click()
    page.get_by_role("menuitem", name="Poll").click()
    form = page.locator(".poll-form")
    form.get_by_label("Question").fill(question)
    for number, text in enumerate(answers, start=1):
        form.get_by_label(f"Answer {number}", exact=True).fill(text)
    for choice in choices:
        form.get_by_text(choice).click()
    form.get_by_role("button", name=press).click()
    expect(form).to_have_count(0)


def poll(page: Page, question: str) -> Locator:
    return page.locator(".talk .poll", has_text=question)


def option(page: Page, question: str, text: str) -> Locator:
    return poll(page, question).get_by_role("button", name=re.compile(text))


def count(page: Page, question: str, text: str) -> Locator:
    return option(page, question, text).locator(".poll__count")


def test_two_people_ask_vote_change_their_minds_and_close(visit: Visit, stack: Stack):
    question = f"Which film opens? {uuid4().hex[:6]}"
    ana, ben = visit("ana"), visit("ben", phone=True)
    open_group(ana, stack)
    open_group(ben, stack)

    ask(ana, question, ["Meadow", "Balloon", "Chase"], "Others may add answers")
    option(ben, question, "Meadow").click()
    expect(count(ana, question, "Meadow")).to_have_text("1")
    option(ana, question, "Meadow").click()
    expect(count(ben, question, "Meadow")).to_have_text("2")
    option(ben, question, "Chase").click()
    expect(count(ana, question, "Chase")).to_have_text("1")
    expect(count(ana, question, "Meadow")).to_have_text("1")

    poll(ben, question).get_by_text("Add an answer").click()
    poll(ben, question).get_by_label("Your answer").fill("Rabbit")
    poll(ben, question).get_by_role("button", name="Add", exact=True).click()
    expect(option(ana, question, "Rabbit")).to_be_visible()

    poll(ana, question).get_by_text("Who voted").click()
    expect(ana.locator("dialog .voters")).to_contain_text("Ben Okafor")
    ana.keyboard.press("Escape")

    item = ana.locator(".talk .message", has_text=question)
    item.hover()
    item.locator("[data-act=menu]").click()
    ana.get_by_role("button", name="Close poll").click()
    expect(poll(ben, question)).to_contain_text("Closed")
    expect(option(ben, question, "Meadow")).to_be_disabled()


def test_results_that_are_hidden_are_nowhere_in_the_page(visit: Visit, stack: Stack):
    question = f"Who brings the cake? {uuid4().hex[:6]}"
    ana, ben = visit("ana"), visit("ben", phone=True)
    open_group(ana, stack)
    open_group(ben, stack)

    ask(ana, question, ["Ana", "Ben"], "Results once it is closed", "Nobody sees who voted")
    option(ben, question, "Ana").click()
    expect(option(ben, question, "Ana")).to_have_attribute("aria-pressed", "true")
    expect(poll(ana, question)).to_contain_text("1 voted")

    expect(count(ana, question, "Ana")).to_be_empty()
    expect(poll(ana, question).get_by_text("Who voted")).to_be_hidden()
    ana.reload()
    expect(count(ana, question, "Ana")).to_be_empty()
    ben.reload()
    expect(option(ben, question, "Ana")).to_have_attribute("aria-pressed", "true")


def test_a_vote_without_a_script_counts_and_all_polls_stand_in_one_list(visit: Visit, stack: Stack):
    question = f"Matinee or evening? {uuid4().hex[:6]}"
    ana = visit("ana")
    plain = visit("ben", java_script_enabled=False)
    open_group(ana, stack)
    ask(ana, question, ["Matinee", "Evening"])
    expect(option(ana, question, "Evening")).to_be_enabled()

    plain.goto(f"{ana.url.partition('#')[0]}polls/")
    one = plain.locator(".polls__one", has_text=question)
    one.get_by_role("button", name=re.compile("Evening")).click()

    expect(one.get_by_role("button", name=re.compile("Evening"))).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(count(ana, question, "Evening")).to_have_text("1")


def test_a_card_says_live_that_its_object_is_gone(visit: Visit, stack: Stack):
    """Mei changes her name: her card does, for both; then she is reported from it."""
    name = f"Mei {uuid4().hex[:5]}"
    ana, ben, mei = visit("ana"), visit("ben", phone=True), visit("mei")
    mei.goto(f"{stack.url}/settings/profile/")
    before = mei.get_by_label("Name", exact=True).input_value()
    ana.goto(f"{stack.url}/@mei/")
    ana.get_by_role("button", name="More").click()
    ana.get_by_role("link", name="Send this profile").click()
    ana.get_by_label("Search people and groups").fill(GROUP)
    ana.locator(".place", has_text=GROUP).click()
    ana.get_by_role("button", name="Send", exact=True).click()
    expect(ana.get_by_role("textbox", name=f"Message {GROUP}")).to_be_visible()
    live(ana)
    open_group(ben, stack)
    card = ".shared[data-kind=profile]"
    expect(ben.locator(card).last).to_contain_text("@mei")

    try:
        rename(mei, name)
        for page in (ana, ben):
            expect(page.locator(card).last).to_contain_text(name, timeout=60_000)
    finally:
        rename(mei, before)


def rename(page: Page, name: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.locator("#profile").get_by_role("button", name="Save").click()
    expect(page.locator(".toast", has_text="Saved")).to_be_visible()
