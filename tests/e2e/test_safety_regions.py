"""Features off in a region while people are online there (R45): the page gives way to the
explanation by itself, and comes back; what is one's own stays open."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.pages import LIVE, live
from tests.e2e.stack import Stack
from tests.e2e.test_messenger_timing import conversation_of, open_talk, words_of
from tests.rules import rule

GROUP = "Sunday crew"
OFF = "Messages are not available where you are right now."
SOON = 2.0  # seconds in which everybody who is online knows
BEHIND = 1.5  # that this test may need to notice, on a machine that does much else

LIVE_THERE = """
from accounts.models import User
User.objects.filter(username__in=["ana", "ben"]).update(region="IN")
"""
SWITCH_OFF = """
from datetime import timedelta
from django.utils import timezone
from accounts import actions
from accounts.models import User
moderator, _ = User.objects.get_or_create(
    username="law", defaults={"email": "law@example.com", "is_staff": True, "is_superuser": True,
    "birth_date": "1980-01-01"})
soon = timezone.now() + timedelta(seconds=4)
actions.switch_off(moderator, region="IN", feature="messages", off_from=soon,
    reasons={"en": "A court decided so."}, legal_reference="Order 69A")
print(soon.isoformat())
"""
SWITCH_ON = """
from accounts import actions
from accounts.models import RegionRule, User
from django.utils import timezone
moderator = User.objects.get(username="law")
for rule in RegionRule.objects.filter(off_until=None):
    actions.switch_on(moderator, rule)
print(timezone.now().isoformat())
"""
ASK = """async ([path, body]) => {
    const csrf = document.querySelector('meta[name="csrf-token"]').content;
    const answer = await fetch(`/api/v1/${path}`, { method: "POST", body: JSON.stringify(body),
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf } });
    return [answer.status, (await answer.json()).code];
}"""
SAY = f"""(frame) => {LIVE}
    .then(({{ live }}) => live.ask(frame)).then(() => "ack", (error) => error.code)"""


def manage(stack: Stack, deed: str) -> str:
    """As a moderator would in the admin, which asks for a second factor."""
    return stack.do(deed)


@pytest.fixture
def people_there(stack: Stack):
    manage(stack, LIVE_THERE)
    yield
    manage(stack, SWITCH_ON)
    manage(stack, LIVE_THERE.replace('region="IN"', 'region=""'))


def explained(page: Page) -> datetime:
    """When the page said it."""
    expect(page.get_by_role("heading", name=OFF)).to_be_visible()
    return datetime.now(UTC)


@rule("R45", "page", "api", "socket")
def test_messages_are_switched_off_while_two_are_talking(
    visit: Visit, stack: Stack, people_there: None
):
    ana, ben = visit("ana"), visit("ben", phone=True)
    open_talk(ana, stack, GROUP)
    open_talk(ben, stack, GROUP)
    conversation = conversation_of(ana)
    words_of(ana).fill("half a sen")

    began = datetime.fromisoformat(manage(stack, SWITCH_OFF))
    knew = max(explained(ana), explained(ben))

    assert (knew - began).total_seconds() <= SOON + BEHIND
    expect(ana.get_by_text("A court decided so.")).to_be_visible()
    expect(ana.get_by_text("Order 69A")).to_be_visible()
    said = {"body": "still?", "client_id": "8d2f7c1e-26a5-4a3c-9d5e-0f1f6a7b8c9d"}
    refused = ana.evaluate(ASK, [f"conversations/{conversation}/messages/", said])
    assert refused == [451, "policy.R45"]
    frame = {"type": "message.send", "conversation": conversation, **said}
    assert ana.evaluate(SAY, frame) == "policy.R45"

    ben.get_by_role("link", name="Take your data with you").click()
    expect(ben.get_by_role("heading", name="Your data", exact=True)).to_be_visible()
    ben.go_back()
    explained(ben)

    manage(stack, SWITCH_ON)
    expect(words_of(ana)).to_have_value("half a sen")
    expect(words_of(ben)).to_be_visible()
    live(ana)
    assert ana.evaluate(SAY, frame) == "ack"
