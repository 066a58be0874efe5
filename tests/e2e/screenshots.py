"""`make screenshots`: the pictures of docs/screenshots, from the demo world in a real Chromium.

`make screenshots ISSUE=word` makes those whose names have the word in them.
"""

import io
import os
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.conftest import ARGUMENTS, DESKTOP, PHONE, sign_in
from tests.e2e.shop_screens import SELLER_SCREENS, SHOP_SCREENS
from tests.e2e.stack import running_stack
from tests.e2e.video_screens import VIDEO_SCREENS
from tests.services import ROOT, chromium

FOLDER = ROOT / "docs" / "screenshots"
GROUP = "Sunday crew"


def _group(page: Page, url: str) -> None:
    page.goto(f"{url}/inbox/")
    page.get_by_role("link", name=GROUP).first.click()
    page.wait_for_selector(".message__body")


def _group_page(place: str) -> Callable[[Page, str], object]:
    """A page behind the group's own: manage/, links/, ..."""

    def show(page: Page, url: str) -> None:
        _group(page, url)
        page.goto(f"{page.url}info/{place}")

    return show


def _group_part(place: str) -> Callable[[Page, str], object]:
    """A page of the group beside the talk: polls/, collection/, ..."""

    def show(page: Page, url: str) -> None:
        _group(page, url)
        page.goto(f"{page.url}{place}")

    return show


def _video(page: Page, url: str) -> None:
    page.goto(f"{url}/@mei/")
    page.locator(".grid__one").first.click()
    page.wait_for_selector(".clip.is-playing")


def _feed(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(".clip.is-playing")


PAGES: dict[str, Callable[[Page, str], object]] = {
    "feed": _feed,
    "video": _video,
    "inbox": lambda page, url: page.goto(f"{url}/inbox/"),
    "group": _group,
    "group-page": _group_page(""),
    "group-settings": _group_page("manage/"),
    "group-links": _group_page("links/"),
    "profile": lambda page, url: page.goto(f"{url}/@mei/"),
    **SHOP_SCREENS,
}
ONCE = {("phone", "light"), ("desktop", "dark")}
# Shown in these two only.
FURTHER: dict[str, Callable[[Page, str], object]] = {
    "activity": lambda page, url: page.goto(f"{url}/activity/"),
    "notification-settings": lambda page, url: page.goto(f"{url}/settings/notifications/"),
    "new-conversation": lambda page, url: page.goto(f"{url}/chat/new/"),
    "new-channel": lambda page, url: page.goto(f"{url}/chat/new/channel/"),
    "search": lambda page, url: page.goto(f"{url}/inbox/?q=film"),
    "insights": lambda page, url: page.goto(f"{url}/insights/"),
    "requests": lambda page, url: page.goto(f"{url}/inbox/requests/"),
    "folders": lambda page, url: page.goto(f"{url}/inbox/folders/"),
    "channels": lambda page, url: page.goto(f"{url}/channels/"),
    "scheduled": lambda page, url: page.goto(f"{url}/chat/scheduled/"),
    "reminders": lambda page, url: page.goto(f"{url}/chat/reminders/"),
    "library": _group_page("library/"),
    "polls": _group_part("polls/"),
    "collection": _group_part("collection/"),
    "pins": _group_part("pins/"),
    **VIDEO_SCREENS,
}


def main() -> None:
    """Every page at both sizes in both themes, as small WebP files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_stack() as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        _all(browser, stack.url)
        browser.close()


def _all(browser: Browser, url: str) -> None:
    for person, pages, once in (("ana", PAGES, FURTHER), ("mei", SELLER_SCREENS, {})):
        context = browser.new_context(locale="en-GB")
        sign_in(context.new_page(), url, person)
        signed_in = context.storage_state()
        for size, viewport in (("phone", PHONE), ("desktop", DESKTOP)):
            for theme in ("light", "dark"):
                page = browser.new_context(
                    viewport=viewport, color_scheme=theme, storage_state=signed_in, locale="en-GB"
                ).new_page()
                shown = pages | (once if (size, theme) in ONCE else {})
                for name, show in shown.items():
                    if os.environ.get("ISSUE", "") in name:
                        show(page, url)
                        page.wait_for_timeout(1500)  # fonts, pictures, a film's first second
                        _keep(page, FOLDER / f"{name}-{size}-{theme}.webp")
                page.context.close()
        context.close()


def _keep(page: Page, path: Path) -> None:
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").save(path, "WEBP", quality=72, method=6)
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
