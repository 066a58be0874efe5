"""The REST door: the shapes of the wire contract, codes, pages."""

from uuid import uuid4

import pytest

from accounts.actions import block
from chat import actions, serializers
from tests.chat.factories import make_group, say
from tests.factories import befriend, make_user
from tests.rules import rule

pytestmark = pytest.mark.django_db(transaction=True)

BASE = "/api/v1/conversations/"
INBOX_QUERIES = 5


def url(conversation, *parts) -> str:
    return BASE + "".join(f"{part}/" for part in (conversation.pk, *parts))


def new_message(body="hello", **fields) -> dict:
    return {"client_id": str(uuid4()), "body": body, **fields}


def test_signed_out_is_401(api, group):
    assert api().get(BASE).status_code == 401


def test_children_are_told_why(api, kid):
    answer = api(kid).get(BASE)

    assert (answer.status_code, answer.json()["code"]) == (403, "policy.R2")


# --- Conversations --------------------------------------------------------------------------------


def test_direct_conversation_is_started_once(api, ana, ben):
    wanted = {"kind": "direct", "members": ["BEN"]}

    one, again = (api(ana).post(BASE, wanted) for _ in range(2))

    assert (one.status_code, again.status_code) == (201, 201)
    assert one.json()["id"] == again.json()["id"]
    assert one.json()["other"] == ben.card()
    assert one.json()["accepted"] is True


@rule("R20", "api")
def test_group_tells_who_was_left_out(api, ana, ben, zoe):
    answer = api(ana).post(BASE, {"kind": "group", "title": "All", "members": ["ben", "zoe"]})

    made = answer.json()
    assert answer.status_code == 201
    assert [member["username"] for member in made["members"]] == ["ana", "ben"]
    assert [(each["username"], each["code"]) for each in made["not_added"]] == [
        ("zoe", "policy.R20")
    ]


@pytest.mark.parametrize(
    ("wanted", "status", "code"),
    [
        ({"kind": "direct", "members": ["nobody"]}, 404, "not_found"),
        ({"kind": "direct", "members": ["ben", "zoe"]}, 400, "direct.one"),
        ({"kind": "direct", "members": ["ana"]}, 400, "direct.self"),
        ({"kind": "cinema", "members": []}, 400, "invalid_choice"),
        ({"kind": "group", "title": " ", "members": ["ben"]}, 400, "name.blank"),
        ({"kind": "group", "title": "x" * 81, "members": ["ben"]}, 400, "title.too_long"),
    ],
)
def test_bad_conversations_are_refused_with_a_code(api, ana, ben, zoe, wanted, status, code):
    answer = api(ana).post(BASE, wanted)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_inbox_is_the_shape_of_its_schema(api, ana, ben, group):
    say(ben, group, "hi")

    row = api(ana).get(BASE).json()["results"][0]

    assert row.keys() == serializers.ConversationSerializer().fields.keys()
    fields = serializers.MessageSerializer().fields.items()
    always = {name for name, field in fields if field.required}
    assert row["last_message"].keys() == always
    assert (row["unread"], row["last_message"]["body"]) == (1, "hi")


def test_detail_names_members_and_authors_who_left(api, ana, ben, group):
    say(ben, group, "bye")
    actions.leave(ben, group)

    detail = api(ana).get(url(group)).json()

    assert detail.keys() == serializers.ConversationDetailSerializer().fields.keys() - {"not_added"}
    assert [member["username"] for member in detail["members"]] == ["ana"]
    assert [author["username"] for author in detail["authors"]] == ["ben"]


@pytest.mark.parametrize("query", [{}, {"limit": 15}, {"limit": 500}, {"search": "o"}])
def test_inbox_costs_the_same_however_long(api, ana, ben, query, django_assert_num_queries):
    for n in range(12):
        say(ben, make_group(ana, ben, title=f"Group {n}"), f"look: https://example.com/{n}")
    for n in range(3):
        friend = make_user(f"zoo{n}")
        befriend(ana, friend)
        say(friend, actions.start_direct(friend, ana))
    reader = api(ana)

    with django_assert_num_queries(INBOX_QUERIES):
        answer = reader.get(BASE, query)

    bodies = [row["last_message"]["body"] for row in answer.json()["results"]]
    assert (len(bodies), sum("https" in body for body in bodies)) == (15, 12)


def test_inbox_pages_by_cursor_liveliest_first(api, ana, ben):
    groups = [make_group(ana, ben, title=f"Group {n}") for n in range(5)]
    say(ana, groups[1])

    first = api(ana).get(BASE, {"limit": 3}).json()
    rest = api(ana).get(first["next"]).json()

    titles = [row["title"] for row in first["results"] + rest["results"]]
    assert titles == ["Group 1", "Group 4", "Group 3", "Group 2", "Group 0"]
    assert rest["next"] is None


def test_inbox_is_searched_by_name_and_people(api, ana, ben, zoe):
    make_group(ana, ben, title="Friday film")
    befriend(ana, zoe)
    say(ana, actions.start_direct(ana, zoe))

    def found(words):
        rows = api(ana).get(BASE, {"search": words}).json()["results"]
        return [row["title"] or row["other"]["username"] for row in rows]

    assert (found("FILM"), found("zo"), found("ben"), found("x")) == (
        ["Friday film"],
        ["zoe"],
        ["Friday film"],
        [],
    )


def test_stranger_finds_nothing_anywhere(api, zoe, ana, group):
    say(ana, group)
    client = api(zoe)

    answers = [
        client.get(url(group)),
        client.patch(url(group), {"title": "Mine"}),
        client.get(url(group, "messages")),
        client.post(url(group, "messages"), new_message()),
        client.patch(url(group, "messages", 2), {"body": "x"}),
        client.delete(url(group, "messages", 2)),
        client.post(url(group, "messages", 2, "reactions"), {"emoji": "🔥"}),
        client.delete(url(group, "messages", 2, "reactions") + "?emoji=🔥"),
        client.get(url(group, "changes")),
        client.post(url(group, "read"), {"seq": 1}),
        client.post(url(group, "typing")),
        client.get(url(group, "members")),
        client.post(url(group, "members"), {"username": "zoe"}),
        client.delete(url(group, "members", "ana")),
        client.post(url(group, "leave")),
        client.post(url(group, "accept")),
        client.post(url(group, "decline")),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.json()["code"] for answer in answers} == {"not_found"}


def test_requests_are_a_list_of_their_own(api, ben, zoe):
    say(zoe, actions.start_direct(zoe, ben), "may I?")

    assert api(ben).get(BASE).json()["results"] == []
    waiting = api(ben).get(BASE + "requests/").json()["results"]
    assert [(row["other"]["username"], row["state"]) for row in waiting] == [("zoe", "requested")]


def test_asker_learns_nothing_of_a_declined_request(api, ben, zoe):
    request = actions.start_direct(zoe, ben)
    say(zoe, request)
    actions.mark_read(ben, request, seq=1)
    before = api(zoe).get(url(request)).json()

    assert api(ben).post(url(request, "decline")).status_code == 204

    assert api(zoe).get(url(request)).json() == before
    assert before["members"][1]["read_seq"] == 0


@rule("R20", "api")
def test_invitation_tells_nothing_of_the_group(api, ana, ben, group):
    eve = make_user("eve", asks_before_groups=True)
    befriend(ana, eve)
    say(ana, group, "secret")
    actions.add_member(ana, group, eve)

    row = api(eve).get(BASE + "requests/").json()["results"][0]
    detail = api(eve).get(url(group)).json()

    assert (row["title"], row["last_message"], row["invited_by"]["username"]) == ("", None, "ana")
    assert (detail["title"], detail["members"]) == ("", [])
    assert api(eve).get(url(group, "messages")).json()["results"] == []
    assert api(eve).get(url(group, "changes")).status_code == 404


def test_invitation_is_accepted(api, ana, group):
    eve = make_user("eve", asks_before_groups=True)
    befriend(ana, eve)

    added = api(ana).post(url(group, "members"), {"username": "eve"})
    accepted = api(eve).post(url(group, "accept"))

    assert (added.status_code, added.json()["state"]) == (201, "invited")
    assert (accepted.status_code, accepted.json()["title"]) == (200, "Friday film")


def test_group_is_renamed_left_and_cleared(api, ana, ben, group):
    assert api(ana).patch(url(group), {"title": "New"}).json()["title"] == "New"
    assert api(ana).delete(url(group, "members", "ben")).status_code == 204
    assert api(ben).get(url(group)).status_code == 404
    assert api(ana).post(url(group, "leave")).status_code == 204
    assert api(ana).get(url(group)).status_code == 404


# --- Messages -------------------------------------------------------------------------------------


def test_message_is_created_replayed_or_in_conflict(api, ana, group):
    said = new_message("hello")

    answers = [
        api(ana).post(url(group, "messages"), said),
        api(ana).post(url(group, "messages"), said),
        api(ana).post(url(group, "messages"), {**said, "body": "other"}),
    ]

    assert [answer.status_code for answer in answers] == [201, 200, 409]
    assert answers[0].json() == answers[1].json()
    assert answers[2].json()["code"] == "client_id.conflict"
    assert answers[2]["content-type"] == "application/problem+json"


def test_refusals_of_the_writers_thread_speak_the_askers_language(api, ana, ben):
    direct = actions.start_direct(ana, ben)
    block(ben, ana)

    answer = api(ana).post(
        url(direct, "messages"), new_message(), headers={"accept-language": "es"}
    )

    assert answer.json()["code"] == "policy.unreachable"
    assert answer.json()["detail"] == "No es posible contactar con esta persona."


def test_history_is_read_backwards(api, ana, group):
    for n in range(5):
        say(ana, group, str(n))

    first = api(ana).get(url(group, "messages"), {"limit": 4}).json()
    rest = api(ana).get(first["next"]).json()

    assert [m["seq"] for m in first["results"] + rest["results"]] == [6, 5, 4, 3, 2, 1]
    assert rest["next"] is None


def test_changes_tell_each_thing_once_in_its_present_state(api, ana, ben, group):
    start = api(ana).get(url(group)).json()["revision"]
    one, two, three = (say(ana, group, str(n)).seq for n in range(3))
    actions.edit_message(ana, group, seq=one, body="edited")
    actions.unsend_message(ana, group, seq=two)
    actions.add_reaction(ben, group, seq=three, emoji="🔥")
    actions.rename(ben, group, title="New")

    found = api(ana).get(url(group, "changes"), {"after": start}).json()

    told = [(each["type"], each["revision"] - start) for each in found["results"]]
    assert told == [
        ("message.edited", 4),
        ("message.unsent", 5),
        ("message.created", 6),
        ("conversation.changed", 7),
        ("message.created", 8),
    ]
    assert (found["head"] - start, found["next"]) == (8, None)
    assert [each.get("body") for each in found["results"][:3]] == ["edited", "", "2"]
    assert found["results"][2]["reactions"] == [{"emoji": "🔥", "count": 1, "users": [str(ben.pk)]}]


def test_changes_go_on_where_a_page_ends(api, ana, group):
    for n in range(5):
        say(ana, group, str(n))

    address, seen = url(group, "changes") + "?after=0&limit=3", []
    while address:
        page = api(ana).get(address).json()
        seen += [each["revision"] for each in page["results"]]
        address = page["next"]

    assert seen == list(range(1, page["head"] + 1))


def test_messages_are_edited_reacted_to_and_unsent(api, ana, ben, group):
    seq = say(ana, group, "hello").seq

    edited = api(ana).patch(url(group, "messages", seq), {"body": "hello!"})
    reacted = api(ben).post(url(group, "messages", seq, "reactions"), {"emoji": "🔥"})
    cleared = api(ben).delete(url(group, "messages", seq, "reactions") + "?emoji=🔥")
    unsent = api(ana).delete(url(group, "messages", seq))

    assert edited.json()["body"] == "hello!"
    assert [each["count"] for each in reacted.json()["reactions"]] == [1]
    assert cleared.json()["reactions"] == []
    assert (unsent.json()["body"], unsent.json()["unsent_at"] is None) == ("", False)


def test_reading_and_typing(api, ana, ben, group):
    say(ana, group)

    assert api(ben).post(url(group, "read"), {"seq": 9}).json() == {"read_seq": 2}
    assert api(ben).post(url(group, "typing")).status_code == 204


@pytest.mark.parametrize("query", ["?after=x", "?after=-1", "?limit=x"])
def test_bad_numbers_are_400(api, ana, group, query):
    assert api(ana).get(url(group, "changes") + query).status_code == 400


def test_shares_answer_for_each_target(api, ana, group):
    answer = api(ana).post("/api/v1/shares/", {"share": "cat:1", "client_id": str(uuid4())})

    assert (answer.status_code, answer.json()["code"]) == (400, "share.nobody")
