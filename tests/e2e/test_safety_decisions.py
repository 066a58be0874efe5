"""From a report to a decision, an appeal and its reversal; and what is left to who is kept out."""

import re
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit, sign_in
from tests.e2e.stack import Stack
from tests.e2e.test_messenger_starting import report
from tests.rules import rule

STAFF = """
from django.contrib.auth.models import Group
from accounts.models import Appeal, Case, Decision, User
from accounts.moderation import appeals, cases, deciding
def senior(name):
    person, _new = User.objects.get_or_create(
        username=name,
        defaults={"email": f"{name}@example.com", "birth_date": "1980-01-01", "is_staff": True},
    )
    person.groups.add(Group.objects.get(name="senior"))
    return person
first, second = senior("first.senior"), senior("second.senior")
"""


def moderate(stack: Stack, deed: str) -> None:
    """What staff do at their own desk (tests/e2e/test_safety_queue.py), by the same verbs."""
    stack.do(STAFF + deed)


def begin_anew(stack: Stack, username: str) -> None:
    """In a world that is kept from run to run, nothing holds of what was decided before."""
    deed = f"""
for past in Decision.objects.in_force().filter(person__username={username!r}):
    deciding.undo(second, past, "Once more.")
"""
    moderate(stack, deed)


def decide(stack: Stack, username: str, acts: str) -> None:
    deed = f"""
case = Case.objects.open().filter(owner__username={username!r}).order_by("-id").first()
deciding.decide(first, case, acts={acts}, reason="harassment", rule="people",
                words="You threatened somebody.")
"""
    moderate(stack, deed)


def say(page: Page, words: str) -> None:
    page.locator(".composer textarea").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".message--mine", has_text=words).last).to_be_visible()


def talk_with(page: Page, name: str) -> None:
    page.locator(".inbox li[data-conversation]", has_text=name).first.locator("a.row").click()
    expect(page.locator(".talk__title", has_text=name)).to_be_visible()


@rule("R40", "page")
@rule("R41", "page")
def test_a_report_is_decided_appealed_against_and_reversed(visit: Visit, stack: Stack):
    words = f"You will be sorry {uuid4().hex[:8]}"
    begin_anew(stack, "ben")
    ben, ana = visit("ben", "/inbox/", phone=True), visit("ana", "/inbox/")
    talk_with(ben, "Ana García")
    say(ben, words)
    talk_with(ana, "Ben Okafor")
    said = ana.locator(".message", has_text=words)
    expect(said).to_be_visible()

    said.hover()
    said.locator("[data-act=menu]").click()
    ana.locator("[data-menu]").get_by_role("button", name="Report").click()
    report(ana, "Bullying or harassment")
    expect(ana.get_by_role("heading", name="Thank you")).to_be_visible()
    decide(stack, "ben", '[("remove", {}), ("limit", {"days": 3, "features": ["message"]})]')

    for page in (ana, ben):
        page.reload()
        expect(page.get_by_text("Removed by Medley's moderators").last).to_be_visible()
        expect(page.locator(".message, .inbox", has_text=words)).to_have_count(0)
    expect(ben.get_by_text(re.compile("^You cannot write messages for now"))).to_be_visible()
    ana.goto(stack.url + "/settings/reports/")
    expect(ana.get_by_text("We took action").first).to_be_visible()

    ben.goto(stack.url + "/settings/decisions/")
    ben.locator(".decisions__one").first.click()
    expect(ben.get_by_text("You threatened somebody.")).to_be_visible()
    expect(ben.get_by_role("link", name="Be kind to people")).to_be_visible()
    ben.get_by_label("Why is it wrong?").fill("It was a line of a song.")
    ben.get_by_role("button", name="Send the appeal").click()
    expect(ben.get_by_role("heading", name="Your appeal")).to_be_visible()
    moderate(
        stack,
        """
made = Appeal.objects.filter(state="open").order_by("-id").first()
appeals.answer(second, made, overturn=True, words="It is a line of a song. Sorry.")
""",
    )

    ben.reload()
    expect(ben.get_by_text("This decision was taken back.")).to_be_visible()
    expect(ben.get_by_text("It is a line of a song. Sorry.").first).to_be_visible()
    ben.goto(stack.url + "/inbox/")
    talk_with(ben, "Ana García")
    expect(ben.locator(".message--mine", has_text=words)).to_be_visible()
    say(ben, "Thanks for looking again")


@rule("R43", "page")
def test_who_is_suspended_reads_why_and_takes_the_way_back(visit: Visit, stack: Stack):
    begin_anew(stack, "zoe")
    moderate(
        stack,
        """
zoe = User.objects.get(username="zoe")
cases.flag("user", zoe.pk, origin="spam", reason="spam", severity=2, facts={})
""",
    )
    decide(stack, "zoe", '[("suspend", {"days": 7})]')
    page = visit("", "/", phone=True)

    sign_in(page, stack.url, "zoe")

    expect(page.get_by_role("heading", name="Your account is suspended")).to_be_visible()
    expect(page.get_by_text("You threatened somebody.")).to_be_visible()
    page.get_by_role("link", name="Appeal against it").click()
    page.get_by_label("Why is it wrong?").fill("I wrote to nobody.")
    page.get_by_role("button", name="Send the appeal").click()
    expect(page.get_by_role("heading", name="Your appeal")).to_be_visible()
    page.goto(stack.url + "/inbox/")
    expect(page.get_by_label("Password", exact=True)).to_be_visible()

    moderate(
        stack,
        """
made = Appeal.objects.filter(state="open", person__username="zoe").latest("made_at")
appeals.answer(second, made, overturn=True, words="You are right.")
""",
    )
    sign_in(page, stack.url, "zoe")
    expect(page.get_by_role("heading", name="Your account is suspended")).to_have_count(0)
