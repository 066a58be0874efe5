"""Videos as `make screenshots` shows them: each name with the way there, for ana of the demo."""

import re
from collections.abc import Callable

from playwright.sync_api import FilePayload, Page

Way = Callable[[Page, str], object]
RENDERED = 60_000  # ms


def at(path: str) -> Way:
    """A page that has an address of its own."""
    return lambda page, url: page.goto(f"{url}{path}")


def _playing(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(".clip.is-playing")


def _why(page: Page, url: str) -> None:
    _playing(page, url)
    page.locator(".clip.is-playing [data-why]").first.click()
    page.wait_for_selector(".why__sentence")


def _comments(page: Page, url: str) -> None:
    """On a wide screen they stand beside the video already."""
    _own_video(page, url)
    shown = page.locator(".comments__list:visible")
    if not shown.count():
        page.locator("[data-comments]").first.click()
    shown.first.wait_for()


def _send(page: Page, url: str) -> None:
    _playing(page, url)
    page.locator(".clip.is-playing [data-send]").first.click()
    page.wait_for_selector("#share-sheet .place")


def _own_video(page: Page, url: str) -> None:
    page.goto(f"{url}/@ana/")
    page.locator(".grid__one").first.click()
    page.wait_for_selector(".clip.is-playing")


def _behind_own_video(place: str) -> Way:
    """A page behind one of her videos: edit/, subtitles/, insights/."""

    def show(page: Page, url: str) -> None:
        _own_video(page, url)
        page.goto(f"{url}{re.search(r'/videos/[0-9a-f-]+/', page.url)[0]}{place}")  # type: ignore[index]

    return show


def _sound(page: Page, url: str) -> None:
    page.goto(f"{url}/sounds/")
    page.locator('a[href^="/sounds/"]').first.click()


def _duet(page: Page, url: str) -> None:
    """The maker of a duet stands beside what is answered; of who allows it."""
    page.goto(f"{url}/@mei/")
    page.locator(".grid__one").first.click()
    page.wait_for_selector(".clip.is-playing")
    page.locator(".clip__remix").click()


def _collection(page: Page, url: str) -> None:
    page.goto(f"{url}/collections/")
    known = page.get_by_role("link", name="Quiet evenings")
    if not known.count():
        page.get_by_placeholder("New collection").fill("Quiet evenings")
        page.get_by_role("main").get_by_role("button", name="Create").click()
        page.wait_for_load_state()
        page.goto(f"{url}/collections/")
    known.first.click()


def _editor(page: Page, url: str) -> None:
    """Two clips with words and music; the same draft again where there is one."""
    page.goto(f"{url}/drafts/")
    known = page.locator('main a[href^="/drafts/"]')
    if known.count():
        known.first.click()
    else:
        _begin(page)
    page.wait_for_selector(".piece >> nth=1")
    page.wait_for_selector(".timeline__music", timeout=RENDERED)


def _begin(page: Page) -> None:
    """Two clips of the demo, as if they came from her phone."""
    clips = [_file_of(page, who) for who in ("mei", "priya")]
    page.goto(f"{_origin(page)}/drafts/")
    page.get_by_role("button", name="New video").click()
    page.locator("[data-files]").set_input_files(clips)
    page.wait_for_selector(".piece >> nth=1")
    page.get_by_role("tab", name="Text").click()
    page.get_by_role("button", name="Add text").first.click()
    page.keyboard.type("By the sea 🌊")
    page.get_by_role("tab", name="Music").click()
    page.get_by_role("button", name="Choose music").click()
    page.get_by_role("button", name=re.compile("^Use ")).first.click()
    page.wait_for_selector(".film", state="detached", timeout=RENDERED)


def _file_of(page: Page, who: str) -> FilePayload:
    page.goto(f"{_origin(page)}/@{who}/")
    page.locator(".grid__one").first.click()
    address = page.locator(".clip").first.get_attribute("data-small") or ""
    film = page.request.get(f"{_origin(page)}{address}").body()
    return {"name": f"{who}.mp4", "mimeType": "video/mp4", "buffer": film}


def _origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


VIDEO_SCREENS: dict[str, Way] = {
    "why": _why,
    "send": _send,
    "comments": _comments,
    "upload": at("/upload/"),
    "editor": _editor,
    "drafts": at("/drafts/"),
    "sounds": at("/sounds/"),
    "sound": _sound,
    "duet": _duet,
    "discover": at("/discover/"),
    "search-videos": at("/discover/?q=meadow"),
    "saved": at("/saved/"),
    "video-collection": _collection,
    "feed-settings": at("/settings/feed/"),
    "edit-video": _behind_own_video("edit/"),
    "subtitles": _behind_own_video("subtitles/"),
    "insights": at("/insights/"),
    "video-insights": _behind_own_video("insights/"),
}
