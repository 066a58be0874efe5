"""Watching: long videos by segments, the seek bar, a copy to take along, what others reposted."""

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.videos.films import film

LONG = 66  # seconds: above 60 there is a stream
NO_STREAMS_OF_ITS_OWN = """
const canPlay = HTMLMediaElement.prototype.canPlayType;
HTMLMediaElement.prototype.canPlayType = function (type) {
  return type.includes("mpegurl") ? "" : canPlay.call(this, type);
};
"""


@pytest.fixture(scope="module")
def long_film(tmp_path_factory) -> Path:
    """Over a minute and yet small: a picture a second."""
    return film(tmp_path_factory.mktemp("long") / "long.mp4", size="90x160", rate=1, seconds=LONG)


def send(page: Page, stack: Stack, path: Path, caption: str) -> str:
    """Post it by REST as this person; answers its id."""
    token = page.locator('meta[name="csrf-token"]').get_attribute("content") or ""
    answer = page.request.post(
        f"{stack.url}/api/v1/videos/",
        headers={"X-CSRFToken": token, "Referer": page.url},
        multipart={
            "file": {"name": path.name, "mimeType": "video/mp4", "buffer": path.read_bytes()},
            "caption": caption,
        },
    )
    assert answer.status == 201, answer.text()
    return answer.json()["id"]


def wait_for_stream(page: Page, stack: Stack, video: str) -> None:
    for _second in range(120):
        shown = page.request.get(f"{stack.url}/api/v1/videos/{video}/").json()
        if "hls" in {rendition["kind"] for rendition in shown["renditions"]}:
            return
        page.wait_for_timeout(1000)
    pytest.fail("no stream was made")


def test_a_long_video_plays_by_segments_where_none_helps(
    visit: Visit, stack: Stack, long_film: Path
):
    ivo = visit("ivo", "/drafts/", phone=True)
    video = send(ivo, stack, long_film, "a reel, whole #cinema")
    wait_for_stream(ivo, stack, video)
    asked: list[str] = []
    ivo.on("request", lambda request: asked.append(request.url))
    ivo.add_init_script(NO_STREAMS_OF_ITS_OWN)

    ivo.goto(f"{stack.url}/videos/{video}/")

    expect(ivo.locator(".clip.is-playing")).to_have_count(1)
    ivo.wait_for_function("() => document.querySelector('.clip__video')?.currentTime > 0.5")
    assert any("hls.light.min" in url for url in asked)
    assert any(url.endswith(".m3u8") for url in asked)
    assert any(url.endswith(".m4s") for url in asked)
    assert not any(url.endswith(".mp4") for url in asked)
    assert ivo.locator(".clip__video").evaluate("video => video.src").startswith("blob:")

    ivo.locator("[data-seek]").focus()
    ivo.keyboard.press("End")
    ivo.wait_for_function("() => document.querySelector('.clip__video').currentTime > 60")


def test_a_stream_that_breaks_is_no_end(visit: Visit, stack: Stack, long_film: Path):
    ivo = visit("ivo", "/drafts/")
    video = send(ivo, stack, long_film, "a reel that broke")
    wait_for_stream(ivo, stack, video)
    ivo.add_init_script(NO_STREAMS_OF_ITS_OWN)
    ivo.route(re.compile(r"\.m3u8$"), lambda route: route.fulfill(status=404))

    ivo.goto(f"{stack.url}/videos/{video}/")

    expect(ivo.locator(".clip.is-playing")).to_have_count(1)
    assert ivo.locator(".clip__video").evaluate("video => video.currentSrc").endswith(".mp4")


def test_a_short_video_asks_for_no_library(visit: Visit):
    ana = visit("ana")
    asked: list[str] = []
    ana.on("request", lambda request: asked.append(request.url))

    ana.reload()
    expect(ana.locator(".clip.is-playing")).to_have_count(1)

    assert not any("hls" in url for url in asked)


def test_the_seek_bar_shows_where_it_leads_and_takes_keys(visit: Visit):
    ana = visit("ana", "/@mei/")
    ana.locator(".grid__one").first.click()
    expect(ana.locator(".clip.is-playing")).to_have_count(1)
    seek = ana.locator("[data-seek]")
    box = seek.bounding_box()
    assert box is not None

    ana.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] / 2)
    peek = ana.locator(".peek")
    expect(peek).to_be_visible()
    assert peek.evaluate("peek => getComputedStyle(peek).getPropertyValue('--picture')") == "5"
    expect(peek.locator(".peek__picture")).to_be_visible()
    ana.mouse.move(box["x"] + 50, box["y"] - 200)
    expect(peek).to_be_hidden()

    ana.locator("[data-toggle]").click()
    expect(ana.locator(".clip.is-paused")).to_have_count(1)
    before = ana.locator(".clip__video").evaluate("video => video.currentTime")
    seek.focus()
    ana.keyboard.press("ArrowRight")
    after = ana.locator(".clip__video").evaluate("video => video.currentTime")
    assert 0.5 < after - before < 1.5 or after < before  # at its end it begins again
    expect(seek).to_have_attribute("aria-valuetext", re.compile(r"^\d:\d\d of \d:\d\d$"))


def test_dragging_on_a_phone_shows_the_place(visit: Visit):
    ana = visit("ana", "/@mei/", phone=True)
    ana.locator(".grid__one").first.click()
    expect(ana.locator(".clip.is-playing")).to_have_count(1)
    box = ana.locator("[data-seek]").bounding_box()
    assert box is not None
    line = ana.context.new_cdp_session(ana)
    y = box["y"] + box["height"] / 2

    def touch(kind: str, *points: float) -> None:
        line.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x in points]},
        )

    touch("touchStart", box["x"] + 60)
    touch("touchMove", box["x"] + box["width"] / 2)
    touch("touchMove", box["x"] + box["width"] * 0.8)

    expect(ana.locator(".peek")).to_be_visible()
    touch("touchEnd")
    expect(ana.locator(".peek")).to_be_hidden()


def test_a_copy_is_prepared_and_saved_while_one_waits(visit: Visit):
    zoe = visit("zoe", "/@mei/")
    zoe.locator(".grid__one").first.click()
    expect(zoe.locator(".clip.is-playing")).to_have_count(1)  # the scripts listen
    zoe.locator(".clip__act--more").click()

    with zoe.expect_download(timeout=90_000) as download:
        zoe.get_by_role("button", name="Download").click()
        sheet = zoe.get_by_role("dialog", name="Download")
        expect(sheet.get_by_role("status")).to_be_visible()

    assert re.fullmatch(r"medley-mei-[0-9a-f]{8}\.mp4", download.value.suggested_filename)
    assert b"ftyp" in io.BytesIO(Path(download.value.path()).read_bytes()[:32]).read()
    expect(sheet).to_contain_text("Your copy is ready")


def test_a_repost_meets_ones_followers_with_its_name(visit: Visit):
    ana = visit("ana", "/?tab=following")
    expect(ana.locator(".clip.is-playing")).to_have_count(1)
    shown = ana.locator(".clip__by", has_text="reposted").first
    shown.scroll_into_view_if_needed()

    expect(shown).to_contain_text("Ben Okafor")
    clip = ana.locator(".clip", has=shown)
    clip.get_by_role("button", name="Why this video?").click()
    expect(ana.get_by_role("dialog", name="Why you see this video")).to_contain_text("reposted")


def test_a_draft_is_duplicated(visit: Visit, stack: Stack):
    priya = visit("priya", "/drafts/")
    priya.get_by_role("button", name="New video").click()
    priya.wait_for_url(re.compile(r"/drafts/.+"))
    priya.goto(f"{stack.url}/drafts/")
    before = priya.locator(".draft").count()

    priya.get_by_role("button", name="Duplicate draft").first.click()

    expect(priya.locator(".draft")).to_have_count(before + 1)
