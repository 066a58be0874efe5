"""Groups that people run together, live: links, approval, roles, freeze, silence, bans, faces."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack

MAKE = """async ([title, members]) => {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const answer = await fetch("/api/v1/conversations/", {
    method: "POST",
    headers: {"Content-Type": "application/json", "X-CSRFToken": token},
    body: JSON.stringify({kind: "group", title, members}),
  });
  return (await answer.json()).id;
}"""


class Group:
    """A new group of Ana's with these people."""

    def __init__(self, ana: Page, stack: Stack, *members: str) -> None:
        self.title = f"Night choir {uuid4().hex[:6]}"
        self.path = f"/chat/{ana.evaluate(MAKE, [self.title, list(members)])}/"
        self.url = stack.url + self.path

    def open(self, page: Page, place: str = "") -> None:
        page.goto(self.url + place)


@pytest.fixture
def ana(visit: Visit) -> Page:
    return visit("ana", "/inbox/")


def composer(page: Page):
    """Where one writes; a thread beside the talk has another."""
    return page.get_by_role("textbox", name=re.compile("^Message "))


def say(page: Page, words: str) -> None:
    composer(page).fill(words)
    page.get_by_role("button", name="Send", exact=True).click()


def system_line(page: Page, words: str):
    return page.locator(".system", has_text=words)


def about_person(page: Page, name: str):
    """Open what can be done about a member."""
    page.get_by_role("button", name=f"Options for {name}").click()
    return page.get_by_role("dialog", name=name)


def new_link(page: Page, group: Group, *, label: str, approval: bool = False) -> str:
    group.open(page, "info/links/")
    page.get_by_label("Label").fill(label)
    if approval:
        page.get_by_text("Approve whoever comes by it").click()
    page.get_by_role("button", name="Make link").click()
    code = page.get_by_alt_text("The link as a QR code")
    expect(code).to_be_visible()
    page.wait_for_function("image => image.naturalWidth > 0", arg=code.element_handle())
    return page.get_by_label("Link", exact=True).input_value()


def test_a_link_with_a_question_lets_somebody_in_after_a_yes(visit: Visit, stack: Stack, ana: Page):
    group = Group(ana, stack, "ben")
    ben, zoe = visit("ben", group.path), visit("zoe", "/inbox/", phone=True)

    group.open(ana, "info/manage/")
    ana.get_by_label("Question 1").fill("What do you sing?")
    joining = ana.locator("form", has=ana.get_by_label("Question 1"))
    with ana.expect_navigation():  # what was typed is there before it is saved, too
        joining.get_by_role("button", name="Save", exact=True).click()
    expect(ana.get_by_label("Question 1")).to_have_value("What do you sing?")
    link = new_link(ana, group, label="For the neighbours", approval=True)

    zoe.goto(link)
    expect(zoe.get_by_role("heading", name=group.title)).to_be_visible()
    zoe.get_by_label("What do you sing?").fill("Alto, since school")
    zoe.get_by_role("button", name="Ask to join").click()
    expect(zoe.get_by_role("heading", name="You asked to join")).to_be_visible()

    group.open(ana, "info/")
    ana.get_by_role("link", name=re.compile("Asking to join")).click()
    expect(ana.get_by_text("Alto, since school")).to_be_visible()
    ana.get_by_role("button", name="Let in").click()
    expect(ana.get_by_text("Nobody is waiting.")).to_be_visible()

    expect(system_line(ben, "let Zoe")).to_be_visible()
    zoe.goto(link)
    say(zoe, "thank you all")
    expect(ben.locator(".message__body", has_text="thank you all")).to_be_visible()
    group.open(ana, "info/links/")
    ana.get_by_text("Who joined").click()
    expect(ana.locator(".links__who").get_by_role("link", name=re.compile("Zoe"))).to_be_visible()


def test_a_freeze_and_a_silence_reach_who_is_about_to_write(visit: Visit, stack: Stack, ana: Page):
    group = Group(ana, stack, "ben", "mei")
    ben = visit("ben", group.path, phone=True)
    words = composer(ben)
    expect(words).to_be_visible()

    group.open(ana, "info/manage/")
    ana.get_by_role("button", name="Freeze", exact=True).click()
    expect(ben.get_by_text("Only admins can write here for now.")).to_be_visible()
    expect(words).to_be_hidden()
    ana.get_by_role("button", name="Let everybody write").click()
    expect(words).to_be_visible()

    ana.get_by_label("Slow mode").first.select_option("30 seconds")
    ana.get_by_role("button", name="Set Slow mode").click()
    expect(ben.get_by_text("Slow mode: one message every 30 s")).to_be_visible()

    group.open(ana, "info/")
    dialog = about_person(ana, "Ben Okafor")
    dialog.get_by_text("Silence", exact=True).click()
    dialog.get_by_role("button", name="For 1 hour").click()
    expect(ben.get_by_text("You cannot write here for now.")).to_be_visible()
    expect(ana.get_by_text(re.compile("silenced until"))).to_be_visible()
    about_person(ana, "Ben Okafor").get_by_role("button", name="Let write again").click()
    expect(words).to_be_visible()


def test_a_moderator_takes_a_message_down_for_everyone(visit: Visit, stack: Stack, ana: Page):
    group = Group(ana, stack, "ben", "mei")
    mei, ben = visit("mei", group.path), visit("ben", group.path)
    words = f"something rude {uuid4().hex[:6]}"
    say(mei, words)
    rude = ben.locator(".message", has_text=words)
    expect(rude).to_be_visible()

    group.open(ana, "info/")
    about_person(ana, "Ben Okafor").get_by_role("button", name="Make moderator").click()
    expect(system_line(ben, "made you a moderator")).to_be_visible()
    ben.once("dialog", lambda dialog: dialog.accept())
    rude.locator(".message__body").click(button="right")
    ben.get_by_role("button", name="Take down for everyone").click()

    for page in (mei, ben):
        expect(page.get_by_text("Taken down by a moderator")).to_be_visible()
        expect(page.get_by_text(words)).to_have_count(0)


def test_a_banned_person_is_out_at_once_and_no_link_brings_them_back(
    visit: Visit, stack: Stack, ana: Page
):
    group = Group(ana, stack, "ben", "mei")
    mei, ben = visit("mei", group.path), visit("ben", group.path)
    expect(composer(mei)).to_be_visible()

    group.open(ana, "info/")
    dialog = about_person(ana, "Mei Tanaka")
    dialog.get_by_text("Ban", exact=True).click()
    dialog.get_by_role("button", name="Ban from the group").click()
    expect(mei.get_by_text("You are no longer in this conversation.")).to_be_visible()
    expect(system_line(ben, "banned Mei")).to_be_visible()

    link = new_link(ana, group, label="Anybody")
    mei.goto(link)
    expect(mei.get_by_text("This person is banned from the group.")).to_be_visible()
    expect(mei.get_by_text(group.title)).to_have_count(0)

    group.open(ana, "info/banned/")
    ana.get_by_role("button", name="Lift Mei Tanaka").click()
    expect(ana.get_by_text("Nobody is banned.")).to_be_visible()
    mei.goto(link)
    mei.get_by_role("button", name="Join", exact=True).click()
    expect(system_line(ben, "joined by a link")).to_be_visible()


def test_picture_and_name_change_before_everybody_s_eyes(visit: Visit, stack: Stack, ana: Page):
    group = Group(ana, stack, "ben")
    ben = visit("ben", group.path)
    expect(ben.locator("[data-face] img")).to_have_count(0)

    group.open(ana, "info/")
    file = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(file, "PNG")
    picture = {"name": "choir.png", "mimeType": "image/png", "buffer": file.getvalue()}
    ana.locator("#group-picture").set_input_files(picture)  # type: ignore[arg-type]
    expect(ana.locator(".about__face img")).to_be_visible()
    ana.locator(".about__edit summary").click()
    ana.get_by_label("Group name").fill(f"{group.title} II")
    ana.get_by_label("Description").fill("We sing after ten.")
    ana.locator(".about__edit").get_by_role("button", name="Save", exact=True).click()
    expect(ana.get_by_text("We sing after ten.").first).to_be_visible()

    face = ben.locator("[data-face] img")
    expect(face).to_be_visible()
    ben.wait_for_function("image => image.naturalWidth > 0", arg=face.element_handle())
    expect(ben.locator("[data-title]")).to_have_text(f"{group.title} II")


def test_the_owner_hands_over_and_leaves_quietly(visit: Visit, stack: Stack, ana: Page):
    group = Group(ana, stack, "ben", "mei")
    mei = visit("mei", group.path)

    group.open(ana, "info/")
    dialog = about_person(ana, "Ben Okafor")
    dialog.get_by_text("Make owner", exact=True).click()
    dialog.get_by_role("button", name="Hand over").click()
    expect(system_line(mei, "Ben Okafor runs the group now")).to_be_visible()
    ana.get_by_role("button", name="Leave group").click()
    ana.get_by_role("button", name="Leave", exact=True).click()
    ana.wait_for_url(re.compile("/inbox/"))

    expect(mei.locator("[data-names]")).not_to_contain_text("Ana")
    expect(system_line(mei, "left")).to_have_count(0)
