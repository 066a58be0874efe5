"""A group's list of words, live: the owner sets it, a member's message comes back to be said
another way, and one that waits is read by the owner first."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.e2e.test_messenger_groups import Group, composer, say


@pytest.fixture
def ana(visit: Visit) -> Page:
    return visit("ana", "/inbox/")


@pytest.fixture
def group(ana: Page, stack: Stack) -> Group:
    return Group(ana, stack, "ben")


def set_words(page: Page, group: Group, words: str, *, action: str) -> None:
    group.open(page, "info/manage/")
    page.get_by_label("Words not allowed here").fill(words)
    page.get_by_label(action).check()
    page.get_by_role("button", name="Save Words").click()
    expect(page.get_by_label("Words not allowed here")).to_have_value(words)


def test_member_says_it_another_way(ana: Page, group: Group, visit: Visit):
    set_words(ana, group, "lottery\nbuy now", action="Do not send the message")
    group.open(ana)
    ben = visit("ben", group.path, phone=True)
    ben.wait_for_load_state("networkidle")  # before the page's scripts listen it is a plain form

    say(ben, "Win the L0TTERY")

    expect(ben.locator(".composer [data-error]")).to_contain_text("does not allow a word")
    expect(composer(ben)).to_have_value("Win the L0TTERY")
    expect(ben.locator(".message", has_text="L0TTERY")).to_have_count(0)

    say(ben, "Win the draw")

    expect(ana.locator(".message", has_text="Win the draw")).to_be_visible()
    expect(ben.locator(".composer [data-error]")).to_be_hidden()
    expect(ana.locator(".message", has_text="L0TTERY")).to_have_count(0)


def test_message_that_waits_is_read_first(ana: Page, group: Group, visit: Visit):
    set_words(ana, group, "lottery", action="Let moderators read it first")
    ben = visit("ben", group.path, phone=True)
    ben.wait_for_load_state("networkidle")  # before the page's scripts listen it is a plain form

    say(ben, "My aunt runs the lottery stand")

    expect(ben.locator(".toast", has_text="reads this first")).to_be_visible()
    expect(composer(ben)).to_have_value("")
    expect(ben.locator(".message", has_text="My aunt")).to_have_count(0)

    group.open(ana, "info/")
    ana.get_by_role("link", name=re.compile("Messages to be read first")).click()
    ana.get_by_role("button", name=re.compile("Let it be said")).click()

    expect(ben.locator(".message", has_text="lottery stand")).to_be_visible()
    expect(ana.get_by_text("Nothing is waiting.")).to_be_visible()
