"""Several people watch one video in step, and keep a collection of what they found."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack

IN_STEP_MS = 300
SAMPLES = 5
# Where the video stands, and when that was: all pages run on one machine, with one clock.
SAMPLE = """() => {
  const video = document.querySelector(".watch__video");
  const [at, length] = [video.currentTime * 1000, video.duration * 1000];
  return {at, length, now: Date.now(), moves: !video.paused};
}"""
# It says itself that it is in step; a change begins with a moment in which all get ready.
STEADY = """moving => {
  const video = document.querySelector(".watch.is-in-step .watch__video");
  return video && video.paused !== moving && !video.seeking;
}"""
# Press until the script listens.
OPEN_MENU = """() => {
  const menu = document.querySelector("[data-menu]");
  const cards = document.querySelectorAll(".message:has(.shared:not([hidden])) [data-act=menu]");
  if (!menu.matches(":popover-open")) [...cards].at(-1)?.click();
  return menu.matches(":popover-open");
}"""
PLAYS = "video => document.querySelector('.watch__video').src.includes(video)"
NEWER = "old => Number(document.querySelector('.watch').dataset.version) > old"


def api(page: Page, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """As the page's own scripts ask."""
    return page.evaluate(
        """async ([method, path, body]) => {
          const token = document.querySelector('meta[name="csrf-token"]').content;
          const headers = {"X-CSRFToken": token, "Content-Type": "application/json"};
          const sent = {method, headers, body: body && JSON.stringify(body)};
          const answer = await fetch("/api/v1" + path, sent);
          return answer.status === 204 ? null : answer.json();
        }""",
        [method, path, body],
    )


def videos_of(page: Page, username: str) -> list[str]:
    """Those that play: one's own list has what is being prepared, too."""
    told = api(page, "GET", f"/users/{username}/videos/")["results"]
    return [each["id"] for each in told if each["state"] == "published"]


@pytest.fixture
def crew(visit: Visit, stack: Stack) -> Iterator[tuple[Page, Page, Page, str]]:
    """Ana, Ben on a phone and Mei, in a group of their own; and its path."""
    ana = visit("ana", "/inbox/")
    title = f"Film club {uuid4().hex[:6]}"
    made = api(
        ana,
        "POST",
        "/conversations/",
        {"kind": "group", "title": title, "members": ["ben", "mei"]},
    )
    path = f"/chat/{made['id']}/"
    yield ana, visit("ben", path, phone=True), visit("mei", path), path


def share(page: Page, path: str, video: str) -> None:
    said = {"client_id": str(uuid4()), "share": f"video:{video}"}
    api(page, "POST", f"/conversations/{path.split('/')[2]}/messages/", said)


def use_menu(page: Page, entry: str) -> None:
    """An entry of the menu of the last message with a video, once the page's script listens."""
    page.wait_for_function(OPEN_MENU, polling=500)
    page.locator("[data-menu]").get_by_role("button", name=entry, exact=True).click()


def join(page: Page) -> None:
    page.locator(".watch-bar").get_by_role("button", name="Join").click()
    expect(page.locator(".watch")).to_be_visible()


def press(page: Page, tool: str) -> None:
    page.locator(f".watch [data-tool={tool}]").first.click()


def version(page: Page) -> int:
    return int(page.locator(".watch").get_attribute("data-version") or 0)


def changed(pages: list[Page], old: int) -> None:
    """All of these know of something newer."""
    for page in pages:
        page.wait_for_function(NEWER, arg=old)


def furthest(pages: list[Page], *, moving: bool = True) -> float:
    """The most that two of these differ in milliseconds, over a second."""
    for page in pages:
        page.wait_for_function(STEADY, arg=moving)
    worst = 0.0
    for _ in range(SAMPLES):
        seen = [page.evaluate(SAMPLE) for page in pages]
        assert {each["moves"] for each in seen} == {moving}
        worst = max(worst, *(_apart(*pair, moving=moving) for pair in combinations(seen, 2)))
        pages[0].wait_for_timeout(200)
    return worst


def _apart(one: dict[str, float], other: dict[str, float], *, moving: bool) -> float:
    apart = one["at"] - other["at"] - ((one["now"] - other["now"]) if moving else 0)
    length = one["length"]  # it loops: the short way round
    return abs((apart + length / 2) % length - length / 2)


def test_three_people_are_in_step(crew: tuple[Page, Page, Page, str], stack: Stack):
    ana, ben, mei, path = crew
    first, second, *_others = videos_of(ana, "mei")
    share(ana, path, first)
    ana.goto(stack.url + path)
    figures: dict[str, float] = {}

    use_menu(ana, "Watch together")
    expect(ben.locator(".watch-bar")).to_contain_text("Ana is watching")
    expect(ben.locator(".system").last).to_contain_text("started watching together")
    join(ben)
    figures["join"] = furthest([ana, ben])
    old = version(ben)
    press(ben, "watch-toggle")
    changed([ana, ben], old)
    figures["pause"] = furthest([ana, ben], moving=False)
    press(ana, "watch-toggle")
    changed([ana, ben], old + 1)
    figures["play"] = furthest([ana, ben])
    ana.locator(".watch__seek").fill("250")
    changed([ana, ben], old + 2)
    figures["seek"] = furthest([ana, ben])
    join(mei)
    figures["late join"] = furthest([ana, ben, mei])
    share(ana, path, second)
    expect(ana.locator(".shared:visible")).to_have_count(2)
    use_menu(ana, "Watch together")
    expect(ben.locator("[data-watch-waiting]")).to_have_text("1")
    press(ben, "watch-next")
    for page in (ana, ben, mei):
        page.wait_for_function(PLAYS, arg=second)
    figures["next"] = furthest([ana, ben, mei])

    print({name: f"{apart:.0f} ms" for name, apart in figures.items()})
    assert max(figures.values()) <= IN_STEP_MS, figures


def test_the_next_one_hosts_and_may_keep_the_control(
    crew: tuple[Page, Page, Page, str], stack: Stack
):
    ana, ben, mei, path = crew
    share(ana, path, videos_of(ana, "mei")[0])
    ana.goto(stack.url + path)
    use_menu(ana, "Watch together")
    for page in (ben, mei):
        join(page)
    press(ana, "watch-leave")
    expect(ana.locator(".watch-bar")).to_contain_text("and 1 more are watching")

    press(ben, "watch-queue")
    ben.get_by_label("Only I control it").check()
    ben.get_by_role("button", name="Close").last.click()
    expect(mei.locator(".watch")).to_contain_text("Ben controls it")
    expect(mei.locator("[data-watch-toggle]")).to_be_hidden()
    expect(mei.locator(".watch__seek")).to_be_disabled()
    press(ben, "watch-queue")
    ben.get_by_role("button", name="End it for everyone").click()

    for page in (ben, mei):
        expect(page.locator(".watch")).to_be_hidden()
        expect(page.locator("#toasts")).to_contain_text("Watching together is over.")
    expect(ana.locator(".watch-bar")).to_be_hidden()


def test_who_may_not_see_a_video_stays_and_who_reloads_is_back(
    crew: tuple[Page, Page, Page, str], stack: Stack
):
    ana, ben, _mei, path = crew
    shown, mine = videos_of(ana, "mei")[0], videos_of(ana, "ana")[0]
    api(ana, "PATCH", f"/videos/{mine}/", {"audience": "private"})
    try:
        share(ana, path, mine)
        ana.goto(stack.url + path)
        use_menu(ana, "Watch together")
        join(ben)
        expect(ben.locator(".watch__gone")).to_be_visible()
        share(ana, path, shown)
        expect(ana.locator(".shared:visible")).to_have_count(2)
        use_menu(ana, "Watch together")
        press(ana, "watch-next")
        expect(ben.locator(".watch__gone")).to_be_hidden()
        ben.wait_for_function(STEADY, arg=True)
    finally:
        api(ana, "PATCH", f"/videos/{mine}/", {"audience": "public"})

    ben.reload()
    expect(ben.locator(".watch")).to_be_visible()
    assert furthest([ana, ben]) <= IN_STEP_MS


def test_a_collection_fills_before_everybodys_eyes(
    crew: tuple[Page, Page, Page, str], stack: Stack
):
    ana, ben, _mei, path = crew
    first, second, *_others = videos_of(ana, "mei")
    share(ana, path, first)
    ana.goto(stack.url + path)
    ben.goto(f"{stack.url}{path}collection/")
    expect(ben.locator(".empty")).to_contain_text("Nothing saved yet")

    use_menu(ana, "Save to the collection")
    expect(ana.locator("#toasts")).to_contain_text("Saved to the collection.")
    expect(ben.locator(".saved")).to_have_count(1)
    expect(ben.locator(".saved__by")).to_contain_text("Ana")
    ana.goto(f"{stack.url}/share/video/{second}/")
    ana.get_by_role("searchbox").fill("Film club")
    ana.locator(".place").first.click()
    ana.get_by_role("button", name="Save to collection").click()
    expect(ben.locator(".saved")).to_have_count(2)

    ana.goto(f"{stack.url}{path}collection/")
    ana.get_by_role("link", name="Shuffle").click()
    expect(ana.locator("[data-clip]")).to_have_count(2)
    expect(ana).to_have_url(re.compile(r"seed=\d+"))
    ana.goto(f"{stack.url}{path}collection/")
    ana.get_by_role("button", name="Watch together").click()
    expect(ana.locator(".watch")).to_be_visible()
    expect(ana.locator("[data-watch-waiting]")).to_have_text("1")
