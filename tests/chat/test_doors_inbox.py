"""A person's own list through its doors: REST and the page's form give the same answers."""

import pytest

from accounts.pool import in_thread
from chat import actions
from chat.models import Folder, Membership
from tests.chat.doors import OK, RestDoor
from tests.chat.factories import make_group, say
from tests.rules import rule

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def door(api):
    return RestDoor(api)


def part(user, conversation) -> Membership:
    return Membership.objects.select_related("conversation").get(
        user=user, conversation=conversation
    )


async def settle(door, user, conversation, **wanted) -> str:
    return await door.call(user, "patch", conversation, "settings/", wanted)


# --- One conversation -----------------------------------------------------------------------------


@rule("R16", "api")
@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"pinned": True}, OK),
        ({"archived": True}, OK),
        ({"unread": True}, OK),
        ({"muted": "1h"}, OK),
        ({"muted": "forever"}, OK),
        ({"muted": "off"}, OK),
        ({"muted": "a while"}, "mute.unknown"),
        ({"notify": "mentions"}, OK),
        ({"notify": "loudly"}, "settings.unknown"),
        ({"colour": "moss", "wallpaper": "dots"}, OK),
        ({"colour": "beige"}, "settings.unknown"),
        ({"wallpaper": "kittens"}, "settings.unknown"),
        ({"shows_reading": False, "shows_typing": False}, OK),
    ],
)
async def test_settings_have_their_choices(door, ana, group, wanted, code):
    assert await settle(door, ana, group, **wanted) == code


async def test_who_takes_no_part_has_no_settings(door, ana, ben, zoe, kid, group):
    assert await settle(door, zoe, group, pinned=True) == "not_found"
    assert await settle(door, kid, group, pinned=True) == "policy.R2"
    await in_thread(actions.remove_member, ana, group, ben)
    assert await settle(door, ben, group, muted="1h") == "not_found"


async def test_who_is_asked_decides_first(door, ana, zoe):
    request = await in_thread(actions.start_direct, zoe, ana)
    await in_thread(say, zoe, request)

    assert await settle(door, ana, request, pinned=True) == "not_found"


async def test_a_patch_is_all_or_nothing(door, ana, group):
    assert await settle(door, ana, group, pinned=True, colour="beige") == "settings.unknown"

    assert not (await in_thread(part, ana, group)).is_pinned


async def test_five_are_pinned_at_most(door, ana, ben):
    groups = [await in_thread(make_group, ana, ben, title=f"Group {n}") for n in range(6)]

    answers = [await settle(door, ana, each, pinned=True) for each in groups]

    assert answers == [OK] * 5 + ["inbox.too_many_pins"]
    assert await settle(door, ana, groups[0], pinned=True) == OK
    assert await settle(door, ana, groups[0], pinned=False) == OK
    assert await settle(door, ana, groups[5], pinned=True) == OK


async def test_marking_read_reads_all_there_is(door, ana, ben, group):
    await in_thread(say, ben, group)

    assert await settle(door, ana, group, unread=True) == OK
    assert (await in_thread(part, ana, group)).is_marked_unread
    assert await settle(door, ana, group, unread=False) == OK

    membership = await in_thread(part, ana, group)
    assert not membership.is_marked_unread
    assert membership.read_seq == membership.conversation.last_seq


# --- One person in it -----------------------------------------------------------------------------


async def call_them(door, user, conversation, username, name) -> str:
    path = f"settings/nicknames/{username}/"
    return await door.call(user, "put", conversation, path, {"name": name})


async def test_a_nickname_is_one_s_own(door, ana, ben, zoe, group):
    assert await call_them(door, ana, group, "ben", "  Benny ") == OK
    assert await call_them(door, ana, group, "ben", "x" * 41) == "nickname.too_long"
    assert await call_them(door, ana, group, "ana", "Me") == "person.self"
    assert await call_them(door, ana, group, "zoe", "Zed") == "not_found"
    assert await call_them(door, zoe, group, "ben", "Benny") == "not_found"

    assert (await in_thread(part, ana, group)).nicknames == {str(ben.pk): "Benny"}
    assert (await in_thread(part, ben, group)).nicknames is None
    assert await call_them(door, ana, group, "ben", "") == OK
    assert (await in_thread(part, ana, group)).nicknames is None


@rule("R16", "api")
async def test_a_member_is_silenced_for_oneself(door, ana, ben, zoe, group):
    path = "settings/hushed/{}/".format

    assert await door.call(ana, "put", group, path("ben"), {}) == OK
    assert await door.call(ana, "put", group, path("ana"), {}) == "person.self"
    assert await door.call(ana, "put", group, path("zoe"), {}) == "not_found"
    assert await door.call(zoe, "put", group, path("ben"), {}) == "not_found"
    assert (await in_thread(part, ana, group)).hushes(ben.pk)

    assert await door.call(ana, "delete", group, path("ben"), {}) == OK
    assert not (await in_thread(part, ana, group)).hushes(ben.pk)


# --- Folders --------------------------------------------------------------------------------------


def folders(api, user, method, path="", **fields):
    answer = getattr(api(user), method)(f"/api/v1/folders/{path}", fields)
    return answer.json() if answer.status_code == 201 else answer


def code_of(answer) -> str:
    return OK if answer.status_code < 300 else answer.json()["code"]


def test_folders_have_their_limits(api, ana):
    made = [folders(api, ana, "post", name=f"Folder {n}") for n in range(20)]

    assert [each["position"] for each in made] == list(range(20))
    assert code_of(folders(api, ana, "post", name="One more")) == "folder.too_many"
    first = f"{made[0]['id']}/"
    assert code_of(folders(api, ana, "patch", first, name="FOLDER 7")) == "folder.name_taken"
    assert code_of(folders(api, ana, "patch", first, name="x" * 25)) == "folder.name_too_long"
    assert code_of(folders(api, ana, "patch", first, name=" \u200b ")) == "name.blank"
    assert code_of(folders(api, ana, "patch", first, name="Work")) == OK


def test_folders_are_in_one_s_own_order(api, ana):
    made = [folders(api, ana, "post", name=name) for name in ("A", "B", "C")]

    folders(api, ana, "patch", f"{made[2]['id']}/", place=0)

    names = [each["name"] for each in api(ana).get("/api/v1/folders/").json()["results"]]
    assert names == ["C", "A", "B"]


def test_conversations_lie_in_folders_and_stay_when_those_go(api, ana, ben, group):
    folder = folders(api, ana, "post", name="Films")
    inside = f"{folder['id']}/conversations/{group.pk}/"

    assert code_of(folders(api, ana, "put", inside)) == OK
    assert code_of(folders(api, ana, "put", inside)) == OK
    listed = api(ana).get(f"/api/v1/conversations/?folder={folder['id']}").json()["results"]
    assert [each["id"] for each in listed] == [str(group.pk)]

    assert code_of(folders(api, ana, "delete", inside)) == OK
    assert api(ana).get(f"/api/v1/conversations/?folder={folder['id']}").json()["results"] == []
    assert code_of(folders(api, ana, "delete", f"{folder['id']}/")) == OK
    assert len(api(ana).get("/api/v1/conversations/").json()["results"]) == 1


def test_folders_of_others_do_not_exist(api, ana, ben, zoe, kid, group):
    folder = folders(api, ana, "post", name="Films")
    path = f"{folder['id']}/"

    assert code_of(folders(api, ben, "patch", path, name="Mine")) == "not_found"
    assert code_of(folders(api, ben, "delete", path)) == "not_found"
    assert code_of(folders(api, ben, "put", f"{path}conversations/{group.pk}/")) == "not_found"
    assert code_of(folders(api, ana, "put", f"{path}conversations/{folder['id']}/")) == "not_found"
    assert code_of(folders(api, kid, "post", name="Films")) == "policy.R2"
    assert api(ben).get(f"/api/v1/conversations/?folder={folder['id']}").json()["results"] == []
    assert Folder.objects.get().name == "Films"


def test_a_folder_is_filled_at_once_with_what_is_one_s_own(api, ana, ben, zoe, group):
    other = make_group(ben, title="Ben's own")
    folder = folders(api, ana, "post", name="Films")

    answer = folders(
        api, ana, "patch", f"{folder['id']}/", conversations=[str(group.pk), str(other.pk)]
    )

    assert answer.json()["conversations"] == [str(group.pk)]


# --- Lists ----------------------------------------------------------------------------------------


def titles(api, user, **query) -> list[str]:
    answer = api(user).get("/api/v1/conversations/", query)
    return [each["title"] or each["other"]["name"] for each in answer.json()["results"]]


def test_lists_hold_what_they_say(api, ana, ben, group):
    direct = actions.start_direct(ana, ben)
    say(ana, group)
    say(ben, direct)
    actions.archive(ana, group, archived=True)

    assert titles(api, ana, show="all") == ["Ben"]
    assert titles(api, ana, show="archive") == ["Friday film"]
    assert titles(api, ana, show="unread") == ["Ben"]
    assert titles(api, ana, show="groups") == []
    assert titles(api, ana) == ["Ben", "Friday film"]
    assert api(ana).get("/api/v1/conversations/", {"show": "nonsense"}).status_code == 400


def test_what_was_put_away_comes_back_with_a_message_unless_muted(api, ana, ben, group):
    other = make_group(ana, ben, title="Loud")
    for each in (group, other):
        actions.archive(ana, each, archived=True)
    actions.mute(ana, other, span="forever")

    say(ben, group)
    say(ben, other)

    assert titles(api, ana, show="archive") == ["Loud"]
    assert titles(api, ana, show="all") == ["Friday film"]


# --- Search ---------------------------------------------------------------------------------------


def test_search_refuses_with_codes(api, ana, kid):
    def ask(user, **query) -> str:
        answer = api(user).get("/api/v1/search/messages/", query)
        return OK if answer.status_code == 200 else answer.json()["code"]

    assert ask(ana, q="meadow") == OK
    assert ask(ana) == "search.empty"
    assert ask(ana, q="x" * 201) == "search.too_long"
    assert ask(ana, q="x", kind="unicorn") == "search.unknown_kind"
    assert ask(ana, q="before:soon x") == "search.bad_date"
    assert ask(ana, q="x", cursor="seven") == "search.bad_cursor"
    assert ask(ana, q="x", since="yesterday") == "invalid"
    assert ask(kid, q="meadow") == "policy.R2"


def test_library_is_for_those_who_take_part(api, ana, ben, zoe, group):
    from chat import search

    say(ben, group, "see https://medley.example/meadow")
    search.catch_up()
    path = f"/api/v1/conversations/{group.pk}/library/"

    assert [each["seq"] for each in api(ana).get(path, {"kind": "link"}).json()["results"]] == [2]
    assert api(ana).get(path, {"kind": "photo"}).json()["results"] == []
    assert api(zoe).get(path, {"kind": "link"}).status_code == 404
