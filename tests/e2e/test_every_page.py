"""Every page that the access tables know, as whoever may read it: axe-core finds nothing in either
theme, and no phone has to be pushed aside, whichever way one reads."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.every_page import TABLES, EveryPage, pages_of, routes_of
from tests.e2e.stack import Stack
from tests.e2e.test_accessibility import violations
from tests.e2e.test_accessibility_shop import is_narrow

# Nobody gets a page of one's own there, and why.
NO_PAGE = {
    "A file.": {
        *("chat/{conversation}/picture/{name}", "join/{token}/code.svg", "join/{token}/picture/"),
        *("media/avatars/{name}", "media/links/{name}", "media/products/{name}"),
        *("media/reviews/{name}", "media/shops/{name}", "media/sounds/{sound}/{name}"),
        *("media/videos/{video}/{name}", "orders/{order}/invoice.pdf"),
        *("orders/{order}/refunds/{refund}.pdf", "shop/payouts/{payout}.csv"),
        *("shop/payouts/{payout}.pdf", "sell/money.csv", "sell/orders.csv", "sell/products.csv"),
        *("shop/earnings.csv", "insights/{table}.csv", "videos/{video}/insights/{table}.csv"),
        *("transparency/{period}.csv", "settings/data/copy/{export}/", "standing/copy/{export}/"),
        *("videos/{video}/subtitles/{language}.vtt", "accounts/2fa/recovery-codes/download/"),
        *("favicon.ico", "jsi18n/", "manifest.webmanifest", "sw.js", "healthz", "readyz"),
    },
    "Part of a page, where journeys meet it.": {
        *("activity/standing/", "chat/new/people/", "chat/unread/", "settings/family/code/"),
        *("chat/{conversation}/history/", "chat/{conversation}/info/members/"),
        *("chat/{conversation}/watch/choose/", "share/{kind}/{object}/", "videos/{video}/why/"),
        *("videos/{video}/comments/", "videos/{video}/film/status/", "videos/{video}/status/"),
    },
    "Leads on to another page.": {
        *("activity/{notification}/place/", "chat/{conversation}/collection/play/"),
        *("shop/in-videos/", "shop/together/{group}/join/", "videos/{video}/sound/"),
        *("videos/{video}/subtitles/write/", "accounts/password/set/"),
    },
    "By an address that only a mail or the test's payment service tells.": {
        *("not-me/{token}/", "pay/test/{charge}/"),
    },
    "For who has a second factor, or a closed account: test_safety_account.py, _decisions.py.": {
        *("accounts/2fa/authenticate/", "accounts/2fa/reauthenticate/", "standing/"),
        *("accounts/2fa/totp/deactivate/", "accounts/2fa/recovery-codes/"),
        *("accounts/2fa/webauthn/keys/{key}/edit/", "accounts/2fa/webauthn/keys/{key}/remove/"),
        *("accounts/2fa/webauthn/login/", "accounts/2fa/webauthn/reauthenticate/"),
        "accounts/login/code/confirm/",
    },
    "Of what this world lacks, in test_accessibility_shop.py and journeys.": {
        *("checkout/", "chat/{conversation}/forward/", "fan-groups/{conversation}/"),
    },
}

Open = Callable[[EveryPage], Page]


@pytest.fixture
def opened(browser: Browser, stack: Stack) -> Iterator[Open]:
    """Opens pages on a phone as whoever they are for, who keeps one window."""
    windows: dict[str, BrowserContext] = {}

    def window(session: str) -> BrowserContext:
        context = browser.new_context(
            locale="en-GB", reduced_motion="reduce", ignore_https_errors=True, viewport=PHONE
        )
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": stack.url}])
        context.new_page()
        return context

    def open_page(which: EveryPage) -> Page:
        if which.session not in windows:
            windows[which.session] = window(which.session)
        page = windows[which.session].pages[0]
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="light")
        page.goto(stack.url + which.path)
        return page

    yield open_page
    for context in windows.values():
        context.close()


@pytest.mark.timeout(600, func_only=True)
@pytest.mark.parametrize("subject", TABLES)
def test_every_page_is_for_everybody(stack: Stack, opened: Open, subject: str):
    pages = pages_of(stack, subject)
    found = {f"{which.route} ({which.who})": faults(opened(which)) for which in pages}
    reached = {which.route for which in pages}
    explained: set[str] = set().union(*NO_PAGE.values())

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert routes_of(subject) - reached - explained == set()
    assert reached & explained == set()


def faults(page: Page) -> list[str]:
    """What keeps somebody from this page: by day on a phone, by night at a desk, from right to
    left. Of all rules only that of contrast asks which theme it is."""
    wrong = [*violations(page), *wider(page, "left to right")]
    page.evaluate("document.documentElement.dir = 'rtl'")
    wrong += wider(page, "right to left")
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="dark")
    return wrong + [f"dark: {one}" for one in violations(page, "color-contrast")]


def wider(page: Page, how: str) -> list[str]:
    return [] if is_narrow(page) else [f"wider than the window, {how}"]
