"""An account's safety in two browsers: one is signed out from the other, and a passkey opens it."""

import re
import time

from playwright.sync_api import Page, WebSocket, expect

from tests.e2e.conftest import PASSWORD, Visit, sign_in
from tests.e2e.stack import Stack

SECURITY = "/settings/security/"
SOON = 2  # seconds, for a socket to be closed


def own_session(visit: Visit, stack: Stack, username: str, path: str, **options) -> Page:
    """A browser that signed in itself: not one of the cookies that the journeys share."""
    page = visit("", "/accounts/login/", **options)
    sign_in(page, stack.url, username)
    page.goto(stack.url + path)
    return page


def test_a_browser_signed_out_from_another_closes_within_two_seconds(visit: Visit, stack: Stack):
    there = own_session(visit, stack, "zoe", "/inbox/", phone=True)
    sockets: list[WebSocket] = []
    there.on("websocket", lambda socket: sockets.append(socket))
    with there.expect_websocket():
        there.reload()
    expect(there.get_by_role("heading", name="Inbox")).to_be_visible()
    here = own_session(visit, stack, "zoe", SECURITY)
    others = here.get_by_role("listitem").filter(has_not_text="This device, now")

    others.get_by_role("button", name=re.compile("^Sign out")).first.click()
    expect(here.get_by_text("is signed out.")).to_be_visible()
    ended = time.monotonic()

    # The one before belonged to the page that was left: nobody is told of its end.
    while time.monotonic() < ended + SOON and not sockets[-1].is_closed():
        there.wait_for_timeout(50)
    assert sockets[-1].is_closed()
    there.goto(stack.url + SECURITY)
    expect(there).to_have_url(re.compile("/accounts/login/"))
    expect(here.get_by_text("Signed out from afar").first).to_be_visible()


def confirm(page: Page) -> None:
    """Where the password is asked for once more, it is given."""
    if "/reauthenticate" in page.url:
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()


def with_a_device_that_keeps_passkeys(page: Page) -> None:
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_passkey_is_added_opens_the_account_and_is_removed(visit: Visit, stack: Stack):
    page = own_session(visit, stack, "mei", SECURITY)
    with_a_device_that_keeps_passkeys(page)
    page.get_by_role("link", name=re.compile("^Passkeys")).click()
    page.get_by_role("link", name="Add a passkey").click()
    confirm(page)

    page.get_by_label("What you call it").fill("My laptop")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(stack.url + SECURITY)
    expect(page.get_by_text("Passkey added")).to_be_visible()

    page.context.clear_cookies()
    page.goto(stack.url + "/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url(lambda address: "/accounts/login" not in address)

    page.goto(stack.url + "/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove My laptop").click()
    confirm(page)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
