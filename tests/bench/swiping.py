"""How soon the next video plays after a swipe, and what two hundred swipes cost, in Chromium.

    python -m tests.bench.swiping URL USERNAME

against a running Medley (`make run`), with the demo world's password. Prints p50 and p95 in
milliseconds from the swipe's end to the first frame played, the most <video> elements there were,
and the page's memory after each fifty swipes.
"""

import sys
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench.figures import percentile
from tests.e2e.conftest import ARGUMENTS, PHONE, sign_in
from tests.services import chromium

TIMED, SWIPES = 50, 200

# A page of clips that never ends: what is played again costs as much as what is new.
SWIPE = """
async () => {
  const scroll = document.querySelector("[data-scroll]");
  const clips = [...scroll.querySelectorAll("[data-clip]")];
  const next = clips[Math.round(scroll.scrollTop / scroll.clientHeight) + 1];
  if (!next) return null;
  const began = performance.now();
  scroll.scrollTo({ top: next.offsetTop, behavior: "instant" });
  await new Promise((done) => {
    const look = () => {
      const video = next.querySelector("video");
      if (video && !video.paused && video.currentTime > 0 && video.readyState > 2) return done();
      requestAnimationFrame(look);
    };
    look();
  });
  return performance.now() - began;
}
"""


def swipe(page: Page) -> float | None:
    """Milliseconds until the next clip plays; None at the end of the feed."""
    return page.evaluate(SWIPE)


def memory(page: Page) -> float:
    """Megabytes of the page's own heap, what can be thrown away thrown away."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("HeapProfiler.collectGarbage")
    used: dict[str, Any] = devtools.send("Runtime.getHeapUsage")
    devtools.detach()
    return used["usedSize"] / 1e6


def measure(page: Page) -> None:
    """Swipe through what there is, from the top again at the end of it."""
    times: list[float] = []
    most = 0
    for number in range(1, SWIPES + 1):
        took = swipe(page)
        if took is None:
            page.evaluate("document.querySelector('[data-scroll]').scrollTo({top: 0})")
            page.wait_for_selector(".clip.is-playing")
        elif len(times) < TIMED:
            times.append(took)
        most = max(most, page.locator(".feed video").count())
        page.wait_for_timeout(150)
        if number % 50 == 0:
            print(f"after {number} swipes: {memory(page):.1f} MB, {most} <video> at most")
    p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
    print(f"{len(times)} swipes: p50 {p50:.0f} ms, p95 {p95:.0f} ms")


def main(url: str, username: str) -> None:
    """Sign in, and measure."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport=PHONE, base_url=url)
        sign_in(page, url, username)
        page.goto("/")
        page.wait_for_selector(".clip.is-playing")
        measure(page)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
