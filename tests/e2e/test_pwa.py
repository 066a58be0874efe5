"""Medley as an app: without a line, after the page was closed, and when a newer one waits."""

import os
import re
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.pages import until
from tests.e2e.stack import Stack
from tests.e2e.test_messenger_messages import open_crew
from tests.services import ROOT

CONTROLLED = "() => navigator.serviceWorker.controller !== null"
KEPT = """async () => {
  const names = [];
  for (const cache of await caches.keys())
    for (const { url } of await (await caches.open(cache)).keys())
      names.push(new URL(url).pathname);
  return names;
}"""
WAITING = "async () => (await self.keptMessages.all()).length"
NONE_WAITS = "async () => (await self.keptMessages.all()).length === 0"


def controlled(page: Page) -> Page:
    """With the worker at work: the first page of a browser gets it a moment later."""
    page.wait_for_function(CONTROLLED)
    return page


# The form of the settings, on a page that is still open; nothing leaves it without a line.
SIGN_OUT = """() => {
  const form = document.createElement("form");
  form.action = "/accounts/logout/";
  document.body.append(form);
  form.requestSubmit();
}"""


def type_and_send(page: Page, words: str) -> None:
    page.locator(".composer textarea[name=body]").first.fill(words)
    page.locator(".composer button[type=submit]").first.click()


def wake_for_sync(page: Page, origin: str) -> None:
    """As the browser does when there is a line again. The page is of that origin, but not ours."""
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(each["registrationId"] for each in told["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(50)
    devtools.send(
        "ServiceWorker.dispatchSyncEvent",
        {"origin": origin, "registrationId": found[-1], "tag": "outgoing", "lastChance": False},
    )


def test_without_a_line_our_own_page_says_so_and_makes_way_again(visit: Visit):
    page = controlled(visit("ana", "/settings/", phone=True))

    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    assert "Figtree" in page.evaluate("getComputedStyle(document.body).fontFamily")

    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()


def test_nothing_of_anybody_is_kept(visit: Visit, stack: Stack):
    page = controlled(visit("ana", "/inbox/"))
    for path in ("/", "/@ana/", "/activity/"):
        page.goto(stack.url + path)

    kept = page.evaluate(KEPT)

    assert kept
    assert not [name for name in kept if not re.match(r"/static/|/jsi18n/$|/offline/$", name)]


def test_what_was_written_without_a_line_arrives_though_the_page_was_closed(
    visit: Visit, stack: Stack
):
    words = f"written in the tunnel {uuid4().hex[:6]}"
    ben = open_crew(visit("ben", "/inbox/"))
    ana = controlled(open_crew(visit("ana", "/inbox/")))

    elsewhere = ana.context.new_page()
    elsewhere.goto(f"{stack.url}/healthz")
    ana.context.set_offline(True)
    type_and_send(ana, words)
    until(ana, WAITING)
    ana.close()
    elsewhere.context.set_offline(False)
    wake_for_sync(elsewhere, stack.url)

    expect(ben.locator("[data-log] .message", has_text=words)).to_have_count(1)

    # Her page, open again, had it in mind as well: it stays one.
    elsewhere.goto(f"{stack.url}/inbox/")
    again = open_crew(elsewhere)
    expect(again.locator("[data-log] .message", has_text=words)).to_have_count(1)
    expect(again.locator("[data-log] .message.is-sending")).to_have_count(0)
    expect(ben.locator("[data-log] .message", has_text=words)).to_have_count(1)


def test_signing_out_leaves_no_unsent_words_on_the_device(visit: Visit):
    page = open_crew(visit("mei", "/inbox/"))
    controlled(page)
    page.context.set_offline(True)
    type_and_send(page, "never mind")
    until(page, WAITING)
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")

    page.evaluate(SIGN_OUT)

    until(page, NONE_WAITS)
    assert not page.evaluate(
        "Object.keys(localStorage).filter((name) => /outgoing|drafts/.test(name))"
    )


def test_a_newer_version_is_offered_and_taken(visit: Visit, stack: Stack):
    page = controlled(visit("ana", "/settings/"))
    os.utime(ROOT / "static/js/worker/shell.js")
    stack.kill_web()
    stack.wait_until_ready()

    page.reload()
    offer = page.locator(".toast", has_text="A new version is there.")
    expect(offer).to_be_visible()
    with page.expect_navigation():
        offer.get_by_role("button", name="Reload").click()

    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()
    expect(page.locator(".toast", has_text="A new version is there.")).to_have_count(0)


# What the browser says when it could install this; a headless one never does.
COULD_INSTALL = """() => window.dispatchEvent(Object.assign(
  new Event("beforeinstallprompt", { cancelable: true }),
  {
    prompt: () => { document.body.dataset.asked = "yes"; },
    userChoice: Promise.resolve({ outcome: "dismissed" }),
  },
))"""


def test_the_app_is_offered_in_the_settings_and_gently_from_the_third_visit_on(
    visit: Visit, stack: Stack
):
    page = visit("ana", "/settings/", phone=True)
    section, line = page.locator("#app"), page.locator(".install")
    page.wait_for_load_state("networkidle")
    expect(section).to_be_hidden()

    page.evaluate(COULD_INSTALL)
    expect(section).to_be_visible()
    expect(line).to_be_hidden()

    page.evaluate("localStorage.setItem('medley.visits', 3)")
    page.goto(f"{stack.url}/settings/reports/")
    page.wait_for_load_state("networkidle")
    page.evaluate(COULD_INSTALL)
    expect(line).to_be_visible()
    line.get_by_role("button", name="No, thank you").click()
    expect(line).to_be_hidden()

    page.goto(f"{stack.url}/settings/")
    page.wait_for_load_state("networkidle")
    page.evaluate(COULD_INSTALL)
    expect(section).to_be_visible()
    expect(line).to_be_hidden()
    section.get_by_role("button", name="Install").click()
    expect(page.locator("body")).to_have_attribute("data-asked", "yes")
