"""Who reaches a teenager, and what a block does among people who share a group: each on their own
device."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.e2e.test_messenger_groups import Group, new_link, say, system_line
from tests.e2e.test_safety_family import call
from tests.rules import rule


@pytest.fixture
def ana(visit: Visit) -> Page:
    return visit("ana", "/inbox/")


def message_button(page: Page):
    return page.get_by_role("button", name="Message", exact=True)


@rule("R14", "page")
def test_an_adult_writes_to_a_teenager_as_a_friend_only(visit: Visit, ana: Page, stack: Stack):
    ana.goto(f"{stack.url}/@teo/")
    ben = visit("ben", "/@teo/", phone=True)

    expect(message_button(ben)).to_be_visible()
    expect(message_button(ana)).to_have_count(0)

    ana.goto(f"{stack.url}/chat/new/?q=teo")
    expect(ana.locator(".pick__one", has_text="@teo")).to_have_count(0)


@rule("R20", "page")
def test_a_teenager_is_added_to_a_group_by_a_friend_alone(visit: Visit, ana: Page, stack: Stack):
    group = Group(ana, stack, "ben")
    ben, teo = visit("ben", "/inbox/", phone=True), visit("teo", "/inbox/")

    group.open(ana, "info/people/?q=teo")
    expect(ana.locator(".pick__one input:not([disabled])")).to_have_count(0)

    group.open(ana)
    group.open(ben, "info/people/?q=teo")
    ben.locator(".pick__one", has_text="Teo Marsh").click()
    ben.get_by_role("button", name=re.compile("^Add")).click()

    expect(system_line(ana, "Ben Okafor added Teo Marsh")).to_be_visible()
    expect(teo.get_by_role("link", name=group.title)).to_be_visible()


@rule("R22", "page")
def test_a_teenager_joins_by_a_link_where_a_friend_is(visit: Visit, ana: Page, stack: Stack):
    group = Group(ana, stack, "mei")
    link = new_link(ana, group, label="For whoever likes")
    teo, ben = visit("teo", "/inbox/", phone=True), visit("ben", "/inbox/")

    teo.goto(link)
    expect(teo.get_by_text("where a friend of yours is in the group")).to_be_visible()

    ben.goto(link)
    ben.get_by_role("button", name="Join", exact=True).click()
    ben.wait_for_url(group.url)
    teo.goto(link)
    expect(teo.get_by_text("Ben Okafor is in it")).to_be_visible()
    teo.get_by_text("I know that people I do not know can write to me there.").click()
    teo.get_by_role("button", name="Join", exact=True).click()

    teo.wait_for_url(group.url)
    group.open(ana)
    expect(system_line(ana, "Teo Marsh joined by a link")).to_be_visible()


@pytest.fixture
def priya(visit: Visit) -> Iterator[Page]:
    """She blocks nobody when the journey is over."""
    page = visit("priya", "/inbox/")
    yield page
    call(page, "DELETE", "users/noor/block/")


@rule("R15", "page")
def test_a_block_folds_away_what_the_other_says_in_a_shared_group(
    visit: Visit, ana: Page, priya: Page, stack: Stack
):
    group = Group(ana, stack, "priya", "noor")
    call(priya, "POST", "users/noor/block/")
    group.open(ana)
    group.open(priya)
    noor = visit("noor", group.path, phone=True)

    say(noor, "good evening, choir")

    expect(ana.locator(".message", has_text="good evening, choir")).to_be_visible()
    folded = priya.locator(".message.is-folded")
    row = priya.get_by_role("link", name=group.title)
    expect(row.get_by_text("Message from a blocked account")).to_be_visible()
    show = folded.get_by_role("button", name="Message from a blocked account. Show")
    expect(show).to_be_visible()
    expect(folded.get_by_text("good evening, choir")).to_be_hidden()

    show.click()

    expect(folded.get_by_text("good evening, choir")).to_have_count(0)
    expect(priya.locator(".message", has_text="good evening, choir")).to_be_visible()
    expect(row.get_by_text("good evening, choir")).to_have_count(0)
