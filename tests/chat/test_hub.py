"""The hub: who hears what, in which order, until when."""

import asyncio
import time
from contextlib import asynccontextmanager
from typing import Any

import pytest
from channels.layers import get_channel_layer

from accounts import actions as people
from accounts import live
from accounts.models import SignIn
from accounts.pool import in_thread
from chat import actions
from chat.events import events_frame
from chat.hub import hub
from chat.live import healing, heartbeat, outlets
from chat.live.rooms import Room
from chat.live.socket import Socket
from chat.live.wire import Frame
from chat.models import Conversation, Membership
from tests.chat.client import connected, session_key
from tests.chat.factories import make_group, say
from tests.factories import befriend, make_user
from tests.rules import rule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


@pytest.fixture
def quick(monkeypatch):
    """Heartbeats every moment, so that nobody waits for the database's word."""
    monkeypatch.setattr(heartbeat, "HEARTBEAT", 1.0)
    monkeypatch.setattr(heartbeat, "TICK", 0.1)


@pytest.fixture
def deaf(monkeypatch):
    """No process hears another or itself: Redis and the quick way are gone."""
    monkeypatch.setattr(live, "_deliver", lambda loop, messages, first: first and first())


@pytest.fixture
def memory_bus(settings):
    """A bus within this process, for what other processes say."""
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}


async def from_elsewhere(group: str, message: dict[str, Any]) -> None:
    await get_channel_layer().group_send(group, {**message, "origin": "another process"})


# --- Joining and leaving --------------------------------------------------------------------------


async def test_new_member_hears_at_once_with_the_conversations_card(ana, zoe, group):
    await in_thread(befriend, ana, zoe)
    async with connected(zoe) as client:
        await in_thread(actions.add_member, ana, group, zoe)
        joined = await client.hear_event("membership.joined")
        await in_thread(say, ana, group, "welcome")
        message = await client.hear_event("message.created")
        while message["notice"]:
            message = await client.hear_event("message.created")

    assert joined["card"]["title"] == "Friday film"
    assert joined["user"]["id"] == str(zoe.pk)
    assert message["body"] == "welcome"


async def test_others_hear_who_joined(ana, ben, zoe, group):
    await in_thread(befriend, ana, zoe)
    async with connected(ben) as client:
        await in_thread(actions.add_member, ana, group, zoe)
        joined = await client.hear_event("membership.joined")

    assert (joined["user"]["username"], joined["user"]["state"]) == ("zoe", "active")


@rule("R28", "socket")
async def test_removed_member_hears_the_end_and_nothing_more(ana, ben, group):
    async with connected(ben) as client:
        await in_thread(actions.remove_member, ana, group, ben)
        ended = await client.hear_event("membership.ended")
        await in_thread(say, ana, group, "secret")

        assert ended["user"]["id"] == str(ben.pk)
        assert await client.is_silent()


@pytest.mark.usefixtures("quick")
async def test_removal_is_found_without_any_hint(ana, ben, group):
    async with connected(ben) as client:
        memberships = Membership.objects.filter(user=ben, conversation=group)
        await in_thread(memberships.update, state="ended")

        assert (await client.hear_event("membership.ended"))["type"] == "membership.ended"


async def test_request_reaches_nobody_before_it_is_accepted(ben, zoe):
    async with connected(ben) as asked, connected(zoe) as asker:
        request = await in_thread(actions.start_direct, zoe, ben)
        await asker.hear_event("membership.joined")
        await asker.send(request, "may I?")
        assert await asked.is_silent()

        await in_thread(actions.mark_read, ben, request, seq=1)
        await in_thread(actions.note_typing, ben, request)
        assert await hears_no(asker, "read", "typing", seconds=0.8)
        assert not [frame for frame in asker.heard if str(ben.pk) in frame.get("here", ())]

        await in_thread(actions.accept, ben, request)
        joined = await asked.hear_event("membership.joined")
        changed = await asker.hear_event("conversation.changed")

    assert joined["card"]["last_message"]["body"] == "may I?"
    assert changed["accepted"] is True


async def hears_no(client, *kinds: str, seconds: float = 0.4) -> bool:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if await client.line.receive_nothing(timeout=left, interval=0.05):
            return True
        if (await client.hear())["type"] in kinds:
            return False
    return True


async def test_new_members_without_history_do_not_hear_old_words_edited(ana, zoe, group):
    def prepare():
        befriend(ana, zoe)
        old = say(ana, group, "before zoe")
        Conversation.objects.filter(pk=group.pk).update(shows_history=False)
        actions.add_member(ana, group, zoe)
        return old.seq

    old = await in_thread(prepare)
    async with connected(zoe) as client:
        await in_thread(lambda: actions.edit_message(ana, group, seq=old, body="still secret"))

        assert (await client.hear_type("resync", "events"))["type"] == "resync"
    assert "still secret" not in str(client.heard)


# --- Hints ----------------------------------------------------------------------------------------


async def test_typing_and_reading_reach_the_others(ana, ben, group):
    await in_thread(say, ben, group)
    async with connected(ana) as one, connected(ben) as other:
        await one.say({"type": "typing", "conversation": str(group.pk)})
        typing = await other.hear_type("typing")
        await one.say({"type": "read", "conversation": str(group.pk), "seq": 2})
        read = await other.hear_type("read")

        assert await hears_no(one, "typing")
    assert typing == {"type": "typing", "conversation": str(group.pk), "user": str(ana.pk)}
    assert (read["user"], read["seq"]) == (str(ana.pk), 2)


async def test_own_other_device_hears_what_was_read(ana, ben, group):
    await in_thread(say, ben, group)
    async with connected(ana) as phone, connected(ana) as desk:
        await phone.say({"type": "read", "conversation": str(group.pk), "seq": 2})

        assert (await desk.hear_type("read"))["seq"] == 2


async def test_presence_tells_who_is_here(ana, ben, group):
    async with connected(ana) as one:
        async with connected(ben):
            await until_here(one, ana, ben)
        await until_here(one, ana)


async def until_here(client, *users) -> None:
    """Hear presence until exactly these are here."""
    wanted = sorted(str(user.pk) for user in users)
    async with asyncio.timeout(5):
        while (await client.hear_type("presence"))["here"] != wanted:
            pass


async def test_blocked_people_see_and_hear_nothing_of_each_other(ana, ben, group):
    await in_thread(people.block, ana, ben)
    await in_thread(say, ben, group)
    async with connected(ana) as one, connected(ben) as other:
        await one.say({"type": "typing", "conversation": str(group.pk)})
        await one.say({"type": "read", "conversation": str(group.pk), "seq": 2})
        assert await hears_no(other, "typing", "read", seconds=0.8)

    here = [set(frame["here"]) for frame in other.heard if frame["type"] == "presence"]
    assert all(str(ana.pk) not in each for each in here)


async def test_block_works_on_open_sockets(ana, ben, group):
    async with connected(ana) as one, connected(ben) as other:
        await until_here(other, ana, ben)
        await in_thread(people.block, ana, ben)
        await asyncio.sleep(0.3)
        await one.say({"type": "typing", "conversation": str(group.pk)})

        assert await hears_no(other, "typing")


# --- Order and holes ------------------------------------------------------------------------------


async def test_numbers_reach_everybody_in_order(ana, ben, group):
    async with connected(ben) as client:
        await in_thread(lambda: [say(ana, group, str(n)) for n in range(30)])
        heard = [(await client.hear_event("message.created"))["body"] for _ in range(30)]

    assert heard == [str(n) for n in range(30)]


def test_room_tells_nothing_twice_and_nothing_early():
    room = Room("c", head=5)

    def news(after, head):
        return {"after": after, "head": head}

    assert room.in_order(news(5, 6)) == [news(5, 6)]
    assert room.in_order(news(5, 6)) == []
    assert room.in_order(news(8, 9)) == []
    assert room.in_order(news(7, 8)) == []
    assert room.in_order(news(6, 7)) == [news(6, 7), news(7, 8), news(8, 9)]
    assert (room.head, room.early) == (9, [])


@pytest.mark.usefixtures("memory_bus")
async def test_hole_behind_news_of_another_process_is_fetched(ana, ben, group, monkeypatch):
    async with connected(ben) as client:
        with monkeypatch.context() as silence:
            silence.setattr(live, "_deliver", lambda loop, messages, first: first and first())
            await in_thread(lambda: [say(ana, group, "one"), say(ana, group, "two")])
        head = await in_thread(lambda: Conversation.objects.get(pk=group.pk).revision)
        # Only what followed arrives, as if Redis had lost two messages.
        await from_elsewhere(
            live.group_of_conversation(group.pk),
            {"type": "conversation.events", "conversation": str(group.pk), "after": head,
             "head": head + 1, "frame": b'{"type":"events","events":[]}', "oldest": 0, "ended": [],
             "grown": 0},
        )  # fmt: skip
        bodies = [(await client.hear_event("message.created"))["body"] for _ in range(2)]

    assert bodies == ["one", "two"]


@pytest.mark.usefixtures("memory_bus")
async def test_piece_that_comes_late_is_not_told_twice(ana, ben, group, monkeypatch):
    """What another process said out of order closes its own hole, before the database is asked."""
    head = group.revision

    def news(number: int) -> dict[str, Any]:
        frame = events_frame(group.pk, [], after=number - 1, head=number)
        return {"type": "conversation.events", "conversation": str(group.pk), "after": number - 1,
                "head": number, "frame": frame, "oldest": 0, "ended": [], "grown": 0}  # fmt: skip

    async with connected(ben) as client:
        for number in (head + 2, head + 1):
            await from_elsewhere(live.group_of_conversation(group.pk), news(number))
        heard = [(await client.hear_type("events"))["head"] for _ in range(2)]

        assert heard == [head + 1, head + 2]
        assert await client.is_silent(3 * healing.HOLE_PATIENCE)


@pytest.mark.usefixtures("memory_bus")
async def test_news_of_another_process_arrive(ana, ben, group):
    async with connected(ben) as client:
        head = group.revision
        await from_elsewhere(
            live.group_of_conversation(group.pk),
            {"type": "conversation.events", "conversation": str(group.pk), "after": head,
             "head": head + 1, "frame": events_frame(group.pk, [], after=head, head=head + 1),
             "oldest": 0, "ended": [], "grown": 0},
        )  # fmt: skip

        assert (await client.hear_type("events"))["head"] == head + 1


@pytest.mark.usefixtures("quick", "deaf")
async def test_without_redis_the_heartbeat_tells_and_brings_everything(ana, ben, group):
    async with connected(ben) as client:
        stored = await in_thread(say, ana, group, "quiet")
        heads: dict[str, int] = {}
        told: list[dict[str, Any]] = []
        while not (heads and told):  # a bus that is down has rooms looked at besides
            frame = await client.hear()
            heads = heads or frame.get("heads", {})
            told += frame.get("events", [])

    assert heads == {str(group.pk): stored.revision}
    assert [event["body"] for event in told] == ["quiet"]


@pytest.mark.usefixtures("quick")
async def test_heartbeat_tells_only_what_rose(ana, ben, group):
    async with connected(ben) as client:
        assert (await client.hear_type("heartbeat"))["heads"] == {}


# --- Ends -----------------------------------------------------------------------------------------


async def test_signed_out_session_is_closed(ana):
    async with connected(ana) as client, connected(ana) as other:
        key = next(iter(hub.users[str(ana.pk)])).session_key

        def sign_out():
            from django.contrib.sessions.models import Session

            Session.objects.filter(session_key=key).delete()
            live.revoke_sockets(ana.pk, session_key=key)

        await in_thread(sign_out)
        closed = [c for c in (client, other) if await is_closed(c)]

    assert [c.close_code for c in closed] == [4003]


async def test_a_browser_signed_out_from_another_is_closed(ana):
    async with connected(ana) as there, connected(ana) as here:
        newest = await in_thread(SignIn.objects.filter(user=ana).latest, "created_at")
        await in_thread(people.end_session, ana, newest)

        assert (await here.hear_type("closed"))["code"] == 4003
        assert not await is_closed(there, seconds=0.2)


async def is_closed(client, seconds: float = 0.6) -> bool:
    while not await client.line.receive_nothing(timeout=seconds, interval=0.05):
        if (await client.hear())["type"] == "closed":
            return True
    return False


@pytest.mark.usefixtures("quick", "deaf")
@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"session_epoch": 1}, {"password": "another"}]
)
async def test_lost_right_is_found_without_any_hint(ana, change):
    async with connected(ana) as client:
        await in_thread(type(ana).objects.filter(pk=ana.pk).update, **change)

        assert (await client.hear_type("closed"))["code"] == 4003


async def test_everybody_out_closes_all_devices(ana, ben):
    async with connected(ana) as phone, connected(ana) as desk, connected(ben) as other:
        await in_thread(people.end_sessions, ana)

        assert [(await c.hear_type("closed"))["code"] for c in (phone, desk)] == [4003, 4003]
        assert not await is_closed(other, seconds=0.2)


async def test_drain_sends_everybody_elsewhere_within_two_seconds(ana, ben, monkeypatch):
    async with connected(ana) as one, connected(ben) as other:
        began = time.monotonic()
        await hub.drain()
        took = time.monotonic() - began
        codes = [(await client.hear_type("closed"))["code"] for client in (one, other)]

    assert codes == [1012, 1012]
    assert took < 2.5


@pytest.mark.usefixtures("quick")
async def test_silent_client_is_reaped(ana, monkeypatch):
    async with connected(ana) as client:
        for held in hub.users[str(ana.pk)]:
            held.heard_at -= 60

        assert (await client.hear_type("closed"))["code"] == 4008


@pytest.mark.usefixtures("quick")
async def test_socket_does_not_live_for_ever(ana):
    async with connected(ana) as client:
        for held in hub.users[str(ana.pk)]:
            assert 4 * 3600 <= held.ends_at - held.heard_at + 60 <= 8 * 3600 + 60
            held.ends_at = 0

        assert (await client.hear_type("closed"))["code"] == 1012


@asynccontextmanager
async def slow_socket(ana, **scope):
    """A client that reads nothing: each write to it takes for ever."""
    sent: list[dict[str, Any]] = []
    stuck = asyncio.Event()

    async def send(message):
        sent.append(message)
        if message["type"] == "websocket.send":
            await stuck.wait()

    slow = Socket(send, ana.pk, "key", scope)
    slow.start(Frame(b"first"))
    await asyncio.sleep(0)
    yield slow, sent
    slow.stop()


async def test_client_that_does_not_read_is_closed(ana):
    async with slow_socket(ana) as (slow, sent):
        for n in range(outlets.EVENTS_LIMIT + 2):
            slow.write(Frame(b"%d" % n))
        await asyncio.sleep(0.01)

    assert sent[-1] == {"type": "websocket.close", "code": 4008}


async def test_client_may_hold_a_megabyte_and_no_more(ana):
    async with slow_socket(ana) as (slow, sent):
        for _ in range(17):
            slow.write(Frame(b"x" * 64 * 1024))
        await asyncio.sleep(0.01)

    assert sent[-1]["code"] == 4008


async def test_what_the_server_holds_counts_too(ana):
    scope = {"extensions": {"medley.unsent": lambda: outlets.BYTES_LIMIT}}
    async with slow_socket(ana, **scope) as (slow, sent):
        slow.write(Frame(b"one more"))
        await asyncio.sleep(0.01)

    assert sent[-1]["code"] == 4008


async def test_forgotten_rooms_leave_nothing_behind(ana, ben, group):
    async with connected(ana), connected(ben):
        assert len(hub.rooms) == 1

    assert (hub.rooms, hub.users) == ({}, {})


async def test_event_of_another_app_reaches_its_person(ana, ben):
    async with connected(ana) as one, connected(ben) as other:
        told = {"type": "family", "link": str(ben.pk)}
        await in_thread(live.tell_user, ana.pk, told)

        assert await one.hear_type("family") == told
        assert await hears_no(other, "family", seconds=0.2)


async def test_welcome_costs_few_queries_however_many_conversations(ana, ben):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from chat.live import knowledge

    def count() -> int:
        for n in range(6):
            make_group(ana, ben, title=str(n))
        friend = make_user()
        with CaptureQueriesContext(connection) as queries:
            knowledge.of_users({ana.pk, ben.pk, friend.pk}, [session_key_of])
        return len(queries)

    session_key_of = await in_thread(session_key, ana)
    assert await in_thread(count) <= 5
