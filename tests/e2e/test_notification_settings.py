"""Choosing how one is told, in a browser: live, by keyboard, on a phone, and without script."""

from playwright.sync_api import Locator, Page, Response, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_accessibility import violations

PAGE = "/settings/notifications/"
QUIET = "Leave me in peace for a while each day"


def box(page: Page, label: str) -> Locator:
    return page.get_by_role("checkbox", name=label, exact=True)


def is_answer(response: Response) -> bool:
    return response.url.endswith("/api/v1/me/notifications/")


def set_time(page: Page, label: str, value: str) -> None:
    field = page.get_by_label(label, exact=True)
    with page.expect_response(is_answer):
        field.fill(value)
        field.blur()


def test_each_choice_is_kept_as_it_is_made(visit: Visit):
    ben = visit("ben", "/settings/")
    ben.get_by_role("link", name="What you are told of").click()
    expect(ben.get_by_role("button", name="Save", exact=True)).to_be_hidden()

    with ben.expect_response(is_answer):
        box(ben, "New followers: By mail").uncheck()
    expect(ben.locator("[data-kept]")).to_have_text("Saved")
    with ben.expect_response(is_answer):
        ben.get_by_label(QUIET).check()
    set_time(ben, "From", "23:30")
    ben.reload()

    expect(box(ben, "New followers: By mail")).not_to_be_checked()
    expect(box(ben, "New followers: In Medley")).to_be_checked()
    expect(ben.get_by_label("From", exact=True)).to_have_value("23:30")

    expect(ben.get_by_role("button", name="Save", exact=True)).to_be_hidden()
    box(ben, "New followers: By mail").focus()
    with ben.expect_response(is_answer):
        ben.keyboard.press("Space")
    with ben.expect_response(is_answer):
        ben.get_by_label(QUIET).uncheck()
    expect(ben.get_by_label("From", exact=True)).to_be_hidden()


def test_what_is_refused_goes_back_and_says_why(visit: Visit):
    zoe = visit("zoe", PAGE)
    expect(zoe.get_by_role("button", name="Save", exact=True)).to_be_hidden()
    with zoe.expect_response(is_answer):
        zoe.get_by_label(QUIET).check()

    set_time(zoe, "Until", "22:00")

    expect(zoe.get_by_text("Quiet hours begin and end at different times.")).to_be_visible()
    expect(zoe.get_by_label("Until", exact=True)).to_have_value("07:00")
    with zoe.expect_response(is_answer):
        zoe.get_by_label(QUIET).uncheck()


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
    expect(mei.get_by_text("Always on, to keep your account safe.").first).to_be_visible()


def test_a_minor_reads_when_nothing_comes(visit: Visit):
    teo = visit("teo", PAGE, phone=True, theme="dark")

    expect(teo.get_by_text("nothing comes to your devices. That is the same")).to_be_visible()
    assert violations(teo) == []


def test_nothing_runs_over_on_a_phone(visit: Visit):
    mei = visit("mei", PAGE, phone=True)

    assert mei.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(mei) == []
