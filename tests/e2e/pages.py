"""What journeys wait for and look up on a page, beside what Playwright's locators do."""

from itertools import count
from urllib.parse import urljoin

from playwright.sync_api import Page

# The page's own module by the name under which it came: another name would be another socket, so
# until it has come there is nothing to ask.
LIVE = """(async () => {
    const names = performance.getEntriesByType("resource").map(({ name }) => name);
    const own = names.find((name) => /\\/js\\/lib\\/live(\\.[0-9a-f]+)?\\.js$/.test(name));
    return own ? await import(own) : {};
})()"""
IS_OPEN = f"""() => {LIVE}.then(({{ live }}) => live?.state === "open")"""
_names = (f"journeyWait{number}" for number in count())


def until(page: Page, promised: str) -> None:
    """Wait until what a JavaScript function promises is true; it is asked again and again, on
    whatever page is there by then."""
    kept = f"window.{next(_names)}"  # wait_for_function takes a promise itself for true
    ask = f"() => {{ ({promised})().then((found) => {{ {kept} = found; }}); return {kept}; }}"
    page.wait_for_function(ask, polling=50)


def live(page: Page) -> Page:
    """Once its socket is open: from now on it hears of everything."""
    until(page, IS_OPEN)
    return page


def newest_video(page: Page, username: str) -> str:
    """The address of the newest video on somebody's profile that is out, for everybody."""
    page.goto(urljoin(page.url, f"/@{username}/"))
    out = page.locator(".grid li:not(:has(.grid__state)):not(:has(.grid__lock)) a")
    return out.first.evaluate("link => link.href")
