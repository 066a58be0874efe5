"""A group's limits say the same code through page and REST, and a "no" changes nothing."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import policy
from accounts.models import User
from chat import actions
from chat.models import Conversation, Invite, JoinRequest, Membership
from chat.refusals import SENTENCES
from tests.chat.media_files import picture
from tests.factories import befriend, make_user
from tests.rules import rule

pytestmark = pytest.mark.django_db(transaction=True)

OK = "ok"
# What is tried: REST's method, path and body, and the page's name, arguments and fields.
Attempt = tuple[str, str, dict[str, Any], str, list[Any], dict[str, Any]]


def by_rest(api, person: User, group: Conversation, attempt: Attempt) -> str:
    method, path, body, *_page = attempt
    answer = getattr(api(person), method)(f"/api/v1/conversations/{group.pk}/{path}", body)
    return OK if answer.status_code < 300 else answer.json()["code"]


def by_page(_api, person: User, group: Conversation, attempt: Attempt) -> str:
    *_rest, name, arguments, fields = attempt
    browser = Client()
    browser.force_login(person)
    answer = browser.post(reverse(f"chat:{name}", args=[group.pk, *arguments]), fields)
    if answer.status_code == 404:
        return "not_found"
    said = unescape(answer.content.decode())
    said += " ".join(str(message) for message in get_messages(answer.wsgi_request))
    no = next((code for code, sentence in _sentences() if sentence in said), OK)
    assert answer.status_code in ({302, 200} if no == OK else {302, 403, 422}), said
    return no


def _sentences() -> list[tuple[str, str]]:
    teens = policy.Person(age=16)
    own = [
        policy.group_full(2),
        policy.without_approval(teens),
        policy.join_by_link(teens, policy.Relation(), has_friend=False),
    ]
    known = [(each.code, str(each.sentence)) for each in own if each]
    return known + [(code, str(sentence)) for code, sentence in SENTENCES.items()]


Door = Callable[..., str]


@pytest.fixture(params=[by_rest, by_page])
def door(request, api) -> Door:
    def attempt(person: User, group: Conversation, wanted: Attempt) -> str:
        return request.param(api, person, group, wanted)

    return attempt


def about(**words: str) -> Attempt:
    return ("patch", "", words, "info", [], {"title": "Friday film", **words})


def role(username: str, wanted: str) -> Attempt:
    return (
        "patch", f"members/{username}/", {"role": wanted},
        "give_role", [username], {"role": wanted},
    )  # fmt: skip


def silence(username: str, seconds: int) -> Attempt:
    return (
        "patch", f"members/{username}/", {"silenced_for": seconds},
        "silence", [username], {"seconds": seconds},
    )  # fmt: skip


def slow(seconds: int) -> Attempt:
    return ("put", "slow-mode/", {"seconds": seconds}, "set_slow_mode", [], {"seconds": seconds})


def freeze() -> Attempt:
    return ("put", "freeze/", {"frozen": True}, "freeze", [], {})


def quiet(start: str, end: str, zone: str = "") -> Attempt:
    wanted = {"start": start, "end": end, "time_zone": zone}
    return ("put", "quiet-hours/", wanted, "set_quiet_hours", [], wanted)


def rights(**lowest: str) -> Attempt:
    return ("patch", "rights/", {"rights": lowest}, "set_rights", [], lowest)


def joining(questions: list[str], *, approves: bool = True) -> Attempt:
    page = {"questions": questions, "shows_history": "1"}
    if approves:
        page["approves_joins"] = "1"
    return (
        "patch", "joining/", {"questions": questions, "approves_joins": approves},
        "set_joining", [], page,
    )  # fmt: skip


def link(**wanted: Any) -> Attempt:
    return ("post", "invites/", wanted, "links", [], wanted)


def ban(username: str) -> Attempt:
    return ("post", "bans/", {"username": username}, "ban", [username], {})


def lift(username: str) -> Attempt:
    return ("delete", f"bans/{username}/", {}, "lift_ban", [username], {})


def owner(username: str) -> Attempt:
    return ("put", "owner/", {"username": username}, "hand_over", [username], {})


def approve(username: str) -> Attempt:
    return (
        "post", f"join-requests/{username}/", {"approve": True},
        "answer_request", [username], {},
    )  # fmt: skip


LIMITS: list[tuple[Attempt, str]] = [
    (about(title="x" * 81), "title.too_long"),
    (about(description="x" * 301), "description.too_long"),
    (about(description="Films"), OK),
    (about(rules="x" * 1001), "rules.too_long"),
    (about(rules="Be kind"), OK),
    (role("ben", "king"), "role.unknown"),
    (role("ben", "owner"), "role.unknown"),
    (role("ana", "member"), "role.missing"),
    (role("ben", "admin"), OK),
    (silence("ben", 5), "silence.range"),
    (silence("ana", 3600), "role.missing"),
    (silence("ben", 3600), OK),
    (slow(5), "slow.range"),
    (slow(3601), "slow.range"),
    (slow(10), OK),
    (freeze(), OK),
    (quiet("22:00", "22:00"), "quiet.range"),
    (quiet("22:00", "07:00", "Mars/Base"), "time_zone.unknown"),
    (quiet("22:00", "07:00", "Europe/Madrid"), OK),
    (rights(send="owner"), "rights.unknown"),
    (rights(send="moderator"), OK),
    (joining(["a", "b", "c", "d"]), "questions.too_many"),
    (joining(["x" * 141]), "questions.too_long"),
    (joining(["Why?"]), OK),
    (link(label="x" * 41), "label.too_long"),
    (link(seconds=5), "invite.range"),
    (link(use_limit=1025), "invite.range"),
    (link(label="Choir", seconds=3600, use_limit=5), OK),
    (ban("ana"), "role.missing"),
    (ban("zoe"), "not_found"),
    (ban("ben"), OK),
    (lift("ben"), "not_found"),
    (owner("ben"), OK),
    (owner("zoe"), "not_found"),
    (approve("zoe"), "not_found"),
]


@rule("R26", "page", "api")
@pytest.mark.parametrize(("attempt", "code"), LIMITS)
def test_limits_have_the_same_codes_everywhere(door, ana, ben, zoe, group, attempt, code):
    assert door(ana, group, attempt) == code


RUNNERS_ONLY = [
    about(rules="Mine"),
    role("zoe", "moderator"),
    silence("zoe", 3600),
    slow(10),
    freeze(),
    quiet("22:00", "07:00"),
    rights(send="admin"),
    joining([]),
    link(),
    ban("zoe"),
    lift("zoe"),
    owner("zoe"),
]


@rule("R24", "page", "api")
@pytest.mark.parametrize("attempt", RUNNERS_ONLY)
def test_members_are_refused_and_strangers_know_nothing(door, ana, ben, zoe, group, attempt):
    befriend(ana, zoe)
    actions.add_member(ana, group, zoe)
    before = Conversation.objects.get(pk=group.pk).revision
    stranger = make_user("stranger")

    assert door(ben, group, attempt) == "role.missing"
    assert door(stranger, group, attempt) == "not_found"

    assert Conversation.objects.get(pk=group.pk).revision == before


@pytest.mark.parametrize("attempt", RUNNERS_ONLY)
def test_a_role_taken_in_flight_counts(door, ana, ben, zoe, group, attempt):
    befriend(ana, zoe)
    actions.add_member(ana, group, zoe)
    actions.give_role(ana, group, ben, role="admin")
    actions.give_role(ana, group, ben, role="member")

    assert door(ben, group, attempt) == "role.missing"


@rule("R23", "page", "api")
def test_a_minor_s_group_keeps_its_approval(door, teo):
    friend = make_user()
    befriend(teo, friend)
    group = actions.create_group(teo, title="Us", members=[friend])

    assert door(teo, group, joining([], approves=False)) == "policy.R23"


@rule("R21", "page", "api")
def test_full_groups_let_nobody_more_in(door, ana, zoe, group, monkeypatch):
    actions.join(zoe, actions.make_invite(ana, group, asks_approval=True).token, accepted=True)
    monkeypatch.setattr(policy.groups, "GROUP_CAPACITY", 2)

    assert door(ana, group, approve("zoe")) == "policy.R21"
    assert not Membership.objects.active().filter(user=zoe).exists()


# --- Pictures: a form with a file in both doors ---------------------------------------------------


def test_pictures_are_made_anew_and_shown_to_members(api, browser, ana, ben, zoe, group, settings):
    answer = api(ben).put(
        f"/api/v1/conversations/{group.pk}/picture/", {"file": picture()}, format="multipart"
    )

    url = answer.json()["picture"]
    assert answer.status_code == 200
    seen = browser(ana).get(url)
    assert (seen.status_code, seen["Content-Type"]) == (200, "image/webp")
    assert seen["Cache-Control"].startswith("private")
    assert browser(zoe).get(url).status_code == 404

    browser(ben).post(reverse("chat:set_picture", args=[group.pk]), {"remove": "1"})
    assert browser(ana).get(url).status_code == 404
    assert Conversation.objects.get(pk=group.pk).picture == ""


def test_what_is_no_picture_is_refused(api, browser, ana, group):
    rest = api(ana).put(
        f"/api/v1/conversations/{group.pk}/picture/",
        {"file": SimpleUploadedFile("x.png", b"no")},
        format="multipart",
    )
    page = browser(ana).post(
        reverse("chat:set_picture", args=[group.pk]), {"file": SimpleUploadedFile("x.png", b"no")}
    )

    assert rest.json()["code"] == "avatar.type"
    assert page.status_code == 422
    assert "Choose a picture" in page.content.decode()


# --- The page that a link opens -------------------------------------------------------------------


def opened(api, person: User, token: str) -> str:
    answer = api(person).get(f"/api/v1/invites/{token}/")
    return OK if answer.status_code == 200 else answer.json()["code"]


def shown(person: User, token: str) -> str:
    browser = Client()
    browser.force_login(person)
    answer = browser.get(reverse("chat:join", args=[token]))
    if answer.status_code in {200, 302}:
        return OK
    said = unescape(answer.content.decode())
    assert "Friday film" not in said, "a link that does not work tells nothing of the group"
    return next((code for code, sentence in _sentences() if sentence in said), "not_found")


@rule("R22", "page", "api")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, OK),
        ({"use_limit": 1, "used": 1}, "invite.used_up"),
        ({"expires_at": "2020-01-01T00:00Z"}, "invite.expired"),
        ({"revoked_at": "2020-01-01T00:00Z"}, "invite.revoked"),
    ],
)
def test_a_link_says_the_same_by_page_and_rest(api, ana, zoe, group, fields, code):
    token = actions.make_invite(ana, group).token
    Invite.objects.update(**fields)

    assert (opened(api, zoe, token), shown(zoe, token)) == (code, code)


@rule("R22", "page", "api")
@rule("R28", "page", "api")
def test_young_and_banned_people_are_told_why(api, ana, ben, teo, group):
    token = actions.make_invite(ana, group).token
    actions.ban(ana, group, ben)

    assert (opened(api, teo, token), shown(teo, token)) == ("policy.R22", "policy.R22")
    assert (opened(api, ben, token), shown(ben, token)) == ("member.banned", "member.banned")


def test_joining_by_page_asks_and_lets_in(browser, ana, zoe, group):
    actions.set_joining(ana, group, questions=["Why?"])
    actions.describe(ana, group, rules="Be kind")
    url = reverse("chat:join", args=[actions.make_invite(ana, group).token])
    page = browser(zoe).get(url).content.decode()
    assert "Friday film" in page and "Be kind" in page and "Why?" in page

    unasked = browser(zoe).post(url, {"answers": ["Films"]})
    unanswered = browser(zoe).post(url, {"accepted": "1", "answers": [""]})
    joined = browser(zoe).post(url, {"accepted": "1", "answers": ["Films"]})

    assert (unasked.status_code, unanswered.status_code) == (422, 422)
    assert "Answer every question first." in unanswered.content.decode()
    assert joined["Location"] == group.get_absolute_url()
    assert browser(zoe).get(url)["Location"] == group.get_absolute_url()


def test_joining_by_rest_and_asking_no_longer(api, ana, zoe, group):
    token = actions.make_invite(ana, group, asks_approval=True).token
    url = f"/api/v1/invites/{token}/"

    assert api(zoe).post(url, {}).json()["code"] == "join.unaccepted"
    assert api(zoe).post(url, {"accepted": True}).json()["state"] == "waiting"
    assert api(zoe).get(url).json()["state"] == "waiting"
    assert api(zoe).delete(url).status_code == 204
    assert not JoinRequest.objects.waiting().exists()


def test_the_code_of_a_link_is_a_picture_without_script(browser, ana, zoe, group):
    token = actions.make_invite(ana, group).token

    code = browser(zoe).get(reverse("chat:join_code", args=[token]))

    assert code["Content-Type"] == "image/svg+xml"
    assert b"<svg" in code.content and b"script" not in code.content
