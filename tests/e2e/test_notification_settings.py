"""Choosing how one is told, in a browser: live, by keyboard, on a phone, and without script."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_accessibility import violations

PAGE = "/settings/notifications/"


def box(page: Page, label: str) -> Locator:
    return page.get_by_role("checkbox", name=label, exact=True)


def saved(page: Page) -> None:
    expect(page.locator("[data-kept]")).to_have_text("Saved")


def test_each_choice_is_kept_as_it_is_made(visit: Visit):
    ben = visit("ben", "/settings/")
    ben.get_by_role("link", name="What you are told of").click()
    expect(ben.get_by_role("button", name="Save", exact=True)).to_be_hidden()

    box(ben, "New followers: By mail").uncheck()
    saved(ben)
    ben.get_by_label("Leave me in peace for a while each day").check()
    ben.get_by_label("From", exact=True).fill("23:30")
    ben.get_by_label("From", exact=True).blur()
    saved(ben)
    ben.reload()

    expect(box(ben, "New followers: By mail")).not_to_be_checked()
    expect(box(ben, "New followers: In Medley")).to_be_checked()
    expect(ben.get_by_label("From", exact=True)).to_have_value("23:30")

    box(ben, "New followers: By mail").focus()
    ben.keyboard.press("Space")
    saved(ben)
    ben.get_by_label("Leave me in peace for a while each day").uncheck()
    expect(ben.get_by_label("From", exact=True)).to_be_hidden()


def test_what_is_refused_goes_back_and_says_why(visit: Visit):
    ben = visit("ben", PAGE)
    ben.get_by_label("Leave me in peace for a while each day").check()
    saved(ben)

    ben.get_by_label("Until", exact=True).fill("22:00")
    ben.get_by_label("Until", exact=True).blur()

    expect(ben.get_by_text("Quiet hours begin and end at different times.")).to_be_visible()
    expect(ben.get_by_label("Until", exact=True)).to_have_value("07:00")
    ben.get_by_label("Leave me in peace for a while each day").uncheck()


def test_it_is_saved_without_script_too(visit: Visit):
    mei = visit("mei", PAGE, phone=True, java_script_enabled=False)

    box(mei, "New followers: On your devices").uncheck()
    mei.get_by_label("By mail", exact=True).select_option("daily")
    mei.get_by_role("button", name="Save", exact=True).click()

    expect(box(mei, "New followers: On your devices")).not_to_be_checked()
    expect(mei.get_by_label("By mail", exact=True)).to_have_value("daily")
    box(mei, "New followers: On your devices").check()
    mei.get_by_role("button", name="Save", exact=True).click()
    expect(box(mei, "New followers: On your devices")).to_be_checked()


def test_what_is_urgent_is_locked_and_says_why(visit: Visit):
    mei = visit("mei", PAGE, phone=True)

    expect(box(mei, "Your account's safety: By mail")).to_be_disabled()
    expect(box(mei, "Your account's safety: By mail")).to_be_checked()
    expect(
        mei.get_by_text("Always on: somebody else may be in your account.").first
    ).to_be_visible()


def test_a_minor_reads_when_nothing_comes(visit: Visit):
    teo = visit("teo", PAGE, phone=True, theme="dark")

    expect(teo.get_by_text("nothing comes to your devices. That is the same")).to_be_visible()
    assert violations(teo) == []


def test_nothing_runs_over_on_a_phone(visit: Visit):
    mei = visit("mei", PAGE, phone=True)

    assert mei.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(mei) == []
