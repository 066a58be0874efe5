"""Who may open and do what in a group, route by route: the whole table (R2, R20 to R28)."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from chat import actions
from chat.models import Conversation, Invite
from tests.factories import befriend, make_user

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = [
    "owner",
    "admin",
    "moderator",
    "member",
    "invited",
    "asking",
    "removed",
    "banned",
    "stranger",
    "kid",
]
RUNNERS = {"owner", "admin"}
INSIDE = {"owner", "admin", "moderator", "member"}


@pytest.fixture
def crowd(ana, group, kid) -> dict[str, User]:
    """Somebody of each kind, all friends of Ana, who owns the group; Ben is in it besides."""
    people = {"owner": ana, "kid": kid}
    for name in PEOPLE:
        if name in people:
            continue
        people[name] = make_user(name, asks_before_groups=name == "invited")
        if name != "stranger":
            befriend(ana, people[name])
        if name not in {"asking", "stranger"}:
            actions.add_member(ana, group, people[name])
    for role in ("admin", "moderator"):
        actions.give_role(ana, group, people[role], role=role)
    token = actions.make_invite(ana, group, asks_approval=True).token
    actions.join(people["asking"], token, accepted=True)
    actions.remove_member(ana, group, people["removed"])
    actions.ban(ana, group, people["banned"])
    return people


def refused_and_lowest(allowed: set[str]) -> tuple[list[str], str]:
    """Who may not, and of those who may the one who stands lowest."""
    return [who for who in PEOPLE if who not in allowed], next(
        who for who in reversed(PEOPLE) if who in allowed
    )


def status_of(who: str, allowed: set[str], no: int = 403, yes: int = 200) -> int:
    """What is answered: outsiders learn nothing, children nothing at all."""
    if who == "kid":
        return 403
    if who in allowed:
        return yes
    return no if who in INSIDE else 404


READ_BY_REST = [
    ("members/", INSIDE),
    ("invites/", RUNNERS),
    ("join-requests/", RUNNERS),
    ("bans/", RUNNERS),
]


@pytest.mark.parametrize(("path", "allowed"), READ_BY_REST)
def test_what_is_read_by_rest(api, crowd, group, path, allowed):
    for who in PEOPLE:
        answer = api(crowd[who]).get(f"/api/v1/conversations/{group.pk}/{path}")
        assert (who, answer.status_code) == (who, status_of(who, allowed))


WRITTEN_BY_REST: list[tuple[str, str, dict[str, Any], set[str]]] = [
    ("patch", "", {"rules": "Be kind"}, RUNNERS),
    ("patch", "", {"description": "Films"}, INSIDE),
    ("delete", "picture/", {}, INSIDE),
    ("patch", "rights/", {"rights": {"pin": "member"}}, RUNNERS),
    ("put", "slow-mode/", {"seconds": 10}, RUNNERS),
    ("put", "freeze/", {"frozen": True}, RUNNERS),
    ("put", "quiet-hours/", {"start": "22:00", "end": "07:00"}, RUNNERS),
    ("patch", "joining/", {"shows_history": False}, RUNNERS),
    ("post", "invites/", {}, RUNNERS),
    ("post", "join-requests/asking/", {"approve": True}, RUNNERS),
    ("post", "join-requests/asking/", {"approve": False}, RUNNERS),
    ("patch", "members/ben/", {"role": "moderator"}, RUNNERS),
    ("patch", "members/ben/", {"silenced_for": 3600}, RUNNERS | {"moderator"}),
    ("delete", "members/ben/", {}, RUNNERS),
    ("post", "bans/", {"username": "ben"}, RUNNERS),
    ("delete", "bans/banned/", {}, RUNNERS),
    ("put", "owner/", {"username": "ben"}, {"owner"}),
]


@pytest.mark.parametrize(("method", "path", "body", "allowed"), WRITTEN_BY_REST)
def test_what_is_written_by_rest(api, crowd, group, method, path, body, allowed):
    refused, lowest = refused_and_lowest(allowed)
    before = Conversation.objects.get(pk=group.pk).revision

    def try_it(who: str) -> int:
        url = f"/api/v1/conversations/{group.pk}/{path}"
        return getattr(api(crowd[who]), method)(url, body).status_code

    assert {who: try_it(who) for who in refused} == {
        who: status_of(who, allowed) for who in refused
    }
    assert Conversation.objects.get(pk=group.pk).revision == before
    assert try_it(lowest) < 300


PAGES = [
    ("info", INSIDE),
    ("members", INSIDE),
    ("manage", RUNNERS),
    ("links", RUNNERS),
    ("waiting", RUNNERS),
    ("banned", RUNNERS),
]


@pytest.mark.parametrize(("name", "allowed"), PAGES)
def test_what_pages_are_opened(browser, crowd, group, name, allowed):
    for who in PEOPLE:
        answer = browser(crowd[who]).get(reverse(f"chat:{name}", args=[group.pk]))
        assert (who, answer.status_code) == (who, status_of(who, allowed))


FORMS: list[tuple[str, list[str], dict[str, str], set[str]]] = [
    ("set_rights", [], {"pin": "member"}, RUNNERS),
    ("set_slow_mode", [], {"seconds": "10"}, RUNNERS),
    ("freeze", [], {}, RUNNERS),
    ("set_quiet_hours", [], {"start": "22:00", "end": "07:00"}, RUNNERS),
    ("set_joining", [], {}, RUNNERS),
    ("give_role", ["ben"], {"role": "moderator"}, RUNNERS),
    ("silence", ["ben"], {"seconds": "3600"}, RUNNERS | {"moderator"}),
    ("hand_over", ["ben"], {}, {"owner"}),
    ("remove_person", ["ben"], {}, RUNNERS),
    ("ban", ["ben"], {}, RUNNERS),
    ("answer_request", ["asking"], {}, RUNNERS),
]


@pytest.mark.parametrize(("name", "arguments", "fields", "allowed"), FORMS)
def test_what_forms_do(browser, crowd, group, name, arguments, fields, allowed):
    refused, lowest = refused_and_lowest(allowed)
    before = Conversation.objects.get(pk=group.pk).revision

    def try_it(who: str) -> int:
        url = reverse(f"chat:{name}", args=[group.pk, *arguments])
        return browser(crowd[who]).post(url, fields).status_code

    # Of verbs on people a member reads above the list why not: the page is shown again.
    no = 302 if arguments else 403
    assert {who: try_it(who) for who in refused} == {
        who: status_of(who, allowed, no=no) for who in refused
    }
    assert Conversation.objects.get(pk=group.pk).revision == before
    assert try_it(lowest) == 302
    assert Conversation.objects.get(pk=group.pk).revision > before


def test_whom_a_link_shows_the_group(api, browser, crowd, group):
    token = actions.make_invite(crowd["owner"], group).token

    for who in PEOPLE:
        status = 403 if who in {"banned", "kid"} else 200
        assert api(crowd[who]).get(f"/api/v1/invites/{token}/").status_code == status
        page = browser(crowd[who]).get(reverse("chat:join", args=[token]))
        assert (who, page.status_code) == (who, 302 if who in INSIDE else status)
        assert status == 200 or "Friday film" not in page.content.decode()


def test_a_link_asks_who_opens_it(client, api, ana, group):
    token = actions.make_invite(ana, group).token

    assert "login" in client.get(reverse("chat:join", args=[token]))["Location"]
    assert api().get(f"/api/v1/invites/{token}/").status_code == 401


def test_of_a_link_only_its_digest_is_told(api, ana, ben, group):
    token = actions.make_invite(ana, group).token

    listed = api(ana).get(f"/api/v1/conversations/{group.pk}/invites/").content.decode()

    digest = Invite.objects.get().digest
    assert token not in listed
    assert digest not in listed


# --- How much is asked ----------------------------------------------------------------------------


def _grow(ana: User, group: Conversation, count: int) -> None:
    """So many members more, each by a link of their own, and as many who wait."""
    open_link = actions.make_invite(ana, group).token
    asking = actions.make_invite(ana, group, asks_approval=True).token
    for number in range(count):
        actions.join(make_user(f"in{number}"), open_link, accepted=True)
        actions.join(make_user(f"out{number}"), asking, accepted=True)


PAGE_QUERIES = [
    ("info", 32),
    ("members", 7),
    ("manage", 14),
    ("links", 16),
    ("waiting", 16),
    ("banned", 14),
]


@pytest.mark.parametrize(("name", "most"), PAGE_QUERIES)
def test_pages_ask_little_however_many_take_part(
    browser, ana, group, name, most, django_assert_max_num_queries
):
    _grow(ana, group, 6)
    visitor = browser(ana)
    visitor.get(reverse("chat:inbox"))

    with django_assert_max_num_queries(most):
        assert visitor.get(reverse(f"chat:{name}", args=[group.pk])).status_code == 200


REST_QUERIES = [("members/", 3), ("invites/", 3), ("join-requests/", 3), ("bans/", 2)]


@pytest.mark.parametrize(("path", "most"), REST_QUERIES)
def test_rest_asks_little_however_many_take_part(
    api, ana, group, path, most, django_assert_max_num_queries
):
    _grow(ana, group, 6)

    with django_assert_max_num_queries(most):
        answer = api(ana).get(f"/api/v1/conversations/{group.pk}/{path}")

    assert answer.status_code == 200


def test_members_come_in_pages_and_are_found_by_name(api, browser, ana, group):
    _grow(ana, group, 6)
    url = f"/api/v1/conversations/{group.pk}/members/"

    first = api(ana).get(url, {"limit": 5}).json()
    rest = api(ana).get(first["next"]).json()
    found = api(ana).get(url, {"search": "in3"}).json()

    names = [member["username"] for member in first["results"] + rest["results"]]
    assert names == ["ana", "ben", *(f"in{number}" for number in range(6))]
    assert rest["next"] is None
    assert [member["username"] for member in found["results"]] == ["in3"]
    page = browser(ana).get(reverse("chat:members", args=[group.pk]), {"q": "in3"})
    assert page.content.decode().count("row__name") == 1


def test_a_long_list_comes_in_parts(browser, ana, group, monkeypatch):
    from chat.pages import members

    monkeypatch.setattr(members, "MEMBERS", 3)
    _grow(ana, group, 4)
    url = reverse("chat:members", args=[group.pk])

    first, second = (browser(ana).get(url, {"page": number}).content.decode() for number in (1, 2))

    assert "page=2" in first and "@ana" in first
    assert "page=3" not in second and "@in3" in second
