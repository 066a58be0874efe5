"""Settings in a browser: found by a word, kept as they are chosen, and seen with others' eyes."""

import re

from playwright.sync_api import Page, Response, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.e2e.test_accessibility import violations
from tests.e2e.test_messenger_starting import sign_up

PRIVACY = "/settings/privacy/"


def is_kept(response: Response) -> bool:
    return response.request.method == "POST" and response.url.endswith(PRIVACY)


def about_videos(response: Response) -> bool:
    return response.url.endswith("/settings/videos/")


def of_videos_is_kept(response: Response) -> bool:
    return response.request.method == "POST" and about_videos(response)


def test_a_setting_is_found_by_a_word_that_its_title_does_not_say(visit: Visit):
    ana = visit("ana", "/settings/")
    finder = ana.get_by_role("searchbox", name="Find a setting")

    finder.fill("algorithm")
    expect(ana.get_by_role("link", name="Your feed")).to_be_visible()
    expect(ana.get_by_role("link", name=re.compile("^Profile"))).to_be_hidden()

    finder.fill("no such thing")
    expect(ana.get_by_text("No setting is called that")).to_be_visible()

    finder.fill("block")
    ana.get_by_role("link", name=re.compile("^Privacy")).click()
    expect(ana.get_by_role("heading", name="Who can write to you")).to_be_visible()


def test_each_choice_is_kept_as_it_is_made(visit: Visit, stack: Stack):
    newcomer = visit(path="/accounts/signup/")  # somebody new: nobody else's journey writes to them
    sign_up(newcomer)
    newcomer.goto(stack.url + PRIVACY)
    expect(newcomer.get_by_role("button", name="Save privacy")).to_be_hidden()

    with newcomer.expect_response(is_kept):
        newcomer.get_by_label("Friends", exact=True).first.check()
    expect(newcomer.locator("#kept")).to_have_text("Saved")
    with newcomer.expect_response(of_videos_is_kept):
        newcomer.get_by_label("Who can make duets").select_option("followers")
    newcomer.reload()

    expect(newcomer.get_by_label("Friends", exact=True).first).to_be_checked()
    expect(newcomer.get_by_label("Who can make duets")).to_have_value("followers")


def test_a_private_account_closes_what_others_make_of_videos_at_once(visit: Visit):
    ben = visit("ben", PRIVACY, phone=True)

    with ben.expect_response(about_videos):
        ben.get_by_role("switch", name=re.compile("Private account", re.I)).check()

    expect(ben.get_by_text("Not while your account is private.").first).to_be_visible()
    with ben.expect_response(about_videos):
        ben.get_by_role("switch", name=re.compile("Private account", re.I)).uncheck()


def test_without_script_there_is_a_button(visit: Visit, stack: Stack):
    newcomer = visit(path="/accounts/signup/", java_script_enabled=False)
    sign_up(newcomer)
    newcomer.goto(stack.url + PRIVACY)

    newcomer.get_by_label("People you follow", exact=True).check()
    newcomer.get_by_role("button", name="Save privacy").click()

    expect(newcomer.get_by_label("People you follow", exact=True)).to_be_checked()


def test_ones_profile_is_seen_as_a_stranger_and_as_a_friend_and_left(visit: Visit):
    ana = visit("ana", PRIVACY)
    ana.get_by_role("link", name="See your profile as others do").click()

    expect(ana.get_by_role("link", name="Somebody signed out")).to_have_attribute(
        "aria-current", "true"
    )
    ana.get_by_role("link", name="A friend").click()
    expect(ana.get_by_text("You are friends")).to_be_visible()
    ana.get_by_role("link", name="Leave").click()
    expect(ana.get_by_role("link", name="Edit profile")).to_be_visible()


def nothing_sticks_out(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def test_the_pages_can_be_used_by_everybody(visit: Visit):
    for phone in (False, True):
        ana = visit("ana", "/settings/", phone=phone)
        for path in (
            "/settings/",
            PRIVACY,
            "/settings/security/",
            "/settings/privacy/as/friend/",
            "/about/feed/",
        ):
            ana.goto(ana.url.split("/settings")[0].split("/about")[0] + path)
            nothing_sticks_out(ana)
            assert violations(ana) == []
