"""Typing, reading and presence: gathered for a moment, stored together, counted in large groups."""

import asyncio
import threading
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.pool import in_thread
from chat import actions, receipts
from chat.live import hints, presence, rooms
from chat.models import Conversation, Membership
from tests.chat.client import connected
from tests.chat.factories import make_group, say
from tests.factories import befriend, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


def key(conversation, user) -> tuple[str, str]:
    return str(conversation.pk), str(user.pk)


def read_seq(conversation, user) -> int:
    return Membership.objects.get(conversation=conversation, user=user).read_seq


# --- Places read ----------------------------------------------------------------------------------


def test_places_rise_and_never_go_back_or_past_the_end(ana, ben, group):
    for _ in range(3):
        last = say(ana, group).seq

    raised = [receipts.remember({key(group, ben): seq})[0] for seq in (2, 1, 99)]

    assert raised == [{key(group, ben): 2}, {}, {key(group, ben): last}]
    assert read_seq(group, ben) == last


def test_many_places_cost_three_queries(ana, ben, group):
    groups = [make_group(ana, ben, title=str(n)) for n in range(5)]
    for each in groups:
        say(ana, each)
    with CaptureQueriesContext(connection) as queries:
        told, held, _own = receipts.remember({key(each, ben): 99 for each in groups})

    assert (len(told), held) == (5, {})
    assert (
        len([q for q in queries if "savepoint" not in q["sql"].lower()]) <= 5
    )  # with BEGIN, COMMIT


def test_only_those_asked_for_are_touched(ana, ben, zoe, group):
    befriend(ana, zoe)
    other = make_group(ana, zoe, title="other")
    for conversation in (group, other):
        say(ana, conversation)

    receipts.remember({key(group, ben): 99, key(other, zoe): 1})

    assert read_seq(group, ben) > 0
    assert receipts.remember({key(group, zoe): 99}) == ({}, {}, {})


@contextmanager
def row_held(membership):
    """Somebody else holds this row, as the writer does while it stores what they say."""
    held, released = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Membership.objects.select_for_update().get(pk=membership.pk)
            held.set()
            released.wait(5)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(5)
    try:
        yield
    finally:
        released.set()
        thread.join()


# SQLite knows no locks of rows: there whoever writes waits for the whole database.
if connection.vendor == "postgresql":

    def test_a_row_that_is_held_is_asked_again_later(ana, ben, group):
        last = say(ana, group).seq
        with row_held(Membership.objects.get(conversation=group, user=ben)):
            first = receipts.remember({key(group, ben): last})
        then = receipts.remember(first[1])

        assert first == ({}, {key(group, ben): last}, {})
        assert then == ({key(group, ben): last}, {}, {})


async def test_many_reads_of_one_moment_are_one_hint(ana, ben, group):
    for _ in range(5):
        last = (await in_thread(say, ana, group)).seq
    async with connected(ana) as one, connected(ben) as other:
        for seq in range(1, last + 1):
            await other.say({"type": "read", "conversation": str(group.pk), "seq": seq})
        read = await one.hear_type("read")

        assert read["seq"] == last
        await asyncio.sleep(3 * hints.MOMENT)
        assert await one.is_silent()
    assert await in_thread(read_seq, group, ben) == last


async def test_typing_again_within_two_seconds_says_nothing_new(ana, ben, group):
    async with connected(ana) as one, connected(ben) as other:
        for _ in range(5):
            await one.say({"type": "typing", "conversation": str(group.pk)})
        await other.hear_type("typing")
        await asyncio.sleep(3 * hints.MOMENT)

        assert await other.is_silent()


async def test_whoever_may_not_speak_is_not_seen_typing(ana, ben, group):
    silenced = Membership.objects.filter(conversation=group, user=ana)
    await in_thread(silenced.update, send_refusal="policy.R15")
    async with connected(ana) as one, connected(ben) as other:
        await one.say({"type": "typing", "conversation": str(group.pk)})
        await asyncio.sleep(2 * hints.MOMENT)

        assert await other.is_silent()


# --- Large groups ---------------------------------------------------------------------------------


@pytest.fixture
def small_limit(monkeypatch):
    """Three members are a large group."""
    monkeypatch.setattr(rooms, "HINTS_LIMIT", 2)
    monkeypatch.setattr(presence, "LARGE_EVERY", 0.1)


@pytest.mark.usefixtures("small_limit")
async def test_large_groups_hear_how_many_are_there_and_nothing_of_each(ana, ben, zoe):
    await in_thread(befriend, ana, zoe)
    group = await in_thread(make_group, ana, ben, zoe)
    await in_thread(say, ana, group)
    async with connected(ana) as one, connected(ben) as other:
        async with asyncio.timeout(5):
            while (await one.hear_type("presence")).get("count") != 2:
                pass
        await other.say({"type": "typing", "conversation": str(group.pk)})
        await other.say({"type": "read", "conversation": str(group.pk), "seq": 1})
        await asyncio.sleep(3 * hints.MOMENT)
        await one.is_silent()

    kinds = {frame["type"] for frame in one.heard}
    assert kinds.isdisjoint({"typing", "read"})
    counted = [frame for frame in one.heard if frame["type"] == "presence" and "count" in frame]
    assert all("here" not in frame for frame in counted)


@pytest.mark.usefixtures("small_limit")
async def test_a_group_that_grows_large_falls_silent(ana, ben, zoe, group):
    await in_thread(befriend, ana, zoe)
    async with connected(ana) as one, connected(ben) as other:
        await in_thread(actions.add_member, ana, group, zoe)
        await one.hear_event("membership.joined")
        await other.say({"type": "typing", "conversation": str(group.pk)})
        await asyncio.sleep(2 * hints.MOMENT)
        await one.is_silent()

    assert "typing" not in {frame["type"] for frame in one.heard}


# --- Asking together ------------------------------------------------------------------------------


async def test_resuming_costs_as_many_queries_for_many_as_for_one(ana, ben):
    from chat import changes
    from chat.changes import Cursors

    people = [ben, *(await in_thread(lambda: [make_user() for _ in range(3)]))]
    made = await in_thread(lambda: [make_group(ana, *people, title=str(n)) for n in range(4)])
    before = {group.pk: group.revision for group in made}
    await in_thread(lambda: [say(ana, group) for group in made for _ in range(2)])

    def count(askers) -> int:
        with CaptureQueriesContext(connection) as queries:
            frames = changes.resumptions([Cursors(person.pk, before) for person in askers])
        assert [len(each) for each in frames] == [4] * len(askers)
        return len(queries)

    assert await in_thread(count, people) == await in_thread(count, people[:1]) <= 9


async def test_a_client_with_500_conversations_resumes_with_one_frame(ben):
    def make() -> list[Conversation]:
        made = Conversation.objects.bulk_create(
            Conversation(kind="group", title=f"{n}", revision=2, changed_revision=2)
            for n in range(500)
        )
        Membership.objects.bulk_create(Membership(conversation=each, user=ben) for each in made)
        return made

    made = await in_thread(make)
    async with connected(ben, cursors={str(each.pk): 1 for each in made}) as client:
        heard = [await client.hear_type("events") for _ in made]
        await client.say({"type": "pong"})

        assert await client.is_silent()
    assert {frame["conversation"] for frame in heard} == {str(each.pk) for each in made}
    assert {frame["head"] for frame in heard} == {2}
