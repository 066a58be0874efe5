"""Bringing films: several at once, over a line that breaks, past a closed tab and a dead server."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.ffmpeg import run_ffmpeg
from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.videos import bad_films
from tests.videos.films import film


@pytest.fixture(scope="module")
def films(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("films")


@pytest.fixture(scope="module")
def walk(films: Path) -> Path:
    return film(films / "walk in the rain.mp4", size="360x640", seconds=2)


@pytest.fixture(scope="module")
def large(films: Path) -> Path:
    """Large enough for a few pieces: 10 MB and more, still one that plays."""
    path = films / "a long way home.mov"
    noise = "nullsrc=s=640x360:r=25:d=2,geq=random(1)*255:128:128"
    words = ["-f", "lavfi", "-i", noise, "-c:v", "libx264", "-preset", "ultrafast", "-qp", "12"]
    run_ffmpeg([*words, "-pix_fmt", "yuv420p", path], timeout=120)
    assert path.stat().st_size > 9 * 2**20
    return path


def choose(page: Page, *paths: Path) -> None:
    page.locator("[data-drop] input[multiple]").set_input_files(paths)


def row(page: Page, path: Path) -> Locator:
    return page.locator("[data-films] .film", has_text=path.name)


def slow_down(page: Page) -> Callable[[bool], None]:
    """Send 2 MB a second; what is answered takes the line away, or gives it back."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def cut(is_offline: bool) -> None:
        line = {"latency": 20, "downloadThroughput": -1, "uploadThroughput": 2 * 2**20}
        session.send("Network.emulateNetworkConditions", {"offline": is_offline, **line})

    cut(False)
    return cut


def test_two_films_become_one_video(visit: Visit, walk: Path, films: Path):
    other = film(films / "by the sea.mp4", size="360x640")
    page, words = visit("ana", "/upload/", phone=True), f"Rain, then sea {uuid4().hex[:6]}"

    choose(page, walk, other)
    expect(row(page, walk).locator("[data-state]")).to_have_text("2.0 seconds")
    page.get_by_label("Caption").fill(words)
    page.get_by_role("button", name="Post", exact=True).click()

    page.wait_for_url("**/videos/*/")
    expect(page.locator("[data-clip]", has_text=words)).to_be_visible(timeout=90_000)


def test_a_film_that_is_none_says_why_and_can_be_taken_out(visit: Visit, walk: Path, films: Path):
    broken = bad_films.cut_short(films / "cut short.mp4")
    page = visit("ana", "/upload/")

    choose(page, broken, walk)
    expect(row(page, broken)).to_contain_text("This video is damaged")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("cut short.mp4: This video is damaged")
    row(page, broken).get_by_role("button", name="Remove: cut short.mp4").click()

    expect(page.locator("[data-films] .film")).to_have_count(1)
    expect(row(page, walk).locator("[data-state]")).to_have_text("2.0 seconds")


def test_an_upload_is_paused_and_goes_on_where_it_stopped(visit: Visit, large: Path):
    page = visit("ana", "/upload/")
    slow_down(page)
    sent: list[int] = []
    page.on("request", lambda asked: sent.append(int(asked.headers.get("upload-offset", -1))))

    choose(page, large)
    expect(row(page, large).locator("[data-state]")).to_have_text(
        re.compile(r"Uploading, [4-9]\d%")
    )
    row(page, large).get_by_role("button", name=f"Pause: {large.name}").click()
    expect(row(page, large).locator("[data-state]")).to_contain_text("Paused at")
    sent.clear()
    row(page, large).get_by_role("button", name=f"Go on: {large.name}").click()

    expect(row(page, large).locator("[data-state]")).to_have_text("2.0 seconds", timeout=60_000)
    assert min(offset for offset in sent if offset >= 0) >= 4 * 2**20


def test_a_closed_tab_and_a_dead_server_cost_a_piece_at_most(
    visit: Visit, stack: Stack, large: Path
):
    page = visit("ben", "/upload/")
    slow_down(page)
    choose(page, large)
    expect(row(page, large).locator("[data-state]")).to_have_text(
        re.compile(r"Uploading, [5-9]\d%")
    )
    page.close(run_before_unload=False)
    stack.kill_web()
    stack.wait_until_ready()

    page = visit("ben", "/upload/")
    left = page.locator("[data-unfinished] .film", has_text=large.name).first
    expect(left).to_contain_text(re.compile(r"[2-9]\d% is here"))
    left.locator("input[type=file]").set_input_files(large)

    expect(row(page, large).locator("[data-state]")).to_have_text("2.0 seconds", timeout=60_000)
    expect(page.locator("[data-unfinished]")).to_be_hidden()


def test_without_a_line_it_waits_and_goes_on_by_itself(visit: Visit, large: Path):
    page = visit("ana", "/upload/")
    cut = slow_down(page)
    choose(page, large)
    expect(row(page, large).locator("[data-state]")).to_contain_text("Uploading")

    cut(True)
    expect(row(page, large).locator("[data-state]")).to_contain_text("No connection")
    cut(False)

    expect(row(page, large).locator("[data-state]")).to_have_text("2.0 seconds", timeout=60_000)


def test_without_javascript_the_form_still_posts(visit: Visit, walk: Path):
    words = f"Plain and simple {uuid4().hex[:6]}"
    page = visit("ana", "/upload/", java_script_enabled=False)

    page.locator("#id_file").set_input_files(walk)
    page.get_by_label("Caption").fill(words)
    page.get_by_role("button", name="Post", exact=True).click()

    page.wait_for_url("**/videos/*/")
    expect(page.locator("main")).to_contain_text(words)
