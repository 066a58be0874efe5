"""Making a video in the page: cut, set to music, written on, filmed, posted now or later."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.videos.films import film

RENDERED = 120_000  # ms: two small films on a busy machine
TOTAL = re.compile(r"^\d:\d\d\.\d$")


@pytest.fixture(scope="session")
def films(tmp_path_factory) -> list[Path]:
    """Two films of four and three seconds."""
    folder = tmp_path_factory.mktemp("films")
    return [
        film(folder / "walk.mp4", size="180x320", seconds=4),
        film(folder / "sea.mp4", size="180x320", seconds=3),
    ]


def begin(visit: Visit, films: list[Path], *, phone: bool = False, who: str = "ana") -> Page:
    """The editor of a new draft with these films on its time line."""
    page = visit(who, "/drafts/", phone=phone)
    page.get_by_role("button", name="New video").click()
    page.locator("[data-files]").set_input_files([str(each) for each in films])
    expect(page.locator(".piece")).to_have_count(len(films))
    return page


def length(page: Page) -> str:
    return page.locator("[data-length]").inner_text()


def saved(page: Page) -> None:
    expect(page.locator("[data-saving]")).to_have_text("Saved")


def tool(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


@pytest.mark.parametrize("phone", [True, False])
def test_two_clips_with_words_and_music_are_posted_and_play(visit: Visit, films, phone: bool):
    page = begin(visit, films, phone=phone)
    assert length(page) == "0:07.0"

    page.locator(".piece__body").nth(1).click()
    page.locator(".piece").nth(1).get_by_role("slider", name="Where this clip ends").focus()
    for _press in range(10):
        page.keyboard.press("ArrowLeft")
    assert length(page) == "0:06.0"
    tool(page, "Text")
    page.get_by_role("button", name="Add text").first.click()
    page.keyboard.type("By the sea 🌊")
    expect(page.locator(".words")).to_have_text("By the sea 🌊")
    tool(page, "Music")
    page.get_by_role("button", name="Choose music").click()
    page.get_by_role("button", name=re.compile("^Use ")).first.click()
    expect(page.locator(".timeline__music")).to_be_visible()
    saved(page)

    page.get_by_role("button", name="Next").click()
    page.get_by_label("Caption").fill("made in the page #editor")
    page.get_by_role("dialog").get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/videos/**", timeout=60_000)

    expect(page.locator(".clip")).to_be_visible(timeout=RENDERED)
    expect(page.locator(".clip")).to_contain_text("made in the page")


def test_a_draft_goes_on_after_a_reload(visit: Visit, films):
    page = begin(visit, films)
    page.locator(".piece__body").first.click()
    page.get_by_role("button", name="Later").click()
    tool(page, "Filter")
    page.get_by_role("radio", name="Mono").check()
    saved(page)
    expect(page.locator(".film")).to_have_count(0, timeout=60_000)

    page.reload()

    expect(page.locator(".piece")).to_have_count(2)
    assert length(page) == "0:07.0"
    tool(page, "Filter")
    expect(page.get_by_role("radio", name="Mono")).to_be_checked()


def test_what_was_done_is_undone_and_done_again(visit: Visit, films):
    page = begin(visit, films[:1])
    page.get_by_role("slider", name="Playhead").focus()
    for _press in range(2):
        page.keyboard.press("Shift+ArrowRight")

    page.keyboard.press("s")
    expect(page.locator(".piece")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".piece")).to_have_count(1)
    page.get_by_role("button", name="Redo").click()
    expect(page.locator(".piece")).to_have_count(2)
    page.keyboard.press("Delete")
    expect(page.locator(".piece")).to_have_count(1)


def test_the_preview_plays_before_the_upload_ends(visit: Visit, films):
    page = visit("ana", "/drafts/")
    page.route("**/api/v1/uploads/*/", lambda route: None)  # nothing is ever sent
    page.get_by_role("button", name="New video").click()
    page.locator("[data-files]").set_input_files(str(films[0]))
    expect(page.locator(".piece")).to_have_count(1)

    page.locator(".timeline").get_by_role("button", name="Play").click()

    expect(page.locator("b[data-now]")).to_have_text(re.compile(r"^0:0[1-4]\.\d$"))


def test_another_devices_change_is_told_and_not_overwritten(visit: Visit, films):
    page = begin(visit, films[:1])
    saved(page)
    other = visit("ana", page.url.removeprefix(page.url.split("/drafts")[0]))
    expect(other.locator(".piece")).to_have_count(1)
    page.context.set_offline(True)
    tool(page, "Speed")
    page.get_by_role("radio", name="2×").check()
    expect(page.locator("[data-saving]")).to_contain_text("no connection")
    tool(other, "Filter")
    other.get_by_role("radio", name="Noir").check()
    saved(other)

    page.context.set_offline(False)

    sheet = page.get_by_role("dialog", name="Changed on another device")
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name="Load what was changed there").click()
    tool(page, "Filter")
    expect(page.get_by_role("radio", name="Noir")).to_be_checked()
    assert length(page) == "0:04.0"


def test_a_take_of_the_camera_becomes_a_clip(visit: Visit):
    page = visit("ana", "/drafts/", phone=True, permissions=["camera", "microphone"])
    page.get_by_role("button", name="New video").click()
    page.get_by_role("button", name="Record").first.click()
    camera = page.get_by_role("dialog", name="Record")

    camera.get_by_role("button", name="Record", exact=True).click()
    expect(camera.get_by_role("timer")).to_have_text(re.compile(r"^0:0[1-9]"))
    camera.get_by_role("button", name="Stop").click()
    camera.get_by_role("button", name="Use").click()

    expect(page.locator(".piece")).to_have_count(1)
    assert TOTAL.match(length(page))


def test_without_a_camera_one_is_told_what_to_do(visit: Visit):
    page = visit("ana", "/drafts/")
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => {"
        " throw new DOMException('', 'NotAllowedError') }"
    )
    page.get_by_role("button", name="New video").click()
    page.get_by_role("button", name="Record").first.click()

    expect(page.get_by_role("alert").filter(has_text="Allow it")).to_be_visible()


def test_a_scheduled_video_waits_and_goes_out_at_once_when_told(visit: Visit, films):
    page = begin(visit, films[1:])
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Caption").fill("for tomorrow")
    page.get_by_label("Post it later").check()
    at = datetime.now(UTC) + timedelta(days=2)
    page.get_by_label("When it goes out").fill(at.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Schedule").click()
    page.wait_for_url("**/drafts/", timeout=60_000)
    waiting = page.locator(".drafts", has_text="Waiting for their time")
    expect(waiting).to_contain_text("for tomorrow")

    waiting.get_by_role("link", name=re.compile("for tomorrow")).first.click()
    page.get_by_role("button", name="Post it now").click()

    page.wait_for_url("**/videos/**")
    expect(page.locator(".clip")).to_contain_text("for tomorrow", timeout=RENDERED)
