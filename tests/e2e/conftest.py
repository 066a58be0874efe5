"""Real Chromium against the real stack: `visit("ana")` is a page of Ana's, signed in."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    StorageState,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.e2e.fronted import FrontedStack
from tests.e2e.stack import Stack, running_stack
from tests.services import ROOT, chromium

PASSWORD = "medley-demo"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--ignore-certificate-errors",  # nobody signs one for localhost
    "--autoplay-policy=no-user-gesture-required",
    # A microphone that beeps, and whose use nobody has to allow.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
# What the console may say when a journey takes the line away on purpose.
EXPECTED_NOISE = re.compile(
    r"WebSocket connection|ERR_(CONNECTION|INTERNET_DISCONNECTED|FAILED)|Failed to fetch"
    r"|status of 4\d\d"
)

expect.set_options(timeout=30_000)

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the world that all Medleys of this run begin with copies of."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    return Path(os.environ.get("MEDLEY_E2E_WORLD", folder / "world"))


@pytest.fixture(scope="session")
def stack(world: Path) -> Iterator[Stack]:
    """One for each process of the run."""
    kind = FrontedStack if "MEDLEY_FRONTED" in os.environ else Stack  # `make stack`
    with running_stack(world, kind) as stack:
        yield stack


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    yield browser
    browser.close()


def sign_in(page: Page, url: str, username: str) -> None:
    """Through the page that people use."""
    page.goto(f"{url}/accounts/login/")
    page.get_by_label(re.compile("username or e|login", re.I)).fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/accounts/login" not in address)


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    """Signed-in cookies by username, so that each person types the password once."""
    return {}


@pytest.fixture
def visit(
    stack: Stack,
    browser: Browser,
    sessions: dict[str, StorageState],
    request: pytest.FixtureRequest,
) -> Iterator[Visit]:
    """`visit("ana", "/inbox/", phone=True)`; without a name, signed out."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(
        username: str = "", path: str = "/", *, phone: bool = False, theme: str = "light", **options
    ) -> Page:
        if username and username not in sessions:
            context = browser.new_context(locale="en-GB")
            sign_in(context.new_page(), stack.url, username)
            sessions[username] = context.storage_state()
            context.close()
        context = browser.new_context(
            **{
                "viewport": PHONE if phone else DESKTOP,
                "has_touch": phone,
                "color_scheme": theme,
                "locale": "en-GB",
                "ignore_https_errors": True,
                "storage_state": sessions.get(username),
                **options,
            }
        )
        contexts.append(context)
        if username and context.request.get(f"{stack.url}/api/v1/me/").status == 401:
            # Another journey ended the session: a suspension does, a new password.
            sign_in(context.new_page(), stack.url, username)
            context.pages[0].close()
            sessions[username] = context.storage_state()
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda line: (
                troubles.append(f"{page.url}: {line.text}")
                if line.type == "error" and not EXPECTED_NOISE.search(line.text)
                else None
            ),
        )
        page.goto(urljoin(stack.url, path))  # a path, or where another page led
        return page

    yield open_page
    failed = getattr(request.node, "call_failed", False)
    for number, context in enumerate(contexts):
        if failed:
            _keep_picture(context, f"{request.node.name}-{number}")
        context.close()
    assert troubles == [], "the console said something"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if call.when == "call":
        item.call_failed = outcome.get_result().failed


def _keep_picture(context: BrowserContext, name: str) -> None:
    folder = ROOT / "var" / "failed"
    folder.mkdir(parents=True, exist_ok=True)
    for page in context.pages:
        page.screenshot(path=Path(folder) / f"{re.sub(r'[^a-z0-9-]+', '_', name)}.png")


def pytest_collection_modifyitems(items):
    """A journey waits for people, films and restarts; before the first one, for the demo world."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.timeout(300, func_only=True))
