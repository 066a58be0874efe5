"""Pushes in a real browser: asked for after a press only, shown, and leading to their place."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Worker, expect

from tests.e2e.conftest import ARGUMENTS
from tests.e2e.pages import until
from tests.e2e.test_notifications_activity import A_DAY_LATER
from tests.push_service import PushService
from tests.services import whole_chromium

ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/journey"
# Chromium on its own has no push service: this much of one stands in for it, in the page alone.
PUSH_MANAGER = """(({ endpoint, keys }) => {
  let known = null;
  const subscription = {
    endpoint,
    toJSON: () => ({ endpoint, keys }),
    unsubscribe: async () => ((known = null), sessionStorage.removeItem("subscribed"), true),
  };
  if (sessionStorage.getItem("subscribed")) known = subscription;
  PushManager.prototype.getSubscription = async () => known;
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly || applicationServerKey.length !== 65) throw new TypeError("no");
    sessionStorage.setItem("subscribed", "1");
    return (known = subscription);
  };
})"""
COUNT = "(await (await navigator.serviceWorker.ready).getNotifications()).length"
IS_SHOWN = f"async () => {COUNT} > 0"
IS_GONE = f"async () => {COUNT} === 0"


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The whole of it: the headless shell shows no notifications."""
    browser = playwright.chromium.launch(executable_path=whole_chromium(), args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def subscribing() -> str:
    """The script with which a page's browser can subscribe."""
    keys = PushService("").subscribe().keys
    return f"{PUSH_MANAGER}({json.dumps({'endpoint': ENDPOINT, 'keys': keys})})"


def open_devices(visit, subscribing: str, **options) -> Page:
    page = visit("ana", "/settings/devices/", permissions=["notifications"], **options)
    page.context.add_init_script(subscribing)
    page.reload()
    return page


def worker_of(context: BrowserContext) -> Worker:
    """The service worker, once it runs."""
    workers = context.service_workers
    return workers[0] if workers else context.wait_for_event("serviceworker")


def deliver(page: Page, push: dict) -> None:
    """As the browser's push service would."""
    cdp = page.context.new_cdp_session(page)
    registrations: list[str] = []
    cdp.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(
            each["registrationId"] for each in event["registrations"] if not each["isDeleted"]
        ),
    )
    cdp.send("ServiceWorker.enable")
    while not registrations:
        page.wait_for_timeout(50)
    origin = page.evaluate("location.origin")
    cdp.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": registrations[-1], "data": json.dumps(push)},
    )


def shown(page: Page) -> list[dict]:
    """What this site shows on the screen, beside its pages."""
    return page.evaluate(
        """async () => (await (await navigator.serviceWorker.ready).getNotifications())
          .map(({ title, body, tag, data, renotify }) => ({ title, body, tag, data, renotify }))"""
    )


def api(page: Page, method: str, path: str, body: dict | None = None) -> dict:
    """One REST call of whoever is signed in there."""
    return page.evaluate(
        """async ([method, path, body]) => {
          const { request } = await import("/static/js/lib/http.js");
          const answer = await request(`/api/v1/${path}`, { method, ...(body ? { body } : {}) });
          return answer.status === 204 ? {} : answer.json();
        }""",
        [method, path, body],
    )


def follow_from(visit, stack, username: str, followed: str) -> None:
    page = visit(username, f"/@{followed}/")
    api(page, "DELETE", f"users/{followed}/follow/")
    stack.do(A_DAY_LATER.format(name=username))
    api(page, "POST", f"users/{followed}/follow/")


def newest_line(page: Page, kind: str) -> dict:
    """Once the job has made it."""
    for _try in range(100):
        lines = api(page, "GET", "notifications/")["results"]
        found = [line for line in lines if line["kind"] == kind and not line["is_read"]]
        if found:
            return found[0]
        page.wait_for_timeout(100)
    raise AssertionError(f"no {kind} came")


def test_browser_is_told_after_a_press_and_no_more_after_another(visit, subscribing):
    page = open_devices(visit, subscribing)
    expect(page.get_by_role("heading", name="This browser")).to_be_visible()

    page.get_by_role("button", name="Turn on").click()

    expect(page.get_by_text("This browser is told")).to_be_visible()
    row = page.locator("[data-device]").filter(has_text="this one")
    expect(row).to_contain_text("Chrome on")

    page.get_by_role("button", name="Turn off").click()

    expect(page.get_by_role("button", name="Turn on")).to_be_visible()
    expect(row).to_have_count(0)


def test_browser_removed_from_the_list_is_off(visit, subscribing):
    page = open_devices(visit, subscribing, phone=True)
    page.get_by_role("button", name="Turn on").click()
    row = page.locator("[data-device]").filter(has_text="this one")

    row.get_by_role("button", name="Remove").click()

    expect(page.get_by_text("is told no more.")).to_be_visible()
    expect(page.get_by_role("button", name="Turn on")).to_be_visible()


def test_browser_that_forbids_it_says_how_to_allow_it(visit):
    page = visit("ana", "/settings/devices/")
    page.context.add_init_script(
        "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"
    )

    page.reload()

    expect(page.get_by_text("Blocked in this browser")).to_be_visible()
    expect(page.get_by_role("button", name="Turn on")).to_be_hidden()


def test_push_is_shown_opened_and_read(visit, stack):
    page = visit("ana", "/discover/", permissions=["notifications"])
    worker = worker_of(page.context)
    page.evaluate("navigator.serviceWorker.ready")
    follow_from(visit, stack, "zoe", "ana")
    line = newest_line(page, "accounts.follow")
    push = {
        "title": line["text"],
        "body": "",
        "url": f"/activity/{line['id']}/place/",
        "tag": line["id"],
        "badge": 1,
        "id": line["id"],
    }

    deliver(page, push)
    until(page, IS_SHOWN)

    assert shown(page) == [
        {
            "title": line["text"],
            "body": "",
            "tag": line["id"],
            "data": {"url": push["url"], "id": line["id"]},
            "renotify": False,
        }
    ]

    # A press by hand cannot be played here: this is what it calls.
    worker.evaluate("(url) => self.medleyPush.open(url).catch(() => {})", push["url"])

    page.wait_for_url("**/@zoe/")
    for _try in range(50):
        lines = api(page, "GET", "notifications/")["results"]
        if [one["is_read"] for one in lines if one["id"] == line["id"]] == [True]:
            break
        page.wait_for_timeout(100)
    else:
        raise AssertionError("the line stayed unread")


def test_push_goes_from_the_screen_when_it_is_read_elsewhere(visit, stack):
    page = visit("ana", "/discover/", permissions=["notifications"])
    worker_of(page.context)
    page.evaluate("navigator.serviceWorker.ready")
    follow_from(visit, stack, "zoe", "ana")
    line = newest_line(page, "accounts.follow")
    deliver(page, {"title": line["text"], "tag": line["id"], "id": line["id"]})
    until(page, IS_SHOWN)
    other = visit("ana", "/discover/", phone=True)

    api(other, "POST", "notifications/read/", {"ids": [line["id"]]})

    until(page, IS_GONE)
