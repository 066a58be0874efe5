"""One's own data: a copy that is read without Medley, and an account that is deleted, given back,
and gone."""

import re
import zipfile
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, Visit, sign_in
from tests.e2e.stack import Stack
from tests.rules import rule

SOON = 60_000  # milliseconds for jobs, on a machine that does much else

LOU = """
from uuid import uuid4
from accounts.models import Follow, User
from django.utils import timezone
from chat import actions, writer
ana = User.objects.get(username="ana")
User.objects.create_user(
    "{name}", "{name}@example.com", "medley-demo", birth_date="1990-01-01", display_name="Lou Last"
)
lou = User.objects.get(username="{name}")
for one, other in ((ana, lou), (lou, ana)):
    Follow.objects.create(follower=one, followed=other, accepted_at=timezone.now())
talk = actions.start_direct(lou, ana)
actions.send_message(lou, talk, body="the last thing I say", client_id=uuid4())
writer.close()
print(talk.pk)
"""
TIME_IS_OVER = """
from accounts.models import User
from django.utils import timezone
User.objects.filter(username="{name}").update(leaving_at=timezone.now())
from accounts.rights import erasing
erasing.purge_due()
"""


def manage(stack: Stack, deed: str) -> str:
    """What a test cannot wait for, or nobody does in a browser."""
    return stack.do(deed)


def confirm(page: Page) -> None:
    """The password once more, where it is asked for."""
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()


@rule("R46", "page", "job")
def test_a_copy_is_made_fetched_and_read_without_medley(visit: Visit, tmp_path: Path):
    page = visit("ben", "/settings/")
    page.get_by_role("link", name="Your data").click()
    page.get_by_role("button", name="Make a copy").click()
    confirm(page)

    expect(page.get_by_role("link", name="Fetch it")).to_be_visible(timeout=SOON)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Fetch it").click()
    file = tmp_path / "copy.zip"
    fetched.value.save_as(file)
    assert fetched.value.suggested_filename.startswith("medley-ben-")
    zipfile.ZipFile(file).extractall(tmp_path / "copy")

    page.context.set_offline(True)
    page.goto((tmp_path / "copy" / "index.html").as_uri())
    expect(page.get_by_role("heading", name="Your data")).to_be_visible()
    page.get_by_role("link", name=re.compile("With Ana")).first.click()
    expect(page.locator(".said--own").first).to_be_visible()
    expect(page.locator(".said__who", has_text="Ana").first).to_be_visible()
    page.get_by_role("link", name="All of it").click()
    page.get_by_role("link", name=re.compile("Your profile")).click()
    expect(page.get_by_text("ben@", exact=False).first).to_be_visible()


@rule("R46", "page", "job")
def test_somebody_leaves_comes_back_and_leaves_for_good(visit: Visit, stack: Stack):
    name = f"lou{uuid4().hex[:6]}"
    talk = manage(stack, LOU.format(name=name))
    ana = visit("ana", f"/@{name}/")
    expect(ana.get_by_role("heading", name="Lou Last")).to_be_visible()
    lou = visit(phone=True)
    sign_in(lou, stack.url, name)

    delete_account(lou, stack)
    ana.reload()
    expect(ana.get_by_role("heading", name="Lou Last")).to_have_count(0)

    sign_in(lou, stack.url, name)
    lou.get_by_role("button", name="Keep my account").click()
    sign_in(lou, stack.url, name)
    ana.reload()
    expect(ana.get_by_role("heading", name="Lou Last")).to_be_visible()

    delete_account(lou, stack)
    manage(stack, TIME_IS_OVER.format(name=name))
    lou.goto(f"{stack.url}/accounts/login/")
    for _try in range(60):
        ana.goto(f"{stack.url}/chat/{talk}/")
        if ana.get_by_text("Deleted user").count():
            break
        ana.wait_for_timeout(500)
    expect(ana.get_by_text("Deleted user").first).to_be_visible()
    expect(ana.get_by_text("the last thing I say").first).to_be_visible()
    expect(ana.get_by_text("Lou Last")).to_have_count(0)


def delete_account(page: Page, stack: Stack) -> None:
    page.goto(f"{stack.url}/settings/data/")
    page.get_by_role("link", name="Delete my account").click()
    page.get_by_role("button", name="Delete my account").click()
    if "reauthenticate" in page.url:
        confirm(page)
    expect(page.get_by_role("heading", name="Take care!")).to_be_visible()
