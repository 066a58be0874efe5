"""From a file on somebody's disk to a live conversation about it, with a crash in the middle."""

import subprocess
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from accounts.ffmpeg import find_ffmpeg
from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack

GROUP = "Sunday crew"


@pytest.fixture(scope="session")
def film(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample film where it was fetched, else four seconds of moving colours with sound."""
    sample = stack.data / "media-samples" / "bigbuckbunny.mp4"
    if sample.exists():
        return sample
    path = tmp_path_factory.mktemp("film") / "IMG_0042.mp4"
    command = [find_ffmpeg(), "-v", "error", "-y", "-f", "lavfi", "-i"]
    command += ["gradients=s=360x640:r=30:speed=0.03:d=4", "-f", "lavfi", "-i", "sine=440:d=4"]
    command += ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest", str(path)]
    subprocess.run(command, check=True)
    return path


def say(page: Page, words: str) -> None:
    page.locator(".talk > .composer textarea[name=body]").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()


def open_group(page: Page, stack: Stack) -> None:
    page.goto(f"{stack.url}/inbox/")
    page.get_by_role("link", name=GROUP).first.click()
    expect(page.locator(".talk > .composer textarea[name=body]")).to_be_visible()


def bubble(page: Page, words: str):
    return page.locator(".message__body", has_text=words)


def messages_of(page: Page) -> list[str]:
    return page.locator(".message__body").all_inner_texts()


def test_a_film_travels_from_upload_through_the_feed_into_a_group_that_outlives_a_crash(
    visit: Visit, stack: Stack, film: Path
):
    words = f"Colours for the crew {uuid4().hex[:6]}"
    ana, ben = visit("ana", "/upload/"), visit("ben")

    upload(ana, film, words)
    find_in_the_feed(ben, words)
    open_group(ben, stack)
    share_from_a_profile(ana, stack, words)
    play_the_card(ben, words)
    open_group(ana, stack)
    talk_through_a_crash(ana, ben, stack)

    expect(ben.locator(".shared", has_text=words)).to_have_count(1)


def test_a_phone_and_a_desktop_talk_through_a_crash(visit: Visit, stack: Stack):
    ana, ben = visit("ana", phone=True), visit("ben")
    open_group(ana, stack)
    open_group(ben, stack)

    talk_through_a_crash(ana, ben, stack)


# --- What people do -------------------------------------------------------------------------------


def upload(page: Page, film: Path, words: str) -> None:
    page.locator("#id_file").set_input_files(film)
    page.get_by_label("Caption").fill(words)
    page.get_by_role("button", name="Post").click()
    expect(page.locator("[data-clip]", has_text=words)).to_be_visible(timeout=60_000)


def find_in_the_feed(page: Page, words: str) -> None:
    """Whom one follows comes first by time; it plays once it is in view."""
    page.get_by_role("link", name="Following", exact=True).first.click()
    clip = page.locator("[data-clip]", has_text=words)
    clip.scroll_into_view_if_needed()
    page.wait_for_function(
        "words => [...document.querySelectorAll('[data-clip]')].some(clip => "
        "clip.textContent.includes(words) && clip.querySelector('video')?.currentTime > 0.2)",
        arg=words,
    )


def play_the_card(page: Page, words: str) -> None:
    card = page.locator(".shared", has_text=words)
    card.get_by_role("button", name="Play").click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.shared video')].some(v => v.currentTime > 0.3)"
    )


def share_from_a_profile(page: Page, stack: Stack, words: str) -> None:
    """Open one's own newest video and send it: two taps from the video itself."""
    page.goto(f"{stack.url}/@ana/")
    page.locator(".grid__one").first.click()
    expect(page.locator("[data-clip]", has_text=words)).to_be_visible()
    page.get_by_role("button", name="Share", exact=True).click()
    sheet = page.locator("#share-sheet")
    sheet.locator(".place", has_text=GROUP).click()
    sheet.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".toast", has_text="Sent")).to_be_visible()


def talk_through_a_crash(ana: Page, ben: Page, stack: Stack) -> None:
    """Live before, queued during, healed after: nothing lost or doubled, one order for both."""
    mark = uuid4().hex[:6]
    say(ana, f"{mark} one")
    expect(bubble(ben, f"{mark} one")).to_be_visible()
    say(ben, f"{mark} two")
    expect(bubble(ana, f"{mark} two")).to_be_visible()

    stack.kill_web()
    for number in range(3, 8):
        say(ana, f"{mark} a{number}")
        say(ben, f"{mark} b{number}")
    stack.wait_until_ready()

    expected = {f"{mark} {who}{number}" for who in "ab" for number in range(3, 8)}
    expected |= {f"{mark} one", f"{mark} two"}
    for page in (ana, ben):
        for words in expected:
            expect(bubble(page, words)).to_have_count(1, timeout=30_000)
        expect(page.locator(".message__state", has_text="Sending")).to_have_count(0)
    ours = [words for words in messages_of(ana) if mark in words]
    assert ours == [words for words in messages_of(ben) if mark in words]
    ana.reload()
    expect(bubble(ana, f"{mark} b7")).to_be_visible()
    assert [words for words in messages_of(ana) if mark in words] == ours
