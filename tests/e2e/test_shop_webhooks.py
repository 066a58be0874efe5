"""A seller's own server: added, its secret taken, tested, turned off, removed; axe finds nothing on
any of these pages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack
from tests.e2e.test_accessibility import violations
from tests.e2e.test_accessibility_shop import is_narrow

# Nobody answers there; the worker may have found that out before.
TRIED = """
from commerce.models import WebhookDelivery, WebhookEndpoint
from commerce.webhooks import sending
for waiting in WebhookDelivery.objects.filter(attempts=None):
    sending.deliver(waiting.pk)
"""
ANEW = """
from commerce.models import WebhookEndpoint
WebhookEndpoint.objects.all().delete()
"""


def faults(page: Page) -> list[str]:
    """In either theme."""
    found = [] if is_narrow(page) else ["wider than the window"]
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found += violations(page)
    return found


@pytest.mark.parametrize("phone", [True, False])
def test_a_server_from_its_address_to_its_log(visit: Visit, stack: Stack, phone: bool) -> None:
    stack.do(ANEW)
    page = visit("mei", "/sell/", phone=phone, reduced_motion="reduce")
    page.get_by_role("link", name="Webhooks").locator("visible=true").click()
    page.wait_for_load_state("networkidle")
    wrong = {"list": faults(page)}

    # What was refused keeps what was typed.
    page.get_by_label("Address").fill("http://erp.example/medley")
    page.get_by_label("Name").fill("Warehouse")
    page.get_by_label("An order was paid").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Give an address that begins with https://")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Warehouse")
    expect(page.get_by_label("An order was paid")).to_be_checked()
    wrong["refused"] = faults(page)
    page.get_by_label("Address").fill("https://erp.example/medley")
    page.get_by_role("button", name="Add").click()

    secret = page.get_by_label("Secret")
    expect(secret).to_have_value(re.compile(r"^whsec_.{44}$"))
    wrong["secret"] = faults(page)
    page.get_by_role("link", name="I have it").click()

    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("1 is on its way.")).to_be_visible()
    stack.do(TRIED)
    page.reload(wait_until="networkidle")
    row = page.get_by_role("link", name="A test")
    expect(row).to_contain_text("could not be reached")
    expect(page.get_by_text("nothing has come through")).to_be_visible()
    wrong["log"] = faults(page)
    row.click()
    expect(page.get_by_role("region", name="The body")).to_contain_text("webhook.test")
    wrong["delivery"] = faults(page)

    page.get_by_role("link", name="Back to the webhook").click()
    page.get_by_label("On", exact=False).locator("visible=true").first.uncheck()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Failed", exact=True).click()
    expect(page.get_by_role("link", name="A test")).to_be_visible()
    wrong["off"] = faults(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("None yet.")).to_be_visible()

    assert {where: found for where, found in wrong.items() if found} == {}
