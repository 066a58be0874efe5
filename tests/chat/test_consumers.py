"""The socket's door, spoken to as a client does: hello, sends, refusals, rude clients."""

import asyncio
import json
from uuid import UUID, uuid4

import pytest

from accounts.actions import block
from accounts.models import SocketTicket
from accounts.pool import in_thread
from chat import actions, consumers
from chat.models import Message
from tests.chat.client import Client, communicator, connected, session_key
from tests.chat.factories import say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


async def opened(**options) -> Client:
    line = communicator(**options)
    accepted, _protocol = await line.connect()
    assert accepted
    return Client(line)


async def closing(client: Client) -> tuple[str, int]:
    """The last error's code and the close code."""
    frame = await client.hear_type("closed")
    return client.heard[-1]["code"], frame["code"]


# --- Hello ----------------------------------------------------------------------------------------


async def test_cookie_from_our_own_page_is_welcomed(ana, group):
    async with connected(ana) as client:
        welcome = client.welcome

    assert welcome["user"] == str(ana.pk)
    assert welcome["heads"] == {str(group.pk): group.revision}
    assert welcome["heartbeat"] <= 25


async def test_cookie_without_origin_is_worth_nothing(ana):
    client = await opened(key=await in_thread(session_key, ana), origin=None)

    await client.say({"type": "hello"})

    assert await closing(client) == ("unauthorized", 4001)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://localhost:1", "null", "http://localhost.evil:8000"]
)
async def test_foreign_page_is_turned_away_at_the_door(ana, origin):
    line = communicator(await in_thread(session_key, ana), origin)

    accepted, _code = await line.connect()

    assert not accepted


async def test_ticket_opens_one_socket_once(ana):
    key = await in_thread(session_key, ana)
    ticket = await in_thread(SocketTicket.objects.issue, ana, key)
    first, second = await opened(origin=None), await opened(origin=None)

    await first.say({"type": "hello", "ticket": ticket})
    assert (await first.hear_type("welcome"))["user"] == str(ana.pk)

    await second.say({"type": "hello", "ticket": ticket})
    assert await closing(second) == ("unauthorized", 4001)
    await first.line.disconnect()


async def test_nobody_speaks_before_hello(ana):
    client = await opened(key=await in_thread(session_key, ana))

    await client.say({"type": "message.send", "body": "hi"})

    assert await closing(client) == ("hello.expected", 4000)


async def test_hello_comes_soon(ana, monkeypatch):
    monkeypatch.setattr(consumers, "HELLO_WITHIN", 0.1)
    client = await opened(key=await in_thread(session_key, ana))

    assert (await client.hear_type("closed"))["code"] == 4000


@pytest.mark.parametrize(
    "hello",
    [" ", "[]", "{", '{"type":"hello","cursors":[1]}', '{"type":"hello","cursors":{"x":1}}',
     json.dumps({"type": "hello", "cursors": {str(UUID(int=1)): -1}}),
     json.dumps({"type": "hello", "cursors": {str(UUID(int=n)): 1 for n in range(501)}})],
)  # fmt: skip
async def test_unreadable_hello_is_a_protocol_error(ana, hello):
    client = await opened(key=await in_thread(session_key, ana))

    await client.say(hello)

    assert (await client.hear_type("closed"))["code"] == 4000


# --- Saying things --------------------------------------------------------------------------------


async def test_message_is_acked_and_reaches_everybody(ana, ben, group):
    client_id = str(uuid4())
    async with connected(ana) as one, connected(ben) as other:
        ack = await one.send(group, "hello ben", client_id=client_id)
        event = await other.hear_event("message.created")

    stored = await in_thread(Message.objects.get, client_id=client_id)
    assert (ack["type"], ack["client_id"], ack["seq"]) == ("ack", client_id, stored.seq)
    assert (event["id"], event["body"], event["author"]) == (
        str(stored.pk),
        "hello ben",
        str(ana.pk),
    )


async def test_event_is_the_message_in_the_shape_of_rest(ana, ben, group, api):
    async with connected(ana) as one, connected(ben) as other:
        await one.send(group, "same")
        event = await other.hear_event("message.created")

    path = f"/api/v1/conversations/{group.pk}/messages/"
    history = (await in_thread(api(ana).get, path)).json()
    assert event == {"type": "message.created", **history["results"][0]}


async def test_repeated_send_is_acked_with_the_first_place(ana, group):
    client_id = str(uuid4())
    async with connected(ana) as client:
        first = await client.send(group, "once", client_id=client_id)
        again = await client.send(group, "once", client_id=client_id)
        other = await client.send(group, "other", client_id=client_id)

    assert (again["seq"], again["created_at"]) == (first["seq"], first["created_at"])
    assert (other["type"], other["code"]) == ("refused", "client_id.conflict")


async def test_sends_of_one_client_keep_their_order(ana, group):
    async with connected(ana) as client:
        for n in range(20):
            frame = {"type": "message.send", "conversation": str(group.pk), "body": str(n)}
            await client.say({**frame, "client_id": str(uuid4())})
        acks = [await client.hear_type("ack") for _ in range(20)]

    assert [ack["seq"] for ack in acks] == list(range(2, 22))


async def test_message_changes_reach_the_others(ana, ben, group):
    async with connected(ana) as one, connected(ben) as other:
        seq = (await one.send(group, "frist"))["seq"]
        about = {"conversation": str(group.pk), "seq": seq}

        acks = [
            await one.ask("message.edit", **about, body="first"),
            await one.ask("reaction.add", **about, emoji="🔥"),
            await one.ask("reaction.remove", **about, emoji="🔥"),
            await one.ask("message.unsend", **about),
        ]
        edited = await other.hear_event("message.edited")
        reacted = await other.hear_event("reaction.changed")
        await other.hear_event("reaction.changed")
        unsent = await other.hear_event("message.unsent")

    assert [ack["type"] for ack in acks] == ["ack"] * 4
    assert (edited["body"], edited["seq"]) == ("first", seq)
    assert reacted["reactions"] == [{"emoji": "🔥", "count": 1, "users": [str(ana.pk)]}]
    assert (unsent["body"], unsent["unsent_at"] is None) == ("", False)
    assert unsent["revision"] == acks[-1]["revision"]


async def test_children_say_and_hear_nothing(kid, group):
    async with connected(kid) as client:
        assert client.welcome["heads"] == {}
        assert (await client.send(group))["code"] == "policy.R2"


# --- Rude clients ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (" ", "frame.malformed"),
        ("nonsense", "frame.malformed"),
        ("[" * 30_000, "frame.malformed"),
        ("[]", "frame.malformed"),
        ('"hello"', "frame.malformed"),
        ('{"type":7}', "frame.malformed"),
        ('{"type":"poll.dance"}', "frame.unknown_type"),
        ('{"type":"__init__"}', "frame.unknown_type"),
        ('{"type":"message.send"}', "frame.malformed"),
        ('{"type":"message.send","conversation":"x"}', "frame.malformed"),
        ('{"type":"message.edit","conversation":null,"seq":1}', "frame.malformed"),
        ('{"type":"read","seq":"1"}', "frame.malformed"),
        ('{"type":"read","seq":1e999}', "frame.malformed"),
        ('{"type":"hello","cursors":7}', "frame.malformed"),
    ],
)
async def test_bad_frame_is_answered_and_forgiven(ana, group, frame, code):
    async with connected(ana) as client:
        await client.say(frame)
        answer = await client.hear_type("error", "refused")

        assert (answer["type"], answer["code"]) == ("error", code)
        assert (await client.send(group))["type"] == "ack"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"body": ""}, "message.empty"),
        ({"body": "x" * 10_001}, "message.too_long"),
        ({"body": 7}, "frame.malformed"),
        ({"body": "x", "client_id": "7"}, "client_id.malformed"),
        ({"body": "x", "client_id": None}, "client_id.malformed"),
        ({"body": "x", "reply_to": 99}, "reply.unknown"),
        ({"body": "x", "reply_to": "1"}, "reply.unknown"),
        ({"body": "x", "reply_to": True}, "reply.unknown"),
        ({"body": "x", "share": "cat:1"}, "share.unknown"),
        ({"body": "x", "share": {"a": 1}}, "share.unknown"),
        ({"body": "x", "media": ["y"]}, "media.unknown"),
        ({"body": "x", "mentions": "ana"}, "mentions.malformed"),
        ({"body": "x", "mentions": ["ana"]}, "mentions.malformed"),
        ({"body": "x", "mentions": [str(uuid4()) for _ in range(21)]}, "mentions.malformed"),
    ],
)
async def test_bad_message_is_refused_with_a_code(ana, group, fields, code):
    async with connected(ana) as client:
        assert (await client.send(group, **fields))["code"] == code


async def test_forged_conversation_is_not_found(zoe, group):
    async with connected(zoe) as client:
        about = {"conversation": str(group.pk), "seq": 1}
        answers = [
            await client.send(group),
            await client.ask("message.edit", **about, body="x"),
            await client.ask("reaction.add", **about, emoji="🔥"),
            await client.ask("message.unsend", **about),
            await client.ask("read", **about),
            await client.ask("typing", **about),
        ]

    assert {(answer["type"], answer["code"]) for answer in answers} == {("refused", "not_found")}


async def test_echo_is_short_printable_text(ana):
    async with connected(ana) as client:
        for identity in ("x" * 65, "\ud800", 7, {"a": 1}):
            await client.say(json.dumps({"type": "nothing", "id": identity}))
            assert "id" not in await client.hear_type("error")


async def test_frame_above_64_kib_closes(ana):
    async with connected(ana) as client:
        await client.say(json.dumps({"type": "pong", "id": "x" * 64 * 1024}))

        assert await closing(client) == ("frame.too_large", 4000)


async def test_frame_is_measured_in_bytes(ana):
    async with connected(ana) as client:
        await client.say(json.dumps({"type": "pong", "id": "🎬" * 16_400}, ensure_ascii=False))

        assert await closing(client) == ("frame.too_large", 4000)


async def test_flood_closes(ana, monkeypatch):
    monkeypatch.setattr(consumers, "BURST", 5)
    async with connected(ana) as client:
        for _ in range(10):
            await client.say({"type": "pong"})

        assert await closing(client) == ("rate.flood", 4009)


async def test_binary_frames_are_malformed(ana):
    async with connected(ana) as client:
        await client.line.send_to(bytes_data=b"\x00\xff")

        assert (await client.hear_type("error"))["code"] == "frame.malformed"


async def test_refusals_come_in_the_persons_language(ana, group):
    ana.language = "es"
    await in_thread(ana.save)
    async with connected(ana) as client:
        answer = await client.send(group, "")

    assert answer["code"] == "message.empty"
    assert answer["detail"] == "Primero escribe algo."


async def test_refusals_of_the_writers_thread_do_too(ana, ben):
    def blocked():
        direct = actions.start_direct(ana, ben)
        block(ben, ana)
        return direct

    ana.language = "es"
    await in_thread(ana.save)
    direct = await in_thread(blocked)
    async with connected(ana) as client:
        answer = await client.send(direct, "hello")

    assert answer["code"] == "policy.unreachable"
    assert answer["detail"] == "No es posible contactar con esta persona."


# --- Resuming -------------------------------------------------------------------------------------


async def test_resuming_brings_what_was_missed_in_its_present_state(ana, ben, group):
    def meanwhile():
        one, two = say(ana, group, "one"), say(ana, group, "two")
        actions.edit_message(ana, group, seq=one.seq, body="uno")
        actions.unsend_message(ana, group, seq=two.seq)

    before = group.revision
    await in_thread(meanwhile)
    async with connected(ben, cursors={str(group.pk): before}) as client:
        frame = await client.hear_type("events")

    assert [(e["type"], e["body"]) for e in frame["events"]] == [
        ("message.edited", "uno"),
        ("message.unsent", ""),
    ]
    assert frame["head"] == client.welcome["heads"][str(group.pk)]


async def test_client_that_has_everything_hears_nothing(ben, group):
    async with connected(ben, cursors={str(group.pk): group.revision}) as client:
        assert await client.is_silent()


async def test_client_far_behind_is_told_to_fetch(ana, ben, group, monkeypatch):
    monkeypatch.setattr("chat.changes.resumptions.__kwdefaults__", {"limit": 2})
    before = group.revision
    await in_thread(lambda: [say(ana, group) for _ in range(3)])

    async with connected(ben, cursors={str(group.pk): before}) as client:
        assert (await client.hear_type("resync"))["conversation"] == str(group.pk)


async def test_cursor_of_what_is_not_theirs_is_told_to_be_over(zoe, group):
    async with connected(zoe, cursors={str(group.pk): 1, str(uuid4()): 1}) as client:
        frames = [await client.hear_type("events") for _ in range(2)]

    assert [frame["events"][0]["type"] for frame in frames] == ["membership.ended"] * 2


async def test_further_hello_brings_more_cursors(ana, ben, group):
    before = group.revision
    await in_thread(say, ana, group, "missed")
    async with connected(ben) as client:
        await client.say({"type": "hello", "cursors": {str(group.pk): before}})

        assert (await client.hear_event("message.created"))["body"] == "missed"


async def test_nothing_is_lost_between_cursor_and_subscription(ana, ben, group):
    """Somebody speaks all the time while the other comes and goes."""
    seen: set[int] = set()
    cursor = group.revision

    async def speak(client):
        for n in range(40):
            await client.send(group, str(n))

    async with connected(ana) as speaker:
        speaking = asyncio.create_task(speak(speaker))
        while not speaking.done() or len(seen) < 40:
            async with connected(ben, cursors={str(group.pk): cursor}) as client:
                for _ in range(3):
                    if await client.line.receive_nothing(timeout=0.2):
                        break
                    frame = await client.hear()
                    for event in frame.get("events", []):
                        seen.add(event["seq"])
                    cursor = max(cursor, frame.get("head", 0))

    assert seen == set(range(2, 42))
